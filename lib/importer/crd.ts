import { objectMeta } from './kubernetes';
import { canonical, mapSubSchemas, withoutProse, type Schema } from './schema';
import { reference } from './share';

/** A CustomResourceDefinition, as far as its structure goes. */
export interface Crd {
  readonly apiVersion: string;
  readonly kind: 'CustomResourceDefinition';
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly scope: string;
    readonly versions: readonly CrdVersion[];
  };
}

interface CrdVersion {
  readonly name: string;
  readonly served: boolean;
  readonly storage: boolean;
  readonly schema: { readonly openAPIV3Schema: Schema };
}

/** A rule in CEL and the path that it holds for. */
export interface CelRule {
  readonly path: string;
  readonly rule: string;
}

/**
 * A custom resource definition's structure and nothing else: no prose, only versions that are served.
 * A property that the server gives a default is not required of anybody.
 */
export function crdStructure({ apiVersion, kind, metadata, spec: { group, names, scope, versions } }: Crd): Crd {
  const served = versions.filter((version) => version.served).map(({ name, storage, schema }) => ({
    name, served: true, storage, schema: { openAPIV3Schema: withoutDefaulted(withoutMessages(withoutProse(schema.openAPIV3Schema))) },
  }));
  return { apiVersion, kind, metadata: { name: metadata.name }, spec: { group, names, scope, versions: served } };
}

/** Strict schemas of a custom resource, by `apiVersion/Kind`. They refer to the Kubernetes definition of an object's metadata. */
export function crdSchemas(crd: Crd): Record<string, Schema> {
  return Object.fromEntries(kinds(crd).map(([name, schema]) => {
    const { status, ...properties } = schema.properties ?? {};
    const closed = strict({ ...schema, properties });
    const open = status === undefined ? {} : { status: { type: 'object' } };
    return [name, canonical({ ...closed, properties: { ...closed.properties, metadata: reference(objectMeta), ...open } })];
  }));
}

/** The rules in CEL that the server holds a custom resource against beyond its schema, by `apiVersion/Kind`. */
export function crdRules(crd: Crd): Record<string, readonly CelRule[]> {
  return Object.fromEntries(kinds(crd).map(([name, schema]) => {
    const { status: _status, ...properties } = schema.properties ?? {};
    return [name, rulesOf({ ...schema, properties }, '').sort((a, b) => (a.path < b.path ? -1 : Number(a.path > b.path)))];
  }));
}

function kinds({ spec }: Crd): [string, Schema][] {
  return spec.versions.map(({ name, schema }) => [`${spec.group}/${name}/${spec.names.kind}`, schema.openAPIV3Schema]);
}

/** Kubernetes' structural schema as a JSON Schema: what the server would prune is refused. */
function strict(schema: Schema): Schema {
  if (schema['x-kubernetes-int-or-string']) {
    const { anyOf: _alternatives, ...rest } = schema;
    return { ...rest, type: ['integer', 'string'] };
  }
  const takesOthers = schema.additionalProperties !== undefined || schema['x-kubernetes-preserve-unknown-fields'] === true;
  const closed = schema.type !== 'object' || takesOthers ? schema : { ...schema, additionalProperties: false };
  const nullable = schema['nullable'] !== true ? {} : {
    type: [schema.type, 'null'].flat(),
    ...(schema.enum === undefined ? {} : { enum: [...schema.enum, null] }),
  };
  return { ...mapSubSchemas(closed, strict), ...nullable };
}

function rulesOf(schema: Schema, path: string): CelRule[] {
  const own = (schema['x-kubernetes-validations'] ?? []) as readonly { rule: string }[];
  const rules = own.map(({ rule }) => ({ path, rule: rule.trim() }));
  mapSubSchemas(schema, (sub, keyword, key) => {
    const property = path === '' ? key : `.${key}`;
    const steps: Readonly<Record<string, string>> = { properties: property, items: '[]', additionalProperties: '{}' };
    rules.push(...rulesOf(sub, `${path}${steps[keyword] ?? ''}`));
    return sub;
  });
  return rules;
}

function withoutMessages(schema: Schema): Schema {
  const rules = schema['x-kubernetes-validations'] as readonly { rule: string }[] | undefined;
  const bare = rules === undefined ? schema : { ...schema, 'x-kubernetes-validations': rules.map(({ rule }) => ({ rule })) };
  return mapSubSchemas(bare, withoutMessages);
}

function withoutDefaulted(schema: Schema): Schema {
  const { required, ...rest } = schema;
  const asked = required?.filter((name) => schema.properties?.[name]?.['default'] === undefined) ?? [];
  return mapSubSchemas(asked.length === 0 ? rest : { ...rest, required: asked }, withoutDefaulted);
}
