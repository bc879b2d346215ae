/** A map as YAML and JSON know it: no list, no null, no class. */
export function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The same with lists put one after the other, for what several features add to. Neither argument is changed. */
export function join(under: unknown, over: unknown): unknown {
  if (over === undefined) return under;
  if (Array.isArray(under) && Array.isArray(over)) return [...under, ...over];
  if (!isMap(under) || !isMap(over)) return over;
  const joined = { ...under };
  for (const [key, value] of Object.entries(over)) joined[key] = join(joined[key], value);
  return joined;
}

/** Helm's way of laying one value over another: maps key by key, everything else replaced. Neither argument is changed. */
export function merge(under: unknown, over: unknown): unknown {
  if (over === undefined) return under;
  if (!isMap(under) || !isMap(over)) return over;
  const merged = { ...under };
  for (const [key, value] of Object.entries(over)) merged[key] = merge(merged[key], value);
  return merged;
}
