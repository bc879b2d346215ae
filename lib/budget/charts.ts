import { type Path, valueAt } from '../checks/path';
import { countOf, priorityOf } from './manifests';
import { type Amounts, amountsOf, bytesOf, larger, nothing, type Pods, sum, type Volume } from './pod';

/** A switch in a chart's values, and what the chart does without a word. */
type Switch = readonly [path: string, byDefault: boolean];

/** A container: where its `resources` stand, and the switch of one that need not be there. */
type Container = string | readonly [resources: string, on: Switch];

/** One workload that a chart makes: where in its values the scheduler's concerns stand. Paths are joined by dots. */
export interface Workload {
  readonly name: string;
  readonly containers: readonly Container[];
  /** Containers that run before those. */
  readonly before?: readonly Container[];
  /** @default - always there */
  readonly on?: Switch;
  /** @default - one, whatever the values say */
  readonly replicas?: string;
  /** How many where the values do not say. @default 1 */
  readonly replicasByDefault?: number;
  /** A daemon: `true`, or where its kind stands and how a daemon is called there. */
  readonly everyNode?: true | readonly [path: string, kind: string, byDefault: boolean];
  readonly priority: string;
  readonly volume?: { readonly on?: Switch; readonly size: string; readonly sizeByDefault?: string; readonly storageClass: string };
  /** No two replicas share a node. */
  readonly apart?: boolean;
}

const claimOf = (path: string) => ({ size: `${path}.volumeClaimTemplate.spec.resources.requests.storage`, storageClass: `${path}.volumeClaimTemplate.spec.storageClassName` });
const reloader = 'prometheusOperator.prometheusConfigReloader.resources';

/**
 * What each chart of the platform makes run, as its templates have it at the version in `platform/versions.ts`. Only structure stands
 * here; every amount comes from the values. What the values of this program switch off is here where it is one key to switch it on.
 */
const charts: Readonly<Record<string, readonly Workload[]>> = {
  'argo-cd': [
    { name: 'application-controller', replicas: 'controller.replicas', containers: ['controller.resources'] },
    { name: 'repo-server', replicas: 'repoServer.replicas', containers: ['repoServer.resources'], before: ['repoServer.copyutil.resources'] },
    { name: 'server', replicas: 'server.replicas', containers: ['server.resources'] },
    { name: 'redis', on: ['redis.enabled', true] as const, containers: ['redis.resources', ['redis.exporter.resources', ['redis.exporter.enabled', false]] as const] },
    { name: 'applicationset-controller', replicas: 'applicationSet.replicas', containers: ['applicationSet.resources'] },
    { name: 'dex-server', on: ['dex.enabled', true] as const, containers: ['dex.resources'] },
    { name: 'notifications-controller', on: ['notifications.enabled', true] as const, containers: ['notifications.resources'] },
  ].map((workload) => ({ ...workload, priority: 'global.priorityClassName' })),
  'cert-manager': [
    { name: 'cert-manager', replicas: 'replicaCount', containers: ['resources'], priority: 'global.priorityClassName' },
    { name: 'webhook', replicas: 'webhook.replicaCount', containers: ['webhook.resources'], priority: 'global.priorityClassName' },
    { name: 'cainjector', on: ['cainjector.enabled', true], replicas: 'cainjector.replicaCount', containers: ['cainjector.resources'], priority: 'global.priorityClassName' },
  ],
  'cloudnative-pg': [{ name: 'cloudnative-pg', replicas: 'replicaCount', containers: ['resources'], priority: 'priorityClassName' }],
  'plugin-barman-cloud': [{ name: 'barman-cloud', replicas: 'replicaCount', containers: ['resources'], priority: 'priorityClassName' }],
  'sealed-secrets': [{ name: 'sealed-secrets', on: ['createController', true], containers: ['resources'], priority: 'priorityClassName' }],
  'external-secrets': [
    { name: 'external-secrets', replicas: 'replicaCount', containers: ['resources'], priority: 'priorityClassName' },
    { name: 'webhook', on: ['webhook.create', true], replicas: 'webhook.replicaCount', containers: ['webhook.resources'], priority: 'webhook.priorityClassName' },
    { name: 'cert-controller', on: ['certController.create', true], replicas: 'certController.replicaCount', containers: ['certController.resources'], priority: 'certController.priorityClassName' },
  ],
  traefik: [{ name: 'traefik', replicas: 'deployment.replicas', everyNode: ['deployment.kind', 'DaemonSet', false], containers: ['resources'], priority: 'priorityClassName' }],
  'kube-prometheus-stack': [
    {
      name: 'prometheus',
      on: ['prometheus.enabled', true],
      replicas: 'prometheus.prometheusSpec.replicas',
      containers: ['prometheus.prometheusSpec.resources', reloader],
      before: [reloader],
      priority: 'prometheus.prometheusSpec.priorityClassName',
      volume: claimOf('prometheus.prometheusSpec.storageSpec'),
    },
    {
      name: 'alertmanager',
      on: ['alertmanager.enabled', true],
      replicas: 'alertmanager.alertmanagerSpec.replicas',
      containers: ['alertmanager.alertmanagerSpec.resources', reloader],
      before: [reloader],
      priority: 'alertmanager.alertmanagerSpec.priorityClassName',
      volume: claimOf('alertmanager.alertmanagerSpec.storage'),
    },
    { name: 'operator', on: ['prometheusOperator.enabled', true], containers: ['prometheusOperator.resources'], priority: 'prometheusOperator.priorityClassName' },
    {
      name: 'kube-state-metrics',
      on: ['kubeStateMetrics.enabled', true],
      replicas: 'kube-state-metrics.replicas',
      containers: ['kube-state-metrics.resources'],
      priority: 'kube-state-metrics.priorityClassName',
    },
    {
      name: 'node-exporter',
      on: ['nodeExporter.enabled', true],
      everyNode: true,
      containers: ['prometheus-node-exporter.resources'],
      priority: 'prometheus-node-exporter.priorityClassName',
    },
    {
      name: 'grafana',
      on: ['grafana.enabled', true],
      replicas: 'grafana.replicas',
      containers: [
        'grafana.resources',
        ['grafana.sidecar.resources', ['grafana.sidecar.dashboards.enabled', true]],
        ['grafana.sidecar.resources', ['grafana.sidecar.datasources.enabled', true]],
      ],
      priority: 'grafana.priorityClassName',
      volume: { on: ['grafana.persistence.enabled', false], size: 'grafana.persistence.size', sizeByDefault: '10Gi', storageClass: 'grafana.persistence.storageClassName' },
    },
  ],
  'victoria-metrics-single': [{
    name: 'victoria-metrics',
    on: ['server.enabled', true],
    replicas: 'server.replicaCount',
    containers: ['server.resources'],
    priority: 'server.priorityClassName',
    volume: { on: ['server.persistentVolume.enabled', true], size: 'server.persistentVolume.size', sizeByDefault: '16Gi', storageClass: 'server.persistentVolume.storageClassName' },
  }],
  loki: [
    {
      name: 'loki',
      replicas: 'singleBinary.replicas',
      replicasByDefault: 0,
      containers: ['singleBinary.resources', ['sidecar.resources', ['sidecar.rules.enabled', true]]],
      priority: 'singleBinary.priorityClassName',
      volume: { on: ['singleBinary.persistence.enabled', true], size: 'singleBinary.persistence.size', sizeByDefault: '10Gi', storageClass: 'singleBinary.persistence.storageClass' },
      apart: true,
    },
    { name: 'loki-gateway', on: ['gateway.enabled', true], replicas: 'gateway.replicas', containers: ['gateway.resources'], priority: 'gateway.priorityClassName', apart: true },
    { name: 'loki-canary', on: ['lokiCanary.enabled', true], everyNode: true, containers: ['lokiCanary.resources'], priority: 'lokiCanary.priorityClassName' },
  ],
  alloy: [{
    name: 'alloy',
    everyNode: ['controller.type', 'daemonset', true],
    replicas: 'controller.replicas',
    containers: ['alloy.resources', ['configReloader.resources', ['configReloader.enabled', true]]],
    priority: 'controller.priorityClassName',
  }],
};

