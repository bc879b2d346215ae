import type { Path } from './path';

/** A value that no JSON can say, and where it stands. */
export interface NotPlain {
  readonly path: Path;
  readonly what: string;
}

/**
 * The value as plain data: a copy without whatever cannot be written to a manifest, and the list of those.
 * Undefined counts as absent, as it does in TypeScript.
 */
export function plainData(value: unknown): { readonly copy: unknown; readonly notPlain: readonly NotPlain[] } {
  const notPlain: NotPlain[] = [];
  const ancestors = new Set<object>();

  function copy(here: unknown, path: Path): unknown {
    const what = strangeness(here, ancestors);
    if (what !== undefined) {
      notPlain.push({ path, what });
      return undefined;
    }
    if (typeof here !== 'object' || here === null) return here;
    ancestors.add(here);
    const result = Array.isArray(here) ? Array.from(here, (_, index) => copyMember(here, index, path)) : copyMap(here, path);
    ancestors.delete(here);
    return result;
  }

  function copyMap(map: object, path: Path): Record<string, unknown> {
    const result: Record<string, unknown> = {};
    for (const key of Reflect.ownKeys(map)) {
      if (typeof key === 'symbol') {
        notPlain.push({ path, what: `a key that is ${String(key)}` });
        continue;
      }
      const member = copyMember(map, key, path);
      if (member !== undefined) Object.defineProperty(result, key, { value: member, enumerable: true, writable: true, configurable: true });
    }
    return result;
  }

  function copyMember(parent: object, key: string | number, path: Path): unknown {
    try {
      return copy((parent as Record<string | number, unknown>)[key], [...path, key]);
    } catch (error) {
      notPlain.push({ path: [...path, key], what: `a getter that throws ${error instanceof Error ? error.message : String(error)}` });
      return undefined;
    }
  }

  return { copy: copy(value, []), notPlain };
}

function strangeness(value: unknown, ancestors: ReadonlySet<object>): string | undefined {
  switch (typeof value) {
    case 'function': return `a function${value.name ? ` (${value.name})` : ''}`;
    case 'symbol': return String(value);
    case 'bigint': return `the bigint ${value}n`;
    case 'number': return Number.isFinite(value) ? undefined : String(value);
    case 'object': break;
    default: return undefined;
  }
  if (value === null || Array.isArray(value) && !ancestors.has(value)) return undefined;
  if (ancestors.has(value)) return 'a value that contains itself';
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null ? undefined : `an instance of ${value.constructor?.name || 'a class'}`;
}
