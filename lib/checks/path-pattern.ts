import { isMap } from '../merge';
import type { Path } from './path';

/** One step of a pattern: a map's key; every item of a list (`[]`); every value (`{}`), or every key (`{key}`), of a map. */
export type Step = { readonly key: string } | '[]' | '{}' | '{key}';

/** Reads a pattern such as `spec.ports[].nodePort` or `metadata.labels{key}`. */
export function patternSteps(pattern: string): readonly Step[] {
  return [...pattern.matchAll(/\[\]|\{\}|\{key\}|[^.[\]{}]+/g)].map(([step]) => (step === '[]' || step === '{}' || step === '{key}' ? step : { key: step }));
}

/** Calls back for everything that stands where a pattern says. */
export function visit(value: unknown, steps: readonly Step[], seen: (value: unknown, path: Path) => void, path: Path = [], from = 0): void {
  const step = steps[from];
  if (step === undefined) {
    if (value !== undefined) seen(value, path);
  } else if (step === '[]') {
    if (Array.isArray(value)) for (const [index, item] of value.entries()) visit(item, steps, seen, [...path, index], from + 1);
  } else if (step === '{}') {
    if (isMap(value)) for (const [key, member] of Object.entries(value)) visit(member, steps, seen, [...path, key], from + 1);
  } else if (step === '{key}') {
    if (isMap(value)) for (const key of Object.keys(value)) visit(key, steps, seen, [...path, key], from + 1);
  } else if (isMap(value)) {
    visit(value[step.key], steps, seen, [...path, step.key], from + 1);
  }
}
