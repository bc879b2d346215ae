import type { Path } from './path';

/** A value that no JSON can say, and where it stands. */
export interface NotPlain {
  readonly path: Path;
  readonly what: string;
}

/** What is nested deeper is no description of anything, and would overrun the stack of whatever reads it. */
const deepest = 200;

/** Characters of a key; the YAML writer refuses a longer one. */
const longestKey = 1000;

/**
 * The value as plain data: a copy without whatever cannot be written to a manifest, and the list of those.
 * Undefined counts as absent in a map, as it does in TypeScript; in a list it would move what comes after it.
 */
export function plainData(value: unknown): { readonly copy: unknown; readonly notPlain: readonly NotPlain[] } {
  const notPlain: NotPlain[] = [];
  const ancestors = new Set<object>();

  function copy(here: unknown, path: Path): unknown {
    const what = path.length > deepest ? `what is nested more than ${deepest} deep` : strangeness(here, ancestors);
    if (what !== undefined) {
      notPlain.push({ path, what });
      return undefined;
    }
    if (typeof here !== 'object' || here === null) return here;
    ancestors.add(here);
    const result = Array.isArray(here) ? copyList(here, path) : copyMap(here, path);
    ancestors.delete(here);
    return result;
  }

  function copyList(list: readonly unknown[], path: Path): unknown[] {
    return Array.from({ length: list.length }, (_, index) => {
      const before = notPlain.length;
      const member = copyMember(list, index, path);
      if (member === undefined && notPlain.length === before) notPlain.push({ path: [...path, index], what: 'undefined in a list' });
      return member;
    });
  }

  function copyMap(map: object, path: Path): Record<string, unknown> {
    const result: Record<string, unknown> = {};
    for (const key of Reflect.ownKeys(map)) {
      const what = keyStrangeness(key);
      if (what !== undefined) {
        notPlain.push({ path, what });
        continue;
      }
      const member = copyMember(map, key as string, path);
      if (member !== undefined) result[key as string] = member;
    }
    return result;
  }

  function copyMember(parent: object, key: string | number, path: Path): unknown {
    return guarded(() => (parent as Record<string | number, unknown>)[key], [...path, key]);
  }

  /** A getter, or a trap of a proxy, may throw wherever it is read. */
  function guarded(read: () => unknown, path: Path): unknown {
    try {
      return copy(read(), path);
    } catch (error) {
      notPlain.push({ path, what: `a getter that throws ${error instanceof Error ? error.message : String(error)}` });
      return undefined;
    }
  }

  return { copy: guarded(() => value, []), notPlain };
}

/** Half of a character that UTF-16 writes in two: no UTF-8 can say it. */
const isBroken = (text: string): boolean => /\p{Surrogate}/u.test(text);

function keyStrangeness(key: string | symbol): string | undefined {
  if (typeof key === 'symbol' || key === '__proto__') return `a key that is ${String(key)}`;
  if (key.length > longestKey) return `a key of ${key.length} characters`;
  return isBroken(key) ? 'a key with half a character' : undefined;
}

function strangeness(value: unknown, ancestors: ReadonlySet<object>): string | undefined {
  switch (typeof value) {
    case 'function': return `a function${value.name ? ` (${value.name})` : ''}`;
    case 'symbol': return String(value);
    case 'bigint': return `the bigint ${value}n`;
    case 'string': return isBroken(value) ? 'a text with half a character' : undefined;
    case 'number': return Number.isFinite(value) ? undefined : String(value);
    case 'object': break;
    default: return undefined;
  }
  if (value === null || Array.isArray(value) && !ancestors.has(value)) return undefined;
  if (ancestors.has(value)) return 'a value that contains itself';
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null ? undefined : `an instance of ${value.constructor?.name || 'a class'}`;
}
