import type { SchemaObject } from 'ajv';
import type { Path } from './path';

/** Every schema that has a say at a path, all alternatives included. The schema is plain JSON; references stay inside it. */
export function schemasAt(root: SchemaObject, path: Path): SchemaObject[] {
  let here = alternatives(root, root);
  for (const step of path) here = here.flatMap((schema) => below(schema, step)).flatMap((schema) => alternatives(schema, root));
  return here;
}

function below(schema: SchemaObject, step: string | number): SchemaObject[] {
  if (typeof step === 'number') return objects(schema['items']);
  const property = (schema['properties'] as Record<string, unknown> | undefined)?.[step];
  return objects(property ?? schema['additionalProperties']);
}

/** A schema and, in its place or beside it, what it refers to and is composed of. */
function alternatives(schema: SchemaObject, root: SchemaObject): SchemaObject[] {
  const { $ref, allOf, anyOf, oneOf, then, else: otherwise } = schema as Record<string, unknown>;
  const more = [
    ...typeof $ref === 'string' ? objects(definition(root, $ref)) : [],
    ...[allOf, anyOf, oneOf].flatMap((list) => (Array.isArray(list) ? list.flatMap(objects) : [])),
    ...objects(then),
    ...objects(otherwise),
  ];
  return [schema, ...more.flatMap((one) => alternatives(one, root))];
}

function definition(root: SchemaObject, reference: string): unknown {
  let here: unknown = root;
  for (const part of reference.replace(/^[^#]*#\/?/, '').split('/').filter(Boolean)) {
    here = (here as Record<string, unknown> | undefined)?.[decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~')];
  }
  return here;
}

function objects(schema: unknown): SchemaObject[] {
  return typeof schema === 'object' && schema !== null ? [schema as SchemaObject] : [];
}
