import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { validatorFor } from '../../imports';
import { customResourceComplaints } from '../../lib/checks/custom-resources';
import { boundComplaints, boundTable } from '../../lib/checks/kubernetes-bounds';
import { relations } from '../../lib/checks/kubernetes-relations';
import { pathText } from '../../lib/checks/path';

type Json = Record<string, unknown> & { readonly apiVersion: string; readonly kind: string };

/** One change of an object that a kube-apiserver 1.32.13 accepts, and whether it then refused it: null takes the value away. */
type Change = readonly [base: number, path: readonly (string | number)[], value: unknown, refused: boolean];

const { bases, changes } = JSON.parse(readFileSync(join(__dirname, '..', 'fixtures', 'api-server.json'), 'utf8')) as { bases: Json[]; changes: Change[] };

function changed(base: Json, path: readonly (string | number)[], value: unknown): Json {
  const copy = structuredClone(base);
  const parent = path.slice(0, -1).reduce<Record<string | number, unknown>>((here, step) => here[step] as Record<string | number, unknown>, copy);
  const last = path.at(-1)!;
  if (value !== null) parent[last] = value;
  else if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else delete parent[last];
  return copy;
}

function isRefused(manifest: Json): boolean {
  const validate = validatorFor(manifest.apiVersion, manifest.kind, '1.32');
  return validate?.(manifest) === false || boundComplaints(manifest).length > 0 || customResourceComplaints(manifest).length > 0;
}

const complaints = (manifest: Json) => boundComplaints(manifest).map(({ path, message, fix }) => `${pathText(path)}: ${message}; ${fix}`);

describe('the API server', () => {
  it.each(bases.map((base) => [base.kind, base] as const))('takes a right %s, and so do the checks', (_, base) => {
    expect(isRefused(base)).toBe(false);
  });

  it(`judges ${changes.length} changes of them as the checks do`, () => {
    const disagreed = changes.filter(([base, path, value, refused]) => isRefused(changed(bases[base]!, path, value)) !== refused);
    expect(disagreed.map(([base, path, value]) => `${bases[base]!.kind} ${pathText(path)} ${JSON.stringify(value)}`)).toEqual([]);
  });
});

describe('a complaint about a bound', () => {
  const service = (spec: unknown): Json => ({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'x' }, spec });
  const deployment = (container: unknown): Json => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'x' },
    spec: { selector: { matchLabels: { a: 'b' } }, template: { metadata: { labels: { a: 'b' } }, spec: { containers: [container] } } },
  });

  it.each<[Json, string]>([
    [service({ type: 'clusterip', ports: [{ port: 80 }] }), 'spec.type: "clusterip" is not ClusterIP, NodePort, LoadBalancer or ExternalName; did you mean ClusterIP?'],
    [service({ ports: [{ port: 0 }] }), 'spec.ports[0].port: 0 is not a number from 1 to 65535; write a number from 1 to 65535'],
    [service({ ports: [] }), 'spec.ports: is missing; add it'],
    [deployment({ name: 'a', image: 'b', resources: { requests: { cpu: '2' }, limits: { cpu: '1' } } }),
      'spec.template.spec.containers[0].resources.requests.cpu: the request 2 is more than the limit 1; raise the limit or lower the request'],
    [deployment({ name: 'a', image: 'b', volumeMounts: [{ name: 'v', mountPath: '/v' }] }),
      'spec.template.spec.containers[0].volumeMounts[0].name: there is no volume v; add it to volumes, or name one that is there'],
    [deployment({ name: 'a' }), 'spec.template.spec.containers[0]: image is missing; add image'],
  ])('%#', (manifest, expected) => {
    expect(complaints(manifest)).toEqual([expected]);
  });
});

describe('the table', () => {
  it('names a source for every row', () => {
    for (const { source } of [...boundTable, ...relations]) expect(source).toMatch(/[A-Za-z]{8,}/);
  });
});
