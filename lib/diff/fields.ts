import { isMap } from '../merge';
import { align } from './align';
import type { FieldChange, Step } from './change';
import { isSet, namesOf } from './keys';

/**
 * Where two values differ. Maps are compared by key, down to the leaves also where one side is missing; lists by what their members are
 * known by, else by their longest common part. Another order of a list that is no set is a change of the list: from names to names.
 */
export function* fieldChanges(before: unknown, after: unknown, path: readonly Step[] = []): Generator<FieldChange> {
  if (Array.isArray(before) && Array.isArray(after)) yield* lists(before, after, path);
  else if (Array.isArray(before ?? after) && (before === undefined || after === undefined) && ((before ?? after) as []).length > 0) yield* lists((before ?? []) as [], (after ?? []) as [], path);
  else if (isMap(before) && isMap(after)) yield* maps(before, after, path);
  else if (path.length > 0 && isFilled(before) && after === undefined) yield* maps(before, {}, path);
  else if (path.length > 0 && before === undefined && isFilled(after)) yield* maps({}, after, path);
  else if (!isSame(before, after)) yield { path, before, after };
}

type Plain = Readonly<Record<string, unknown>>;

const isFilled = (value: unknown): value is Plain => isMap(value) && Object.keys(value).length > 0;

function* maps(before: Plain, after: Plain, path: readonly Step[]): Generator<FieldChange> {
  const own = (map: Plain, key: string) => (Object.hasOwn(map, key) ? map[key] : undefined);
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) yield* fieldChanges(own(before, key), own(after, key), [...path, key]);
}

function* lists(before: readonly unknown[], after: readonly unknown[], path: readonly Step[]): Generator<FieldChange> {
  const names = namesOf(before, after);
  if (names) yield* named(before, after, names, path);
  else if (isSet(path.at(-1))) yield* sets(before, after, path);
  else yield* sequences(before, after, path);
}

/** Members are paired by name. One that is on one side alone comes or goes as a whole. */
function* named(before: readonly unknown[], after: readonly unknown[], names: NonNullable<ReturnType<typeof namesOf>>, path: readonly Step[]): Generator<FieldChange> {
  const [old, now] = [new Map(names.before.map((name, index) => [name, before[index]])), new Map(names.after.map((name, index) => [name, after[index]]))];
  for (const name of new Set([...names.before, ...names.after])) {
    const here = [...path, `[${name}]`];
    if (old.has(name) && now.has(name)) yield* fieldChanges(old.get(name), now.get(name), here);
    else yield { path: here, before: old.get(name), after: now.get(name) };
  }
  const [stay, are] = [names.before.filter((name) => now.has(name)), names.after.filter((name) => old.has(name))];
  if (!isSet(path.at(-1)) && stay.some((name, index) => name !== are[index])) yield { path, before: stay, after: are };
}

/** Equal members cancel each other out, whatever their place; the others are paired as they come. */
function* sets(before: readonly unknown[], after: readonly unknown[], path: readonly Step[]): Generator<FieldChange> {
  const left = new Map<string, number[]>();
  before.forEach((member, index) => left.set(canonical(member), [...left.get(canonical(member)) ?? [], index]));
  const come = after.flatMap((member, index) => (left.get(canonical(member))?.shift() === undefined ? [index] : []));
  yield* pairs(before, after, [...left.values()].flat(), come, path);
}

function* sequences(before: readonly unknown[], after: readonly unknown[], path: readonly Step[]): Generator<FieldChange> {
  let [goes, comes]: [number[], number[]] = [[], []];
  for (const one of [...align(before.map(canonical), after.map(canonical)), { before: 0, after: 0 }]) {
    if (one.before !== undefined && one.after !== undefined) {
      yield* pairs(before, after, goes, comes, path);
      [goes, comes] = [[], []];
    } else if (one.before !== undefined) {
      goes.push(one.before);
    } else {
      comes.push(one.after!);
    }
  }
}

/** What goes and what comes at the same place, one for one; the path has the index of today where there is one. */
function* pairs(before: readonly unknown[], after: readonly unknown[], goes: readonly number[], comes: readonly number[], path: readonly Step[]): Generator<FieldChange> {
  for (let index = 0; index < Math.max(goes.length, comes.length); index++) {
    const [old, now] = [goes[index], comes[index]];
    const here = [...path, `[${now ?? old}]`];
    if (old !== undefined && now !== undefined) yield* fieldChanges(before[old], after[now], here);
    else yield { path: here, before: old === undefined ? undefined : before[old], after: now === undefined ? undefined : after[now] };
  }
}

/** One text for equal values, whatever the order of their keys. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => (isMap(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner)) ?? '';
}

function isSame(before: unknown, after: unknown): boolean {
  return Object.is(before, after) || (typeof before === 'object' && typeof after === 'object' && canonical(before) === canonical(after));
}
