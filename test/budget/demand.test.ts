import { describe, expect, it } from 'vitest';
import { demandOfHomeservers, demandOfPlatform } from '../../lib/budget/demand';
import type { Pods } from '../../lib/budget/pod';
import { emit } from '../../lib/gitops/emit';
import type { HomeserverOptions } from '../../lib/homeserver/options';
import type { PlatformOptions } from '../../lib/platform/options';
import { PlatformUnit } from '../../lib/platform/unit';
import { demo } from '../homeserver/example';
import { platform } from '../platform/example';

const mi = 2 ** 20;
const row = ({ name, replicas, everyNode, cpu, memory, memoryLimit }: Pods) => [name, everyNode ? 'every node' : replicas, cpu, memory / mi, memoryLimit / mi];
const rows = (pods: readonly Pods[]) => Object.fromEntries(pods.map((one) => [`${one.owner} ${one.name}`, row(one).slice(1)]));
const ofPlatform = (own: Partial<PlatformOptions> = {}) => {
  const model = platform(own);
  return demandOfPlatform(model, emit(new PlatformUnit(model)).documents.map(({ manifest }) => manifest));
};
const ofDemo = (own: Partial<HomeserverOptions> = {}) => demandOfHomeservers([demo(own)]);
const names = ({ pods }: { readonly pods: readonly Pods[] }) => pods.map(({ name }) => name);

describe('what the platform makes run', () => {
  // Copies, CPU, memory and limit of memory, as `helm template` renders each chart at its pin with these values.
  it('is what its charts render, to the MiB', () => {
    expect(rows(ofPlatform().pods)).toEqual({
      'gitea gitea': [1, 100, 256, 1024],
      // 1Gi, and the sidecar of the backup plugin.
      'cnpg shared-pg': [3, 275, 1120, 1536],
      'argocd application-controller': [1, 150, 400, 1024],
      'argocd repo-server': [1, 50, 160, 1024],
      'argocd server': [1, 25, 96, 384],
      'argocd redis': [1, 25, 32, 128],
      'argocd applicationset-controller': [0, 10, 64, 128],
      'traefik traefik': [1, 50, 64, 256],
      'cert-manager cert-manager': [1, 20, 64, 256],
      'cert-manager webhook': [1, 10, 32, 128],
      'cert-manager cainjector': [1, 10, 64, 256],
      'cloudnative-pg cloudnative-pg': [1, 25, 96, 384],
      'barman-cloud barman-cloud': [1, 10, 48, 192],
      // Both with the reloader that the operator adds.
      'kube-prometheus-stack prometheus': [1, 105, 544, 1344],
      'kube-prometheus-stack alertmanager': [1, 15, 80, 192],
      'kube-prometheus-stack operator': [1, 20, 64, 192],
      'kube-prometheus-stack kube-state-metrics': [1, 10, 64, 192],
      'kube-prometheus-stack node-exporter': ['every node', 10, 24, 64],
      'kube-prometheus-stack grafana': [1, 60, 336, 928],
      'victoria-metrics-single victoria-metrics': [1, 50, 384, 1024],
      'loki loki': [1, 50, 320, 1024],
      'alloy alloy': ['every node', 30, 152, 448],
    });
  });

  it('follows raw values: copies, kinds, switches and volumes', () => {
    const { pods } = ofPlatform({
      argocd: { host: 'argocd.example.org', values: { dex: { enabled: true, resources: { requests: { memory: '64Mi' } } }, server: { replicas: 2 } } },
      traefik: { values: { deployment: { kind: 'DaemonSet' } } },
      monitoring: { host: 'grafana.example.org', values: { 'kube-prometheus-stack': { grafana: { persistence: { enabled: true } }, alertmanager: { enabled: false } } } },
    });
    expect(rows(pods)).toMatchObject({ 'argocd dex-server': [1, 0, 64, 64], 'argocd server': [2, 25, 96, 384], 'traefik traefik': ['every node', 50, 64, 256] });
    expect(names({ pods })).not.toContain('alertmanager');
    expect(pods.find(({ name }) => name === 'grafana')!.volumes).toEqual([{ size: 10 * 2 ** 30, storageClass: undefined }]);
  });

  it('has two volumes an instance of PostgreSQL, and instances apart', () => {
    const pg = (own: PlatformOptions['postgres']) => ofPlatform({ postgres: own! }).pods.find(({ name }) => name === 'shared-pg')!;
    expect(pg({})).toMatchObject({ apart: 'cnpg/shared-pg', volumes: [{ size: 50 * 2 ** 30 }, { size: 10 * 2 ** 30 }] });
    expect(pg({ instances: 1 }).apart).toBeUndefined();
  });

  it('counts the user\'s own objects: workloads, claims that they mount, and ports of Services', () => {
    const spec = (more: Record<string, unknown>) => ({ template: { spec: { containers: [{ resources: { requests: { cpu: '10m', memory: '8Mi' } } }], ...more } } });
    const before = ofPlatform();
    const { pods, nodePorts } = ofPlatform({
      manifests: [
        { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'own', namespace: 'own' }, spec: { replicas: 2, ...spec({ volumes: [{ name: 'v', persistentVolumeClaim: { claimName: 'c' } }] }) } },
        { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'c', namespace: 'own' }, spec: { resources: { requests: { storage: '3Gi' } } } },
        { apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: { name: 'daemon', namespace: 'own' }, spec: spec({ priorityClassName: 'system-node-critical' }) },
        { apiVersion: 'v1', kind: 'Service', metadata: { name: 's', namespace: 'own' }, spec: { type: 'NodePort', ports: [{ port: 1 }, { port: 2 }] } },
      ],
    });
    expect(rows(pods)).toMatchObject({ 'own own': [2, 10, 8, 8], 'own daemon': ['every node', 10, 8, 8] });
    expect(pods.find(({ name }) => name === 'own')!.volumes).toEqual([{ size: 3 * 2 ** 30, storageClass: undefined }]);
    expect(nodePorts).toBe(before.nodePorts + 2);
  });
});

