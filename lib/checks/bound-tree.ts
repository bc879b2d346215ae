import { isMap } from '../merge';
import type { Bound } from './bound';
import type { Complaint } from './complaint';
import type { Step } from './path-pattern';

/** Many bounds as one tree by where they hold, so that an object is walked through once for all of them, and only where some pattern leads. */
export class BoundTree {
  private readonly here: Bound[] = [];
  private readonly keys = new Map<string, BoundTree>();
  private items: BoundTree | undefined;
  private values: BoundTree | undefined;
  private names: BoundTree | undefined;
  /** Whether no pattern leads further: as it is in most places. */
  private isLeaf = true;

  add(steps: readonly Step[], bound: Bound): void {
    const [step, ...rest] = steps;
    if (step === undefined) this.here.push(bound);
    else this.below(step).add(rest, bound);
  }

  private below(step: Step): BoundTree {
    this.isLeaf = false;
    if (step === '[]') return this.items ??= new BoundTree();
    if (step === '{}') return this.values ??= new BoundTree();
    if (step === '{key}') return this.names ??= new BoundTree();
    let tree = this.keys.get(step.key);
    if (tree === undefined) this.keys.set(step.key, tree = new BoundTree());
    return tree;
  }

  /** What is wrong with an object, wherever a pattern leads in it. */
  complaints(object: unknown): Complaint[] {
    const all: Complaint[] = [];
    this.visit(object, [], all);
    return all;
  }

  /** A map is asked for its own keys, of which it has fewer than the patterns know. The path is copied where something is wrong, which is rare. */
  private visit(value: unknown, path: (string | number)[], all: Complaint[]): void {
    if (value === undefined) return;
    for (const bound of this.here) {
      const problem = bound(value);
      if (problem) all.push({ kind: 'bounds', path: [...path], ...problem });
    }
    if (this.isLeaf) return;
    if (isMap(value)) {
      for (const key of Object.keys(value)) {
        path.push(key);
        this.names?.visit(key, path, all);
        this.keys.get(key)?.visit(value[key], path, all);
        this.values?.visit(value[key], path, all);
        path.pop();
      }
    } else if (this.items && Array.isArray(value)) {
      for (let index = 0; index < value.length; index++) {
        path.push(index);
        this.items.visit(value[index], path, all);
        path.pop();
      }
    }
  }
}
