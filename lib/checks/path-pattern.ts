import { isMap } from '../merge';
import type { Path } from './path';

/** One step of a pattern: a map's key; every item of a list (`[]`); every value (`{}`), or every key (`{key}`), of a map. */
export type Step = { readonly key: string } | '[]' | '{}' | '{key}';

/** Reads a pattern such as `spec.ports[].nodePort` or `metadata.labels{key}`. */
export function patternSteps(pattern: string): readonly Step[] {
  return [...pattern.matchAll(/\[\]|\{\}|\{key\}|[^.[\]{}]+/g)].map(([step]) => (step === '[]' || step === '{}' || step === '{key}' ? step : { key: step }));
}

/** Many patterns as one tree, so that an object is walked through once for all of them, and only where some pattern leads. */
export class PatternTree<T> {
  private readonly here: T[] = [];
  private readonly keys = new Map<string, PatternTree<T>>();
  private items: PatternTree<T> | undefined;
  private values: PatternTree<T> | undefined;
  private names: PatternTree<T> | undefined;

  /** @param what what the caller wants to know again wherever the pattern leads */
  add(steps: readonly Step[], what: T): void {
    const [step, ...rest] = steps;
    if (step === undefined) this.here.push(what);
    else this.below(step).add(rest, what);
  }

  private below(step: Step): PatternTree<T> {
    if (step === '[]') return this.items ??= new PatternTree();
    if (step === '{}') return this.values ??= new PatternTree();
    if (step === '{key}') return this.names ??= new PatternTree();
    let tree = this.keys.get(step.key);
    if (tree === undefined) this.keys.set(step.key, tree = new PatternTree());
    return tree;
  }

  /**
   * Calls back for everything that stands where a pattern says. The path is the caller's own only if it is copied: most of what is looked
   * at is right, and its path never needed.
   */
  visit(value: unknown, seen: (value: unknown, what: T, path: Path) => void, path: (string | number)[] = []): void {
    for (const what of this.here) seen(value, what, path);
    if (isMap(value)) {
      for (const [key, tree] of this.keys) tree.step(value[key], key, seen, path);
      if (this.values ?? this.names) {
        for (const key of Object.keys(value)) {
          this.names?.step(key, key, seen, path);
          this.values?.step(value[key], key, seen, path);
        }
      }
    } else if (this.items && Array.isArray(value)) {
      for (let index = 0; index < value.length; index++) this.items.step(value[index], index, seen, path);
    }
  }

  private step(value: unknown, at: string | number, seen: (value: unknown, what: T, path: Path) => void, path: (string | number)[]): void {
    if (value === undefined) return;
    path.push(at);
    this.visit(value, seen, path);
    path.pop();
  }
}
