import type { SchemaObject } from 'ajv';
import type { ValidationError } from '../../imports';
import { type Path, pathText, pointerPath, valueAt } from './path';
import { didYouMean, nearest } from './suggest';
import { schemasAt } from './schema-walk';

/** What a schema has against a value, in the user's words. */
export interface Complaint {
  readonly kind: 'data' | 'unknown' | 'missing' | 'type' | 'choice' | 'syntax' | 'bounds';
  readonly path: Path;
  readonly message: string;
  readonly fix: string;
}

/** What the things are called that a schema describes. */
export type Noun = 'option' | 'field' | 'key';

/** Of a pattern: what it describes (`a size`), and how to write one (`write a size such as 10Gi`). */
export type PatternWords = Readonly<Record<string, readonly [what: string, fix: string]>>;

/** Keywords by which a branch of an `anyOf` says that it is not meant at all. */
const mismatches: ReadonlySet<string> = new Set(['type', 'const', 'enum']);

/** Keywords that only say that their branches failed; the branches' own errors say why. */
const combinators: ReadonlySet<string> = new Set(['anyOf', 'oneOf', 'allOf', 'if', 'not', 'false schema']);

/**
 * Errors of ajv as complaints: one a path and kind, and of several alternatives only those that the value seems to mean.
 * @param words what patterns ask for
 */
export function complaints(
  errors: readonly ValidationError[], value: unknown, schema: SchemaObject, noun: Noun, words: PatternWords = {},
): Complaint[] {
  const groups = new Map<string, ValidationError[]>();
  for (const error of errors) groups.set(error.instancePath, [...groups.get(error.instancePath) ?? [], error]);
  return [...groups].flatMap(([pointer, group]) => {
    const path = pointerPath(pointer, value);
    const here = valueAt(value, path);
    const said = group.filter(({ keyword }) => !combinators.has(keyword));
    const details = distinct(said.filter(({ keyword }) => !mismatches.has(keyword)).map((error) => detail(error, path, here, schema, noun, words)));
    if (details.length > 0) return details;
    const isMeant = group.length > said.length && typeof here === 'object' && [...groups.keys()].some((other) => other.startsWith(`${pointer}/`));
    if (isMeant) return [];
    return said.length > 0 ? [mismatch(said, path, here, schema, noun)] : [combination(group, path, here)];
  });
}

function detail(
  { keyword, params }: ValidationError, path: Path, here: unknown, schema: SchemaObject, noun: Noun, words: PatternWords,
): Complaint {
  switch (keyword) {
    case 'additionalProperties':
    case 'unevaluatedProperties': {
      const key = String(params['additionalProperty'] ?? params['unevaluatedProperty']);
      const known = [...new Set(schemasAt(schema, path).flatMap(({ properties }) => Object.keys(properties ?? {})))];
      return { kind: 'unknown', path: [...path, key], message: `no such ${noun}`, fix: didYouMean(key, known) ?? 'take it away' };
    }
    case 'required': {
      const missing = [...path, String(params['missingProperty'])];
      const isOptional = schemasAt(schema, missing).some((one) => one['const'] === false || one['type'] === 'boolean');
      const what = purpose(schema, missing);
      return { kind: 'missing', path: missing, message: 'is missing', fix: `add it${isOptional ? ', or say false' : ''}${what ? `: ${what}` : ''}` };
    }
    case 'pattern': {
      const pattern = String(params['pattern']);
      const [what, fix] = words[pattern] ?? [`what ${pattern} matches`, 'write it so that it does'];
      return { kind: 'syntax', path, message: `${inWords(here)} is not ${what}`, fix };
    }
    default: {
      const limit = Number(params['limit']);
      const must = bounds[keyword]?.(limit) ?? `must satisfy ${keyword} ${JSON.stringify(params)}`;
      return { kind: 'bounds', path, message: `${must}, is ${measured(keyword, here)}`, fix: within(keyword, limit, here) };
    }
  }
}

const bounds: Readonly<Record<string, (limit: number) => string>> = {
  minimum: (limit) => `must be ${limit} at least`,
  maximum: (limit) => `must be ${limit} at most`,
  exclusiveMinimum: (limit) => `must be more than ${limit}`,
  exclusiveMaximum: (limit) => `must be less than ${limit}`,
  minLength: (limit) => `must have ${limit} characters at least`,
  maxLength: (limit) => `must have ${limit} characters at most`,
  minItems: (limit) => `must have ${limit === 1 ? 'one entry' : `${limit} entries`} at least`,
  maxItems: (limit) => `must have ${limit} entries at most`,
  minProperties: (limit) => `must have ${limit} keys at least`,
  maxProperties: (limit) => `must have ${limit} keys at most`,
};

