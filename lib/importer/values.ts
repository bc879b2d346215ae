import { isMap, mapSubSchemas, mapValues, type Schema, type Schemas } from './schema';

/** A chart's values, as read from its `values.yaml`. */
export type Values = Readonly<Record<string, unknown>>;

/** A tree of keys; a leaf says what kind of default the key has. */
export type Shape = string | { readonly [key: string]: Shape };

/** The parts of an image reference; they are kept where the repository is one of them. */
const imageParts = new Set(['registry', 'repository', 'tag', 'digest']);

/**
 * The tree of the keys that have a default; a leaf is the default's type: `string`, `number`, `boolean`, `list` (any list), `open map`
 * (an empty map) or `any` (null).
 */
export function shapeOf(values: Values): { readonly [key: string]: Shape } {
  return mapValues(values, leafOf);
}

/** Those of a chart's dependencies, in one order, that its values have a key for. */
export function subChartsIn(values: Readonly<Record<string, unknown>>, dependencies: readonly string[]): string[] {
  return dependencies.filter((name) => Object.hasOwn(values, name)).sort();
}

function leafOf(value: unknown): Shape {
  if (Array.isArray(value)) return 'list';
  if (value === null || value === undefined) return 'any';
  if (!isMap(value)) return typeof value;
  return Object.keys(value).length === 0 ? 'open map' : shapeOf(value);
}

/**
 * Those of a chart's default values that decide what its schema says of the merged values: keys that the schema names in `required` and
 * inside its conditions, every `enabled`, and the parts of an image reference.
 */
export function decisiveDefaults(values: Values, schema: Schema): Values {
  const [own, ...rules] = alternatives(schema);
  const named = new Set([...(own?.required ?? []), ...rules.flatMap(looksAt)]);
  const entries = Object.entries(values).flatMap(([key, value]): [string, unknown][] => {
    const isPart = imageParts.has(key) && values['repository'] !== undefined;
    if (isMap(value)) {
      const inner = decisiveDefaults(value, subSchema(schema, key));
      return Object.keys(inner).length > 0 ? [[key, inner]] : [];
    }
    return value !== null && (key === 'enabled' || isPart || named.has(key)) ? [[key, value]] : [];
  });
  return Object.fromEntries(entries);
}

const looksAt = (rule: Schema): string[] => [...(rule.required ?? []), ...Object.keys(rule.properties ?? {})];

/** What a schema says of one property, wherever it says it. */
function subSchema(schema: Schema, key: string): Schema {
  const said = alternatives(schema).map((one) => one.properties?.[key]).filter((sub) => sub !== undefined);
  return said.length === 1 ? said[0]! : { allOf: said };
}

const conditions = new Set(['allOf', 'anyOf', 'oneOf', 'not', 'if', 'then', 'else']);

/** The schema itself and every sub-schema that looks at the same value. */
function alternatives(schema: Schema): Schema[] {
  const found = [schema];
  mapSubSchemas(schema, (sub, keyword) => {
    if (conditions.has(keyword)) found.push(...alternatives(sub));
    return sub;
  });
  return found;
}

/**
 * A chart's values schema as it holds for the user's values alone: what is required of the merged values is not required of them.
 * Conditions stay as they are.
 */
export function withoutRequired(schema: Schema): Schema {
  const { required: _required, ...rest }: Schema = schema;
  return mapSubSchemas(rest, (sub, keyword) => (conditions.has(keyword) ? sub : withoutRequired(sub)));
}

/** The schema with every reference replaced by what it refers to; charts refer to themselves, never in a circle. */
export function withoutReferences(schema: Schema): Schema {
  const resolve = (sub: Schema): Schema => {
    const { $ref, $defs: _defs, definitions: _definitions, ...rest } = sub;
    const own: Schema = mapSubSchemas(rest, resolve);
    return $ref === undefined ? own : { ...resolve(pointed(schema, $ref)), ...own };
  };
  return resolve(schema);
}

function pointed(root: Schema, ref: string): Schema {
  const steps = ref.slice('#/'.length).split('/').map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const target = steps.reduce<unknown>((node, step) => (node as Schemas | undefined)?.[step], root);
  if (!ref.startsWith('#/') || !isMap(target)) throw new Error(`the schema refers to ${ref}, which is not in it`);
  return target;
}
