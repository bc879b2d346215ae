/**
 * Each thing that shares its key with another one, together with the first such other, in one pass.
 * @param keyOf undefined for a thing that cannot collide
 */
export function* collisions<T>(things: Iterable<T>, keyOf: (thing: T) => string | number | undefined): Generator<[thing: T, other: T]> {
  const groups = new Map<string | number, T[]>();
  for (const thing of things) {
    const key = keyOf(thing);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group) group.push(thing);
    else groups.set(key, [thing]);
  }
  for (const group of groups.values()) {
    const [first, second] = group;
    if (second === undefined) continue;
    for (const thing of group) yield [thing, thing === first ? second : first!];
  }
}