/** What a chart of the platform makes run with the given values; nothing for a chart that is not the platform's. */
export function podsOfChart(owner: string, chart: string, values: unknown): Pods[] {
  const workloads = Object.hasOwn(charts, chart) ? charts[chart]! : [];
  return workloads.flatMap((workload) => podsOfWorkload(owner, workload, values));
}

/** The pods of one workload; none where it is switched off. */
export function podsOfWorkload(owner: string, workload: Workload, values: unknown): Pods[] {
  const { name, on, containers, before = [], everyNode, priority, volume, apart } = workload;
  if (on && !isOn(values, on)) return [];
  const replicas = workload.replicas === undefined ? 1 : countOf(at(values, workload.replicas), workload.replicasByDefault);
  const { cpu, memory, memoryLimit } = larger(sum(amountsOfAll(containers, values)), amountsOfAll(before, values).reduce(larger, nothing));
  return [{
    cpu,
    memory,
    memoryLimit,
    name,
    owner,
    replicas,
    everyNode: everyNode === true || everyNode !== undefined && isDaemon(values, everyNode),
    volumes: volume ? volumesOf(values, volume) : [],
    priority: priorityOf(at(values, priority)),
    ...apart && { apart: `${owner}/${name}` },
  }];
}

function amountsOfAll(containers: readonly Container[], values: unknown): Amounts[] {
  const amounts: Amounts[] = [];
  for (const one of containers) {
    if (typeof one === 'string') amounts.push(amountsOf(at(values, one)));
    else if (isOn(values, one[1])) amounts.push(amountsOf(at(values, one[0])));
  }
  return amounts;
}

const paths = new Map<string, Path>();

/** What stands at a path that is joined by dots. */
function at(values: unknown, joined: string): unknown {
  let path = paths.get(joined);
  if (path === undefined) paths.set(joined, path = joined.split('.'));
  return valueAt(values, path) ?? undefined;
}

export function isOn(values: unknown, [path, byDefault]: Switch): boolean {
  const said = at(values, path);
  return typeof said === 'boolean' ? said : byDefault;
}

function isDaemon(values: unknown, [path, kind, byDefault]: readonly [string, string, boolean]): boolean {
  const said = at(values, path);
  return said === undefined ? byDefault : said === kind;
}

function volumesOf(values: unknown, { on, size: path, sizeByDefault, storageClass }: NonNullable<Workload['volume']>): Volume[] {
  const size = at(values, path) ?? sizeByDefault;
  if (size === undefined || on && !isOn(values, on)) return [];
  const name = at(values, storageClass);
  return [{ size: bytesOf(size), storageClass: typeof name === 'string' ? name : undefined }];
}
