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

describe('several database clusters', () => {
  const rescue = { name: 'rescue-pg', instances: 1, size: '80Gi', recovery: { from: 'shared-pg', targetTime: '2026-11-20T09:41:00Z' } };
  const several = objectsOf(platform({ databaseClusters: [{ name: 'big-pg', maxConnections: 400 }, rescue] }));
  const names = ['shared-pg', 'big-pg', 'rescue-pg'];

  it('have volumes, backups, metrics and isolation of their own', () => {
    for (const kind of ['Cluster', 'ObjectStore', 'ScheduledBackup', 'PodMonitor', 'NetworkPolicy']) {
      expect(several.all.filter((one) => one.kind === kind && one.metadata.namespace === 'cnpg').map(({ metadata: { name } }) => name)).toEqual(names);
    }
    for (const name of names) {
      expect(several.get('Cluster', name).spec).toMatchObject({ plugins: [{ parameters: { barmanObjectName: name } }], postgresql: { pg_hba: ['host sameuser all all scram-sha-256', 'host all all all reject'] } });
      expect(several.get('ScheduledBackup', name).spec.cluster).toEqual({ name });
      expect(several.get('NetworkPolicy', name).spec.podSelector).toEqual({ matchLabels: { 'cnpg.io/cluster': name } });
    }
    expect(several.get('Cluster', 'big-pg').spec.postgresql.parameters.max_connections).toBe('400');
  });

  it('bring the Secret of the bucket once', () => {
    expect(several.secrets.match(/^secret cnpg\//gm)).toHaveLength(1);
  });

  it('begin with what another had at a moment, and write their own backups elsewhere', () => {
    const { bootstrap, externalClusters, plugins } = several.get('Cluster', 'rescue-pg').spec;
    expect(bootstrap).toEqual({ recovery: { source: 'shared-pg', recoveryTarget: { targetTime: '2026-11-20T09:41:00Z' } } });
    expect(externalClusters).toMatchObject([{ name: 'shared-pg', plugin: { isWALArchiver: false, parameters: { barmanObjectName: 'rescue-pg', serverName: 'shared-pg' } } }]);
    expect(plugins).toMatchObject([{ isWALArchiver: true, parameters: { barmanObjectName: 'rescue-pg' } }]);
    expect(plugins[0].parameters).not.toHaveProperty('serverName');
    expect(several.get('Cluster', 'big-pg').spec).not.toHaveProperty('bootstrap');
  });

  it('are watched one by one', () => {
    const alerts = several.get('PrometheusRule', 'postgres').spec.groups[0].rules.filter(({ alert }: { alert: string }) => alert === 'PostgresWithoutPrimary');
    expect(alerts.map(({ expr }: { expr: string }) => expr)).toEqual(names.map((name) => `absent(cnpg_pg_replication_in_recovery{namespace="cnpg",pod=~"${name}-[0-9]+"} == 0)`));
  });
});

describe('a fleet without database clusters', () => {
  it('has neither operator nor plugin, namespace nor alerts for them, and needs no bucket', () => {
    const { all, secrets } = objectsOf(platform({ postgres: false }));
    expect(all.filter(({ metadata: { name, namespace } }) => ['cloudnative-pg', 'barman-cloud', 'postgres', 'cnpg'].includes(name) || namespace === 'cnpg')).toEqual([]);
    expect(secrets).not.toContain('S3_');
  });

  it('has them for a further one alone', () => {
    const { get } = objectsOf(platform({ postgres: false, databaseClusters: [{ name: 'big-pg' }] }));
    expect(get('Cluster').metadata.name).toBe('big-pg');
    expect(get('Application', 'cloudnative-pg').metadata.name).toBe('cloudnative-pg');
  });
});
