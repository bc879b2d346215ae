import { describe, expect, it } from 'vitest';
import { emit } from '../../lib/gitops/emit';
import { keep } from '../../lib/gitops/protect';
import { HomeserverUnit } from '../../lib/homeserver/unit';
import type { PostgresOptions } from '../../lib/platform/options';
import { demo, repository } from '../homeserver/example';
import { objectsOf, platform } from './example';

const specOf = (postgres: PostgresOptions = {}) => objectsOf(platform({ postgres })).get('Cluster').spec;

describe('the shared PostgreSQL cluster', () => {
  it('lets a role into the database of its own name, and then nobody into any', () => {
    expect(specOf().postgresql.pg_hba).toEqual(['host sameuser all all scram-sha-256', 'host all all all reject']);
  });

  it('has two retaining volumes an instance, so that a full log spares the data', () => {
    const { storage, walStorage } = specOf({ size: '80Gi', walSize: '4Gi' });
    expect(storage).toEqual({ size: '80Gi', storageClass: 'fleet-fast-retain' });
    expect(walStorage).toEqual({ size: '4Gi', storageClass: 'fleet-fast-retain' });
  });

  it('gives PostgreSQL strings alone, shares of what there is, and the user\'s settings last', () => {
    const { parameters } = specOf({
      maxConnections: 300, walSize: '20Gi', resources: { requests: { memory: '4Gi' }, limits: { memory: '4Gi' } }, parameters: { random_page_cost: '4', jit: 'off' },
    }).postgresql;
    expect(parameters).toEqual({
      max_connections: '300',
      shared_buffers: '1024MB',
      effective_cache_size: '2048MB',
      max_wal_size: '5120MB',
      max_slot_wal_keep_size: '10240MB',
      random_page_cost: '4',
      jit: 'off',
    });
  });

  it('stands on as many nodes as it has instances, one of which always has what another has', () => {
    const { instances, affinity, enablePDB, postgresql } = specOf();
    expect(instances).toBe(3);
    expect(affinity).toEqual({ enablePodAntiAffinity: true, podAntiAffinityType: 'required', topologyKey: 'kubernetes.io/hostname' });
    expect(enablePDB).toBe(true);
    expect(postgresql.synchronous).toEqual({ method: 'any', number: 1, dataDurability: 'preferred' });
  });

  it('keeps no node from being drained when it is alone', () => {
    const { affinity, enablePDB, postgresql } = specOf({ instances: 1 });
    expect(affinity).toEqual({ enablePodAntiAffinity: false });
    expect(enablePDB).toBe(false);
    expect(postgresql).not.toHaveProperty('synchronous');
  });

  it('gives way to nobody', () => {
    expect(specOf()).toMatchObject({ priorityClassName: 'fleet-database', resources: { requests: { cpu: '250m', memory: '1Gi' }, limits: { memory: '1Gi' } } });
  });

  it.each([['Namespace', 'cnpg'], ['Cluster', 'shared-pg'], ['ObjectStore', 'shared-pg']])('survives every prune: %s', (kind, name) => {
    expect(objectsOf(platform()).get(kind, name).metadata.annotations).toEqual(keep);
  });
});

const ingress = (own = {}): any[] => objectsOf(platform(own)).get('NetworkPolicy', 'shared-pg').spec.ingress;
const portsOf = (rules: any[]): number[] => rules.flatMap((rule) => rule.ports ?? []).map(({ port }) => port);

describe('who may reach PostgreSQL', () => {
  it('is every homeserver, by the label that its namespace bears', () => {
    const { documents } = emit(new HomeserverUnit(demo(), repository));
    const { labels } = documents.find(({ manifest }) => manifest.kind === 'Namespace')!.manifest.metadata;
    const rule = ingress().find(({ from: [{ namespaceSelector }] }) =>
      namespaceSelector && Object.entries(namespaceSelector.matchLabels).every(([name, value]) => labels?.[name] === value));
    expect(rule.ports).toEqual([{ protocol: 'TCP', port: 5432 }]);
  });

  it('is the operator, on the port of the instance manager, too', () => {
    expect(ingress()).toContainEqual({
      from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'cnpg-system' } } }],
      ports: [{ protocol: 'TCP', port: 5432 }, { protocol: 'TCP', port: 8000 }],
    });
  });

  it('is its own instances, on every port', () => {
    expect(ingress()).toContainEqual({ from: [{ podSelector: { matchLabels: { 'cnpg.io/cluster': 'shared-pg' } } }] });
  });

  it('is Prometheus, where there is one', () => {
    expect(portsOf(ingress())).toContain(9187);
    expect(portsOf(ingress({ monitoring: false }))).not.toContain(9187);
  });
});
