import { type Path, valueAt } from '../checks/path';
import { objectName } from '../diff/change';
import { fieldChanges } from '../diff/fields';
import type { Emitted } from '../gitops/emit';
import type { Manifest } from '../gitops/manifest';
import { isMap } from '../merge';
import type { OptionType } from '../options';
import type { FoundOption } from '../options/lookup';
import { membersOf, probes } from '../options/probe';
import { fieldName } from '../report/view';

/** Part of `dist/` that would be other if an option were. */
export interface Effect {
  /** Relative to `dist/`. */
  readonly file: string;
  /** Absent: the file holds none. */
  readonly object: string | undefined;
  readonly what: 'changes' | 'goes' | 'appears';
  /** Where in an object that changes. */
  readonly fields: readonly string[];
}

/** What depends on an option, found by giving it another value and comparing what is built. */
export interface Dependents {
  /** The other value; absent: it was left out, or its members got other values one by one. */
  readonly probe?: unknown;
  readonly effects: readonly Effect[];
}

/** How options are built, and the type that they must stay valid by. */
export interface Workshop {
  readonly type: OptionType;
  readonly options: unknown;
  /** @throws Error where options that are valid by themselves fit together badly */
  readonly build: (options: unknown) => readonly Emitted[];
}

/** Builds with other values of the option, the first that makes a difference; of one that holds others, with each of them in turn. */
export function dependents({ type, options, build }: Workshop, { schema }: FoundOption, path: Path): Dependents {
  const before = objectsOf(build(options));
  const effectOf = (at: Path, other: unknown): readonly Effect[] => {
    const changed = withValue(options, at, other);
    if (!type.validate(changed)) return [];
    try {
      return compare(before, objectsOf(build(changed)));
    } catch {
      return [];
    }
  };
  const search = (found: FoundOption['schema'], at: Path): Dependents => {
    for (const probe of probes(found, type.schema, valueAt(options, at))) {
      const effects = effectOf(at, probe);
      if (effects.length > 0) return { probe, effects };
    }
    const inside = union(membersOf(found, type.schema).map(([name, member]) => search(member, [...at, name]).effects));
    return { effects: inside.length > 0 || valueAt(options, at) === undefined ? inside : effectOf(at, undefined) };
  };
  return search(schema, path);
}

/** A copy with another value at a path, or without one; maps on the way are made. */
function withValue(options: unknown, [step, ...rest]: Path, value: unknown): unknown {
  if (step === undefined) return value;
  if (Array.isArray(options)) return options.map((entry, index) => (index === step ? withValue(entry, rest, value) : entry));
  const { [step]: old, ...others } = isMap(options) ? options : {};
  const inner = withValue(old, rest, value);
  return inner === undefined ? others : { ...others, [step]: inner };
}

type Objects = ReadonlyMap<string, Manifest | string>;

function objectsOf(emitted: readonly Emitted[]): Objects {
  const objects = new Map<string, Manifest | string>();
  for (const { documents, files } of emitted) {
    for (const { path, manifest } of documents) objects.set(`${path}\n${objectName(manifest)}`, manifest);
    for (const { path, text } of files) objects.set(path, text);
  }
  return objects;
}

function compare(before: Objects, after: Objects): readonly Effect[] {
  const effects = [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((key): readonly Effect[] => {
    const [file, object] = key.split('\n') as [string, string | undefined];
    const [old, other] = [before.get(key), after.get(key)];
    if (old === undefined || other === undefined) return [{ file, object, what: other === undefined ? 'goes' : 'appears', fields: [] }];
    const fields = [...fieldChanges(old, other)];
    return fields.length === 0 ? [] : [{ file, object, what: 'changes', fields: object === undefined ? [] : fields.map((field) => fieldName(field.path)) }];
  });
  // What goes and appears under another name depends on the option as what is there now.
  return effects.some(({ what }) => what === 'goes') ? effects.filter(({ what }) => what !== 'appears') : effects;
}

/** The effects of several changes, each object once. */
function union(all: readonly (readonly Effect[])[]): readonly Effect[] {
  const effects = new Map<string, Effect>();
  for (const effect of all.flat()) {
    const key = `${effect.file}\n${effect.object}`;
    const before = effects.get(key);
    effects.set(key, before ? { ...before, fields: [...new Set([...before.fields, ...effect.fields])] } : effect);
  }
  return [...effects.values()];
}
