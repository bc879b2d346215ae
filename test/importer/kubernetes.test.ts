import { describe, expect, test } from 'vitest';
import { schemaFor, validatorFor } from '../../imports';
import { kubernetesSchemas } from '../../lib/importer/kubernetes';

const definitions = {
  'io.k8s.api.demo.v1.Demo': {
    type: 'object',
    properties: {
      apiVersion: { type: 'string' },
      kind: { type: 'string', enum: ['Demo'] },
      metadata: { $ref: '#/definitions/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta' },
      spec: { $ref: '#/definitions/io.k8s.api.demo.v1.DemoSpec' },
      status: { type: 'object', properties: { phase: { type: 'string' } } },
    },
    'x-kubernetes-group-version-kind': [{ group: 'demo.k8s.io', version: 'v1', kind: 'Demo' }],
  },
  'io.k8s.api.demo.v1.DemoSpec': {
    type: 'object',
    required: ['size'],
    properties: {
      size: { $ref: '#/definitions/io.k8s.apimachinery.pkg.api.resource.Quantity' },
      labels: { type: 'object', additionalProperties: { type: 'string' } },
      open: { type: 'object' },
    },
  },
  'io.k8s.api.demo.v1.Unused': { type: 'object', properties: {} },
  'io.k8s.apimachinery.pkg.api.resource.Quantity': { oneOf: [{ type: 'string' }, { type: 'number' }] },
  'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta': { type: 'object', properties: { name: { type: 'string' } } },
};

describe('kubernetesSchemas', () => {
  const schemas = kubernetesSchemas({ definitions }, ['demo.k8s.io/v1/Demo', 'demo.k8s.io/v2/Demo']);

  test('has the kinds that are asked for, what they are made of, and nothing else', () => {
    expect(Object.keys(schemas)).toEqual([
      'demo.k8s.io/v1/Demo',
      'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta',
      'io.k8s.api.demo.v1.DemoSpec',
      'io.k8s.apimachinery.pkg.api.resource.Quantity',
    ]);
  });

  test('closes objects that have properties, leaves maps and the status open', () => {
    expect(schemas['demo.k8s.io/v1/Demo']).toMatchObject({
      additionalProperties: false,
      properties: { kind: { type: 'string' }, status: { type: 'object' } },
    });
    expect(schemas['io.k8s.api.demo.v1.DemoSpec']).toMatchObject({
      additionalProperties: false,
      required: ['size'],
      properties: { labels: { additionalProperties: { type: 'string' } }, open: { type: 'object' } },
    });
  });
});

const manifest = (kind: string, spec: object, metadata: object = {}) =>
  ({ apiVersion: 'v1', kind, metadata: { name: 'a', ...metadata }, spec });
const withSize = (size: unknown) => manifest('ResourceQuota', { hard: { memory: size } });
const withPort = (targetPort: unknown) => manifest('Service', { ports: [{ port: 80, targetPort }] }, { creationTimestamp: null });

describe('Kubernetes validators', () => {
  const configMap = validatorFor('v1', 'ConfigMap', '1.32')!;
  const quota = validatorFor('v1', 'ResourceQuota', '1.32')!;
  test.each([1, 0.5, '1', '500m', '1.5Gi', '.5', '5.', '1e3', '1E-3', '2E', '-1k', '+3Mi'])('takes the quantity %s', (size) => {
    expect(quota(withSize(size))).toBe(true);
  });

  test.each(['', '1 Gi', '1gb', '1KI', '1K', 'Gi', '1e', '1e1.5', '0x10', '1Gi ', true, null])('refuses the quantity %j', (size) => {
    expect(quota(withSize(size))).toBe(false);
    expect(quota.errors![0]!.instancePath).toBe('/spec/hard/memory');
  });

  test('tell every unknown field and wrong type with its path', () => {
    expect(configMap({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', lables: {} }, data: { a: 1 }, dat: {} })).toBe(false);
    const unknown = { keyword: 'additionalProperties', message: 'must NOT have additional properties' };
    expect(configMap.errors).toEqual([
      { ...unknown, instancePath: '', params: { additionalProperty: 'dat' } },
      { instancePath: '/data/a', keyword: 'type', params: { type: 'string' }, message: 'must be string' },
      { ...unknown, instancePath: '/metadata', params: { additionalProperty: 'lables' } },
    ]);
  });

  test('take a port by number or by name, and the null time that tools write', () => {
    const validate = validatorFor('v1', 'Service', '1.32')!;
    expect([80, 'http', 1.5, null].map((port) => validate(withPort(port)))).toEqual([true, true, false, false]);
  });

  test('are of the version that is asked for', () => {
    expect(validatorFor('networking.k8s.io/v1', 'ServiceCIDR', '1.32')).toBeUndefined();
    expect(validatorFor('networking.k8s.io/v1', 'ServiceCIDR', '1.33')).toBeDefined();
    expect(validatorFor('v1', 'Teapot', '1.32')).toBeUndefined();
  });
});

test('the schema of a kind refers to what it is made of', () => {
  const schema = schemaFor('apps/v1', 'Deployment', '1.34')!;
  expect(schema['$ref']).toBe('#/$defs/apps~1v1~1Deployment');
  expect(schema['$defs']['apps/v1/Deployment'].properties.spec).toEqual({ $ref: '#/$defs/io.k8s.api.apps.v1.DeploymentSpec' });
  expect(schemaFor('v1', 'Teapot', '1.34')).toBeUndefined();
});
