import { canonical, mapSubSchemas, mapValues, withoutProse, type Schema, type Schemas } from './schema';
import { reference } from './share';

/** The Kubernetes API of one version: `definitions` of its OpenAPI document. */
export interface KubernetesDefinitions {
  readonly definitions: Schemas;
}

const meta = 'io.k8s.apimachinery.pkg.apis.meta.v1';

/** The name of the definition that custom resources take their metadata from. */
export const objectMeta = `${meta}.ObjectMeta`;

/** A quantity: a number, or a number with a decimal or binary suffix or an exponent (apimachinery, resource.ParseQuantity). */
const quantity = String.raw`^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?$`;

/** Definitions that OpenAPI describes more loosely, or otherwise, than the server reads them. */
const exact: Schemas = {
  'io.k8s.apimachinery.pkg.api.resource.Quantity': { type: ['string', 'number'], pattern: quantity },
  'io.k8s.apimachinery.pkg.util.intstr.IntOrString': { type: ['integer', 'string'] },
  [`${meta}.Time`]: { type: ['string', 'null'] },
  [`${meta}.MicroTime`]: { type: ['string', 'null'] },
};

/** The definitions' structure: no prose. */
export function kubernetesStructure({ definitions }: KubernetesDefinitions): KubernetesDefinitions {
  return { definitions: mapValues(definitions, withoutProse) };
}

/**
 * Strict schemas of Kubernetes kinds and of all that they are made of: an object takes the properties that it has and no others.
 * A status is left open, it is the server's.
 * @param kinds as `apiVersion/Kind`; one that this version does not have is left out
 * @returns by `apiVersion/Kind`, what they are made of by the definition's own name
 */
export function kubernetesSchemas({ definitions }: KubernetesDefinitions, kinds: readonly string[]): Record<string, Schema> {
  const kindOf = new Map(Object.entries(definitions).flatMap(([name, schema]) => kindNames(schema).map((kind) => [kind, name] as const)));
  const schemas: Record<string, Schema> = {};
  const waiting = [objectMeta];
  const strict = (schema: Schema): Schema => {
    const { oneOf: _loose, ...closed } = schema;
    const name = schema.$ref?.replace('#/definitions/', '');
    if (name !== undefined) {
      waiting.push(name);
      return reference(name);
    }
    return mapSubSchemas(schema.properties === undefined ? closed : { ...closed, additionalProperties: false }, strict);
  };
  for (const kind of kinds) {
    const definition = definitions[kindOf.get(kind) ?? ''];
    if (definition === undefined) continue;
    const { kind: _name, ...properties } = definition.properties ?? {};
    const status = properties['status'] === undefined ? {} : { status: { type: 'object' } };
    schemas[kind] = canonical(strict({ ...definition, properties: { ...properties, kind: { type: 'string' }, ...status } }));
  }
  for (const name of waiting) schemas[name] ??= canonical(exact[name] ?? strict(definitions[name]!));
  return schemas;
}

function kindNames(schema: Schema): string[] {
  const kinds = (schema['x-kubernetes-group-version-kind'] ?? []) as readonly { group: string; version: string; kind: string }[];
  return kinds.map(({ group, version, kind }) => `${group === '' ? '' : `${group}/`}${version}/${kind}`);
}