/** What to do about a bound. */
function within(keyword: string, limit: number, value: unknown): string {
  switch (keyword) {
    case 'minimum': return `write ${limit} or more`;
    case 'maximum': return `write ${limit} or less`;
    case 'maxLength': return `shorten it by ${String(value).length - limit}`;
    case 'maxItems': return `take ${(value as readonly unknown[]).length - limit} away`;
    case 'minLength': return 'write more than that';
    case 'minItems': return 'add to it';
    default: return 'choose another';
  }
}

function measured(keyword: string, value: unknown): string {
  if (keyword.endsWith('Length')) return `${inWords(value)} with ${String(value).length}`;
  if (keyword.endsWith('Items') && Array.isArray(value)) return `a list of ${value.length}`;
  return inWords(value);
}

/** Of all types and values that the alternatives allow, the one sentence that says so. */
function mismatch(errors: readonly ValidationError[], path: Path, here: unknown, schema: SchemaObject, noun: Noun): Complaint {
  const types = new Set(errors.flatMap(({ keyword, params }) => (keyword === 'type' ? [params['type'] as string | string[]].flat() : [])));
  const choices = errors.flatMap(({ keyword, params }) =>
    keyword === 'enum' ? (params['allowedValues'] as unknown[]) : keyword === 'const' ? [params['allowedValue']] : []);
  const texts = choices.filter((choice) => typeof choice === 'string');
  const words = [...choices.map(inWords), ...[...types].filter((type) => !choices.some((choice) => isOf(choice, type))).flatMap((type) => (type === 'boolean' ? ['true', 'false'] : [typeInWords(type)]))];
  const expected = [...new Set(words)];
  if (typeof here === 'string' && texts.length > 0) {
    // An old version is as near as the new one, and is never what was meant.
    const near = texts.every(isVersion) ? undefined : nearest(here, texts);
    const newest = isVersion(here) && texts.every(isVersion) ? texts.reduce((a, b) => (isOlder(a, b) ? b : a)) : undefined;
    const fix = near !== undefined ? `did you mean ${near}?` : newest !== undefined ? `the newest of them is ${newest}` : 'choose one of them';
    return { kind: 'choice', path, message: `${inWords(here)} is not ${list(expected)}`, fix };
  }
  return { kind: 'type', path, message: `must be ${list(expected)}, is ${inWords(here)}`, fix: retyped(here, types) ?? (noun === 'option' && path.length > 0 ? `npm run explain -- ${pathText(path)} says what it takes` : purpose(schema, path)) ?? `give ${list(expected)}` };
}

const isVersion = (text: string) => /^\d+(\.\d+)+$/.test(text);

const isOlder = (a: string, b: string) => a.localeCompare(b, 'en', { numeric: true }) < 0;

/** Whether a value is of a type of JSON Schema: a list of choices names its values, and their type says nothing more. */
function isOf(value: unknown, type: string): boolean {
  return type === (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);
}

/** The same value with or without its quotes, where that is all that is wrong. */
function retyped(value: unknown, types: ReadonlySet<string>): string | undefined {
  if (types.has('string') && (typeof value === 'number' || typeof value === 'boolean')) return `write '${value}', in quotes`;
  const isNumber = typeof value === 'string' && /^-?[0-9]+(\.[0-9]+)?$/.test(value) && (types.has('number') || types.has('integer'));
  const isBoolean = types.has('boolean') && (value === 'true' || value === 'false');
  return isNumber || isBoolean ? `write ${value}, without quotes` : undefined;
}

function combination(group: readonly ValidationError[], path: Path, here: unknown): Complaint {
  const which = group.some(({ keyword }) => keyword === 'not' || keyword === 'oneOf') ? 'more than one of what excludes each other' : 'none of what may stand here';
  return { kind: 'type', path, message: `${inWords(here)} is ${which}`, fix: `give exactly one of the alternatives at ${pathText(path) || 'the top'}` };
}

/** The first sentence of what the schema says of a place. */
function purpose(schema: SchemaObject, path: Path): string | undefined {
  const description = schemasAt(schema, path).map((one) => one['description'] as unknown).find((one) => typeof one === 'string');
  return typeof description === 'string' ? description.split(/\.\s|\.$|\n/)[0] : undefined;
}

function distinct(all: readonly Complaint[]): Complaint[] {
  return [...new Map(all.map((complaint) => [`${pathText(complaint.path)} ${complaint.message}`, complaint])).values()];
}

/** A value as a message shows it: short, and never the whole of a map or a list. */
export function inWords(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return text.length > 60 ? `${text.slice(0, 56)}…"` : text;
}

function typeInWords(type: string): string {
  return {
    string: 'a string', number: 'a number', integer: 'a whole number', object: 'an object', array: 'a list', null: 'null',
  }[type] ?? type;
}

/** `a, b or c` */
export function list(words: readonly string[], last = 'or'): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;
}
