/** A map as YAML and JSON know it: no list, no null, no class. */
export function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The same with lists put one after the other, for what several features add to. Neither argument is changed; the result may be one of them. */
export function join(under: unknown, over: unknown): unknown {
  if (over === undefined) return under;
  if (Array.isArray(under) && Array.isArray(over)) return [...under, ...over];
  if (!isMap(under) || !isMap(over)) return over;
  const added = Object.entries(over);
  if (added.length === 0) return under;
  const joined = { ...under };
  for (const [key, value] of added) joined[key] = join(joined[key], value);
  return joined;
}

/** Helm's way of laying one value over another: maps key by key, everything else replaced. Neither argument is changed; the result may be one of them. */
export function merge(under: unknown, over: unknown): unknown {
  if (over === undefined) return under;
  if (!isMap(under) || !isMap(over)) return over;
  const laid = Object.entries(over);
  if (laid.length === 0) return under;
  const merged = { ...under };
  for (const [key, value] of laid) merged[key] = merge(merged[key], value);
  return merged;
}