describe('what a homeserver makes run', () => {
  it('is what its chart renders, to the MiB, and the Jobs of a sync', () => {
    expect(rows(ofDemo({ hookshot: true }).pods)).toEqual({
      'demo synapse': [1, 100, 256, 1024],
      'demo mas': [1, 50, 96, 350],
      'demo element-web': [1, 10, 24, 200],
      'demo element-admin': [1, 10, 24, 200],
      'demo rtc-authoriser': [1, 10, 24, 200],
      'demo rtc-sfu': [1, 100, 128, 1024],
      'demo hookshot': [1, 10, 100, 512],
      'demo haproxy': [1, 25, 64, 256],
      // With its exporter.
      'demo redis': [1, 20, 52, 160],
      'homeservers jobs of a sync': [1, 100, 128, 512],
    });
  });

  it('has workers, and Redis where there are some; no exporter before 26.6.0', () => {
    const { pods, databases } = ofDemo({ chartVersion: '26.2.3', synapse: { workers: { synchrotron: { replicas: 3 }, background: {} } } });
    expect(rows(pods)).toMatchObject({ 'demo synapse-synchrotron': [3, 50, 128, 512], 'demo synapse-background': [1, 50, 128, 512], 'demo redis': [1, 10, 32, 96] });
    expect(databases.get('shared-pg')).toMatchObject({ connections: 10 * 5 + 5 + 15 });
    expect(names(ofDemo())).not.toContain('redis');
  });

  it('follows raw values', () => {
    const { pods, nodePorts } = ofDemo({ values: { haproxy: { replicas: 3 }, elementWeb: { enabled: false }, matrixRTC: { sfu: { exposedServices: { turnTLS: { enabled: true, domain: 'turn.example.org' } } } } } });
    expect(rows(pods)).toMatchObject({ 'demo haproxy': [3, 25, 64, 256] });
    expect(names({ pods })).not.toContain('element-web');
    expect(nodePorts).toBe(3);
  });

  it('is nothing where it is stopped: its volume, databases and ports stay', () => {
    const running = ofDemo();
    for (const state of ['stopped', 'retired'] as const) {
      const { pods, databases, detached, nodePorts } = ofDemo({ state });
      expect(pods).toEqual([]);
      expect(databases).toEqual(new Map([['shared-pg', { ...running.databases.get('shared-pg'), connections: 0 }]]));
      expect(detached).toEqual([{ size: 10 * 2 ** 30, storageClass: 'fleet-bulk-retain' }]);
      expect(nodePorts).toEqual(running.nodePorts);
    }
  });

  it('has a PostgreSQL of its own where it lives on the chart\'s, and takes nothing of a database cluster', () => {
    const { pods, databases } = ofDemo({ database: { builtIn: true } });
    // Twice, since the container that sets passwords has the same as PostgreSQL, and its exporter.
    expect(rows(pods)).toMatchObject({ 'demo postgres': [1, 210, 532, 2112] });
    expect(pods.find(({ name }) => name === 'postgres')!.volumes).toEqual([{ size: 10 * 2 ** 30, storageClass: 'fleet-fast-retain' }]);
    expect(databases).toEqual(new Map());
    expect(ofDemo({ database: { builtIn: true }, state: 'stopped' }).detached).toHaveLength(2);
  });

  it('has a Job that makes its databases on an external server, beside the hooks of a sync', () => {
    const external = (more: object) => rows(ofDemo({ database: { external: { host: 'pg.example.org', ...more } } }).pods);
    expect(external({})).toMatchObject({ 'homeservers jobs of a sync': [1, 100, 128, 512] });
    expect(external({ initialise: {} })).toMatchObject({ 'homeservers jobs of a sync': [1, 110, 160, 640] });
    expect(Object.keys(external({ initialise: {} }))).toEqual(Object.keys(external({})));
  });

  it('shares no node with another where its calls are in the node\'s network', () => {
    const calls = (exposure: 'HostPort' | 'NodePort') => ofDemo({ rtc: { tcp: 20000, udp: 20001, exposure } }).pods.find(({ name }) => name === 'rtc-sfu')!.apart;
    expect([calls('HostPort'), calls('NodePort')]).toEqual(['ports of nodes', undefined]);
  });
});
