import { describe, expect, it } from 'vitest';
import { synthesiseSources } from '../../lib/cli/synthesis';
import { homeserver, main } from '../fixtures/fixture';
import { judge } from './judge';

type Step = string | number;

/** A homeserver that says something everywhere. */
const full = homeserver('demo', 30011, {
  origin: { restoredFrom: 'ess' },
  chartVersion: '26.8.1',
  issuer: 'staging',
  registration: 'token',
  synapse: { host: 'matrix.example.org', media: { size: '10Gi', storageClass: 'bulk', maxUploadSize: '50M' }, workers: { pusher: { replicas: 2 } }, resources: { limits: { memory: '2Gi' } } },
  mas: { host: 'account.example.org', replicas: 1 },
  elementWeb: { host: 'chat.example.org' },
  elementAdmin: {},
  hookshot: { host: 'hooks.example.org' },
  wellKnown: { redirect: false },
  values: { synapse: { labels: { a: 'b' }, additional: { 'a.yaml': { config: 'a: 1' } } }, elementWeb: { additional: { 'a.json': '{}' } }, matrixRTC: { sfu: { exposedServices: { turn: { enabled: true, port: 30021 } } } } },
  manifests: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x', labels: { a: 'b' } }, data: { a: 'b' } }],
});

/** The same of a main.ts. */
const platform = {
  ...main,
  cluster: { ...main.cluster, nodePorts: { from: 30000, to: 32767 }, storage: { fast: 'fast', bulkRetain: 'bulk' } },
  platform: {
    ...main.platform,
    argocd: { host: 'argocd.example.net', values: { server: { replicas: 2 } } },
    traefik: { loadBalancerIp: '203.0.113.7', replicas: 2 },
    postgres: { instances: 3, size: '50Gi', maxConnections: 300, parameters: { work_mem: '8MB' } },
    manifests: [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'x' } }],
  },
  defaults: { registration: 'token' },
};

const nonsense: readonly unknown[] = [null, undefined, '', 'x y', -1, 1.5, true, NaN, [null], { a: null }, () => 1, '__proto__'];

function* paths(value: unknown, path: readonly Step[] = []): Generator<readonly Step[]> {
  yield path;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, member] of Object.entries(value)) yield* paths(member, [...path, Array.isArray(value) ? Number(key) : key]);
}

function replaced(value: unknown, path: readonly Step[], by: unknown): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return by;
  const copy = (Array.isArray(value) ? [...value] : { ...value as object }) as Record<Step, unknown>;
  copy[first] = replaced(copy[first], rest, by);
  return copy;
}

describe('nonsense', () => {
  it('gives nothing to find where there is none', () => {
    expect(judge({ main: {}, instances: { 'instances/demo.ts': full } })).toEqual([]);
  });

  it.each<[string, Record<string, unknown>]>([
    ['homeservers that cannot be read', { get homeservers(): never { throw new Error('no'); } }],
    ['holes among them', { homeservers: Array(3) }],
    ['a list that cannot be read', { homeservers: new Proxy([], { get: () => { throw new Error('no'); } }) }],
    ['an entry that cannot be read', { homeservers: [{ get rtc(): never { throw new Error('no'); } }] }],
  ])('in main.ts is found: %s', (_, own) => {
    // Not judge, whose merge would read it first.
    const value = Object.defineProperties({ ...main }, Object.getOwnPropertyDescriptors(own));
    const { findings } = synthesiseSources({ main: { file: 'main.ts', value }, instances: [], findings: [] });
    expect(findings.map(({ file, path }) => `${file}: ${path}`)).toContainEqual(expect.stringMatching(/^main.ts: homeservers/));
  });

  it('is found in a list of manifests', () => {
    const manifests = [{ apiVersion: 'v1', kind: 'Service', metadata: { name: 'x' }, spec: { ports: [{ port: 1 }, undefined] } }, undefined, { get kind(): never { throw new Error('no'); } }];
    const found = judge({ main: {}, instances: { 'instances/demo.ts': { ...full, manifests } } });
    expect(found.filter(({ rule }) => rule === 'option-not-data').map(({ path }) => path)).toEqual(['manifests[0].spec.ports[1]', 'manifests[1]', 'manifests[2].kind']);
  });

  it.each([...paths(full)].map((path) => [path.join('.'), path] as const))('at %s is found in the file that says it, or harmless', (_, path) => {
    for (const by of nonsense) {
      const found = judge({ main: {}, instances: { 'instances/demo.ts': replaced(full, path, by) } });
      expect(found.filter(({ file }) => file !== 'instances/demo.ts')).toEqual([]);
    }
  });

  it.each([...paths(platform)].map((path) => [path.join('.'), path] as const))('in main.ts at %s is found there, or harmless', (_, path) => {
    for (const by of nonsense) {
      const found = judge({ main: replaced(platform, path, by) as Record<string, unknown>, instances: {} });
      expect(found.filter(({ file }) => file !== 'main.ts')).toEqual([]);
    }
  });
});
