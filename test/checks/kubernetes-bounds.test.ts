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
    [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' }, data: { a: 'é'.repeat(2 ** 19), b: 'c' } }, ': has contents of 1048577 bytes, more than 1048576; divide it, or keep the contents elsewhere'],
    [{ apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'x' }, spec: { defaultBackend: { service: { name: 'x', port: { number: 0 } } } } },
      'spec.defaultBackend.service.port.number: 0 is not a number from 1 to 65535; write a number from 1 to 65535'],
    [{ apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: { name: 'x' }, spec: { scaleTargetRef: { kind: 'Deployment', name: 'x' }, maxReplicas: 2, behavior: { scaleDown: { policies: [{ type: 'Pods', value: 0, periodSeconds: 60 }] } } } },
      'spec.behavior.scaleDown.policies[0].value: 0 is not a number of 1 or more; write a number of 1 or more'],
    [{ apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'x' }, spec: { schedule: '0 3 * * *', jobTemplate: {} } }, 'spec.jobTemplate: spec is missing; add spec'],
    [{ apiVersion: 'networking.k8s.io/v1', kind: 'IngressClass', metadata: { name: 'x' }, spec: { controller: 'traefik' } },
      'spec.controller: "traefik" is not a controller; use a domain, a slash and a path, such as example.org/ingress'],
    [{ apiVersion: 'node.k8s.io/v1', kind: 'RuntimeClass', metadata: { name: 'x' }, handler: 'Kata' }, 'handler: "Kata" is not a DNS label; use lower-case letters, digits and inner hyphens, 63 at most'],
    [{ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'RoleBinding', metadata: { name: 'x' }, roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'x' }, subjects: [{ kind: 'ServiceAccount', name: 'x', apiGroup: 'rbac.authorization.k8s.io' }] },
      'subjects[0]: "rbac.authorization.k8s.io" is not the group of ServiceAccount; take apiGroup away'],
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
