import { isMap } from '../merge';
import type { Path } from './path';

/** One step of a pattern: a map's key; every item of a list (`[]`); every value (`{}`), or every key (`{key}`), of a map. */
export type Step = { readonly key: string } | '[]' | '{}' | '{key}';

/** Reads a pattern such as `spec.ports[].nodePort` or `metadata.labels{key}`. */
export function patternSteps(pattern: string): readonly Step[] {
  return [...pattern.matchAll(/\[\]|\{\}|\{key\}|[^.[\]{}]+/g)].map(([step]) => (step === '[]' || step === '{}' || step === '{key}' ? step : { key: step }));
}

/**
 * Calls back for everything that stands where a pattern says. The path is the caller's own only if it is copied: most of what is looked
 * at is right, and its path never needed.
 */
export function visit(value: unknown, steps: readonly Step[], seen: (value: unknown, path: Path) => void, path: (string | number)[] = [], from = 0): void {
  const step = steps[from];
  if (step === undefined) {
    if (value !== undefined) seen(value, path);
  } else if (step === '[]') {
    if (Array.isArray(value)) value.forEach((item, index) => below(item, index));
  } else if (isMap(value)) {
    if (step === '{}') for (const key of Object.keys(value)) below(value[key], key);
    else if (step === '{key}') for (const key of Object.keys(value)) below(key, key);
    else below(value[step.key], step.key);
  }

  function below(inner: unknown, at: string | number): void {
    path.push(at);
    visit(inner, steps, seen, path, from + 1);
    path.pop();
  }
}
