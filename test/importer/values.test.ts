import { describe, expect, test } from 'vitest';
import { chartKeys, chartNames, chartValidator, essDefaults, essSchema, essShape, essValidator, essVersions } from '../../imports';
import { decisiveDefaults, shapeOf, subChartsIn, withoutReferences, withoutRequired } from '../../lib/importer/values';

test('shapeOf says what kind of default each key has', () => {
  expect(shapeOf({ a: 'x', b: 1, c: true, d: null, e: [], f: [1], g: {}, h: { i: '' } })).toEqual({
    a: 'string', b: 'number', c: 'boolean', d: 'any', e: 'list', f: 'list', g: 'open map', h: { i: 'string' },
  });
});

describe('decisiveDefaults', () => {
  const schema = {
    type: 'object',
    properties: {
      service: { type: 'object', required: ['port'], properties: { port: { type: 'integer' }, annotations: { type: 'object' } } },
      mode: { type: 'string' },
    },
    if: { properties: { mode: { const: 'a' } } },
    // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
    then: { properties: { service: { required: ['name'] } } },
  };

  test('keeps what a rule of the schema names, what is enabled, and images', () => {
    const values = {
      mode: 'a',
      other: 1,
      enabled: false,
      service: { port: 80, name: 'x', annotations: { a: 'b' }, nothing: null },
      image: { registry: 'r', repository: 'p', tag: 't', digest: null, pullPolicy: 'Always' },
      tag: 'not an image',
    };
    expect(decisiveDefaults(values, schema)).toEqual({
      mode: 'a',
      enabled: false,
      service: { port: 80, name: 'x' },
      image: { registry: 'r', repository: 'p', tag: 't' },
    });
  });
});

test('subChartsIn keeps, sorted, what the values have a key for', () => {
  expect(subChartsIn({ redis: {}, grafana: {}, own: 1 }, ['redis', 'library', 'grafana'])).toEqual(['grafana', 'redis']);
});

test('withoutRequired asks for nothing, but leaves conditions as they are', () => {
  expect(withoutRequired({ required: ['a'], properties: { a: { required: ['b'] } }, not: { required: ['c'] } })).toEqual({
    properties: { a: {} },
    not: { required: ['c'] },
  });
});

test('withoutReferences writes out what a schema refers to', () => {
  expect(withoutReferences({
    $ref: '#/$defs/values',
    $defs: {
      values: { properties: { a: { $ref: '#/$defs/deep/definitions/x~1y', minLength: 1 } } },
      deep: { definitions: { 'x/y': { type: 'string' } } },
    },
  })).toEqual({ properties: { a: { type: 'string', minLength: 1 } } });
  expect(() => withoutReferences({ $ref: '#/$defs/missing' })).toThrow('#/$defs/missing');
});

describe.each(essVersions)('ESS %s', (version) => {
  test("takes its own defaults, and a person's values over them", () => {
    const validate = essValidator(version);
    expect(validate(essDefaults(version))).toBe(true);
    expect(validate({ ...essDefaults(version), serverName: 'example.org' })).toBe(true);
    expect(validate({ ...essDefaults(version), servername: 'example.org', clusterDomain: 1 })).toBe(false);
    const errors = validate.errors!.map(({ instancePath, keyword }) => `${instancePath} ${keyword}`);
    expect(errors.sort()).toEqual([' additionalProperties', '/clusterDomain type']);
  });

  test('has a schema and a shape', () => {
    expect(essSchema(version)['$defs']['values'].properties.serverName).toEqual({ type: 'string' });
    expect(essShape(version)['synapse']).toMatchObject({ enabled: 'boolean', workers: expect.anything() });
  });
});

describe('charts', () => {
  test.each(chartNames)('%s has keys, and a validator if it has a schema', (name) => {
    const { chart, values, schema, subCharts } = chartKeys(name);
    expect(chart).toBe(name);
    expect(Object.keys(values).length).toBeGreaterThan(0);
    expect(subCharts.every((key) => values[key] === 'open map')).toBe(true);
    expect(chartValidator(name)?.({})).toBe(schema === undefined ? undefined : true);
  });

  test('a closed chart refuses a misspelt key', () => {
    const validate = chartValidator('traefik')!;
    expect(validate({ deployment: { replicas: 2 } })).toBe(true);
    expect(validate({ deploymnt: {} })).toBe(false);
    expect(validate.errors).toMatchObject([{ keyword: 'additionalProperties', params: { additionalProperty: 'deploymnt' } }]);
  });
});
