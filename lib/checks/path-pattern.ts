/** One step of a pattern: a map's key; every item of a list (`[]`); every value (`{}`), or every key (`{key}`), of a map. */
export type Step = { readonly key: string } | '[]' | '{}' | '{key}';

/** Reads a pattern such as `spec.ports[].nodePort` or `metadata.labels{key}`. */
export function patternSteps(pattern: string): readonly Step[] {
  return [...pattern.matchAll(/\[\]|\{\}|\{key\}|[^.[\]{}]+/g)].map(([step]) => (step === '[]' || step === '{}' || step === '{key}' ? step : { key: step }));
}
