/**
 * A JSON Schema, or a dialect of it (Kubernetes' OpenAPI, a chart's values schema), as plain data.
 * Only what the importer looks at is named.
 */
export interface Schema {
  readonly $ref?: string;
  readonly $defs?: Schemas;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly pattern?: string;
  readonly properties?: Schemas;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly [keyword: string]: unknown;
}

export type Schemas = Readonly<Record<string, Schema>>;

const schemaMaps = new Set(['properties', 'patternProperties', '$defs', 'definitions']);
const schemaLists = new Set(['allOf', 'anyOf', 'oneOf']);
const singleSchemas = new Set(['items', 'additionalProperties', 'propertyNames', 'contains', 'not', 'if', 'then', 'else']);
const prose = new Set(['description', 'title', 'example', 'examples', 'externalDocs', '$comment']);

/** The keywords that survive an import, in the order in which they are written. */
const keywords = [
  '$ref', 'type', 'enum', 'const', 'pattern', 'minLength', 'maxLength', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum',
  'multipleOf', 'minItems', 'maxItems', 'uniqueItems', 'minProperties', 'maxProperties', 'required', 'properties', 'patternProperties',
  'propertyNames', 'additionalProperties', 'items', 'contains', 'allOf', 'anyOf', 'oneOf', 'not', 'if', 'then', 'else', '$defs',
];

/** Whether a value is a map of JSON. */
export function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The schema with each of its direct sub-schemas replaced.
 * @param replace is given the sub-schema and the steps to it: the keyword, then a map's key where the keyword holds a map of schemas
 */
export function mapSubSchemas(schema: Schema, replace: (sub: Schema, keyword: string, key: string) => unknown): Schema {
  return Object.fromEntries(Object.entries(schema).map(([keyword, value]) => {
    if (schemaMaps.has(keyword) && isMap(value)) {
      return [keyword, mapValues(value, (sub, key) => (isMap(sub) ? replace(sub, keyword, key) : sub))];
    }
    if (schemaLists.has(keyword) && Array.isArray(value)) {
      return [keyword, value.map((sub) => (isMap(sub) ? replace(sub, keyword, '') : sub))];
    }
    return [keyword, singleSchemas.has(keyword) && isMap(value) ? replace(value, keyword, '') : value];
  }));
}

/** The record with each value replaced. */
export function mapValues<T, R>(record: Readonly<Record<string, T>>, replace: (value: T, key: string) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, replace(value, key)]));
}

/** The schema without foreign prose; a property that is called `description` stays. */
export function withoutProse(schema: Schema): Schema {
  const structure = Object.fromEntries(Object.entries(schema).filter(([keyword]) => !prose.has(keyword)));
  return mapSubSchemas(structure, withoutProse);
}

/**
 * The schema in the one form that the importer writes: keywords that validate and no others, in a fixed order, properties sorted, patterns
 * only where JavaScript reads them as Go does. Equal schemas are equal bytes.
 */
export function canonical(schema: Schema): Schema {
  const tidy = (node: Schema): Schema => mapSubSchemas(Object.fromEntries(keywords
    .filter((keyword) => node[keyword] !== undefined && (keyword !== 'pattern' || isPortable(String(node[keyword]))))
    .map((keyword) => [keyword, node[keyword]])), tidy);
  return tidy(ordered(schema));
}

/** The same data with the keys of every map in code unit order. */
export function ordered<T>(value: T): T {
  if (Array.isArray(value)) return value.map(ordered) as T;
  if (!isMap(value)) return value;
  return Object.fromEntries(Object.keys(value).sort().map((key) => [key, ordered(value[key])])) as T;
}

/** Whether JavaScript reads a pattern as Go's RE2 does: flags in the pattern and POSIX classes are RE2's own. */
function isPortable(pattern: string): boolean {
  if (/\(\?[^:]|\[\[:|\\[zACQ]/.test(pattern)) return false;
  try {
    return new RegExp(pattern, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}
