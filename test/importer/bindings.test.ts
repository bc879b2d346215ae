import { expect, test } from 'vitest';
import { generateBindings, manifestNames, namesModule, typesOnly } from '../../lib/importer/bindings';
import type { Crd } from '../../lib/importer/crd';

const crd = (kind: string): Crd => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: `${kind.toLowerCase()}s.example.org` },
  spec: {
    group: 'example.org',
    names: { kind },
    scope: 'Namespaced',
    versions: [{
      name: 'v1',
      served: true,
      storage: true,
      schema: {
        openAPIV3Schema: {
          type: 'object',
          properties: {
            spec: {
              type: 'object',
              required: ['repoURL'],
              properties: {
                repoURL: { type: 'string' },
                mode: { type: 'string', enum: ['on-off'] },
                port: { 'x-kubernetes-int-or-string': true, anyOf: [{ type: 'integer' }, { type: 'string' }] },
              },
            },
          },
        },
      },
    }],
  },
});

test('bindings are types alone, of every definition of a group', async () => {
  const modules = await generateBindings([crd('Demo'), crd('Other')]);
  expect([...modules.keys()]).toEqual(['example.org']);
  const module = modules.get('example.org')!;
  expect(module).toContain('toJson_');

  const types = typesOnly(module);
  expect(types).toContain(`export interface DemoSpec {
  readonly mode?: DemoSpecMode;
  readonly port?: DemoSpecPort;
  readonly repoUrl: string;
}
`);
  expect(types).toContain('export interface OtherSpec {');
  expect(types).toContain('export enum DemoSpecMode {\n  ON_HYPHEN_OFF = "on-off",\n}\n');
  expect(types).not.toMatch(/toJson|extends ApiObject|import \{|@schema/);
  expect(manifestNames([module])).toEqual({ repoUrl: ['repoURL'] });
});

test('a name that stands for two is told apart', () => {
  const names = manifestNames([
    "    'clientID': obj.clientId,\n    'name': obj.name,\n    'repoURL': obj.repoUrl,\n",
    "    'clientId': toJson_X(obj.clientId),\n",
  ]);
  expect(names).toEqual({ clientId: ['clientID', 'clientId'], repoUrl: ['repoURL'] });
  expect(namesModule(names)).toContain("export interface Names {\n  readonly repoUrl: 'repoURL';\n}\n");
  expect(namesModule(names)).toContain("export interface AmbiguousNames {\n  readonly clientId: 'clientID' | 'clientId';\n}\n");
});
