import { describe, expect, test } from 'vitest';
import { celRules, customResources, kubernetesVersions, schemaFor, validatorFor } from '../../imports';
import { crdRules, crdSchemas, crdStructure, type Crd } from '../../lib/importer/crd';
import type { Schema } from '../../lib/importer/schema';

const object = { type: 'object' };
const rule = (text: string) => ({ 'x-kubernetes-validations': [{ rule: text, message: 'prose' }] });

function crd(spec: Schema): Crd {
  const version = (name: string, served: boolean) => ({
    name,
    served,
    storage: served,
    schema: { openAPIV3Schema: { ...object, description: 'prose', properties: { spec, metadata: object, status: object } } },
  });
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'demos.example.org' },
    spec: {
      group: 'example.org',
      names: { kind: 'Demo' },
      scope: 'Namespaced',
      versions: [version('v1', true), version('v1beta1', false)],
    },
  };
}

const specOf = (spec: Schema): Schema => crdSchemas(crdStructure(crd(spec)))['example.org/v1/Demo']!.properties!['spec']!;

describe('crdStructure', () => {
  test('keeps served versions only, and no prose', () => {
    expect(crdStructure(crd({ type: 'object' })).spec.versions).toEqual([{
      name: 'v1',
      served: true,
      storage: true,
      schema: { openAPIV3Schema: { ...object, properties: { spec: object, metadata: object, status: object } } },
    }]);
  });
});

describe('crdSchemas', () => {
  test('refuses what the server would prune', () => {
    expect(specOf({ type: 'object', properties: { a: { type: 'object' } } })).toEqual({
      type: 'object',
      properties: { a: { type: 'object', additionalProperties: false } },
      additionalProperties: false,
    });
  });

  test('leaves open what the server leaves open', () => {
    expect(specOf({ type: 'object', 'x-kubernetes-preserve-unknown-fields': true })).toEqual({ type: 'object' });
    const map = { type: 'object', additionalProperties: { type: 'string' } };
    expect(specOf(map)).toEqual(map);
    expect(specOf({ type: 'object', properties: { a: { 'x-kubernetes-preserve-unknown-fields': true } } }).properties).toEqual({ a: {} });
  });

  test('does not close the alternatives of an object', () => {
    const oneOf = [{ required: ['a'], properties: { a: { minLength: 1 } } }, { required: ['b'] }];
    expect(specOf({ type: 'object', properties: { a: { type: 'string' }, b: { type: 'string' } }, oneOf }).oneOf).toEqual(oneOf);
  });

  test('knows IntOrString, null where it is allowed, and defaults', () => {
    expect(specOf({
      type: 'object',
      required: ['a', 'b', 'c'],
      properties: {
        a: { 'x-kubernetes-int-or-string': true, anyOf: [{ type: 'integer' }, { type: 'string' }], pattern: '^[0-9]+$' },
        b: { type: 'string', enum: ['x'], nullable: true },
        c: { type: 'string', default: 'the server fills it in' },
      },
    })).toEqual({
      type: 'object',
      required: ['a', 'b'],
      properties: {
        a: { type: ['integer', 'string'], pattern: '^[0-9]+$' },
        b: { type: ['string', 'null'], enum: ['x', null] },
        c: { type: 'string' },
      },
      additionalProperties: false,
    });
  });
});

describe('crdRules', () => {
  test('has every rule with its path, without the message', () => {
    expect(crdRules(crdStructure(crd({
      type: 'object',
      ...rule('has(self.a)'),
      properties: {
        a: { type: 'array', items: { type: 'object', ...rule('self.x > 1') } },
        m: { type: 'object', additionalProperties: { type: 'string', ...rule('self != ""') } },
      },
    })))).toEqual({
      'example.org/v1/Demo': [
        { path: 'spec', rule: 'has(self.a)' },
        { path: 'spec.a[]', rule: 'self.x > 1' },
        { path: 'spec.m{}', rule: 'self != ""' },
      ],
    });
  });
});

describe('custom resources', () => {
  test('each have a validator, a schema and rules, at every Kubernetes version', () => {
    for (const name of customResources) {
      const [apiVersion, kind] = [name.slice(0, name.lastIndexOf('/')), name.slice(name.lastIndexOf('/') + 1)];
      for (const version of kubernetesVersions) {
        const validate = validatorFor(apiVersion, kind, version)!;
        expect([name, validate({ apiVersion, kind, metadata: { name: 'a' }, spek: {} })]).toEqual([name, false]);
        expect(schemaFor(apiVersion, kind, version)!['$defs'][name].type).toBe('object');
      }
      expect(celRules(apiVersion, kind).filter((one) => one.rule === '')).toEqual([]);
    }
  });

  test('a Database is held against its structure, and its rules are known', () => {
    const validate = validatorFor('postgresql.cnpg.io/v1', 'Database', '1.32')!;
    const spec = { name: 'a', owner: 'a', cluster: { name: 'pg' } };
    const database = { apiVersion: 'postgresql.cnpg.io/v1', kind: 'Database', metadata: { name: 'a' }, spec };
    expect(validate(database)).toBe(true);
    expect(validate({ ...database, spec: { ...spec, ensure: 'gone', ownr: 1 } })).toBe(false);
    const errors = validate.errors!.map(({ instancePath, keyword }) => `${instancePath} ${keyword}`);
    expect(errors).toEqual(['/spec additionalProperties', '/spec/ensure enum']);
    expect(celRules('postgresql.cnpg.io/v1', 'Database')).toContainEqual({ path: 'spec.cluster', rule: 'self == oldSelf' });
    expect(celRules('v1', 'ConfigMap')).toEqual([]);
  });
});
