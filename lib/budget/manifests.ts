import { listAt, type Path, valueAt } from '../checks/path';
import { priorityClasses } from '../cluster/cluster';
import { isMap } from '../merge';
import { amountsOf, amountsOfPod, bytesOf, type Pods, sum, type Volume } from './pod';

/** Where a kind keeps its pods' description, and how many there are. */
const workloads: Readonly<Record<string, { readonly pod: Path; readonly replicas?: Path }>> = {
  Pod: { pod: ['spec'] },
  Deployment: { pod: ['spec', 'template', 'spec'], replicas: ['spec', 'replicas'] },
  ReplicaSet: { pod: ['spec', 'template', 'spec'], replicas: ['spec', 'replicas'] },
  StatefulSet: { pod: ['spec', 'template', 'spec'], replicas: ['spec', 'replicas'] },
  DaemonSet: { pod: ['spec', 'template', 'spec'] },
  Job: { pod: ['spec', 'template', 'spec'], replicas: ['spec', 'parallelism'] },
  CronJob: { pod: ['spec', 'jobTemplate', 'spec', 'template', 'spec'], replicas: ['spec', 'jobTemplate', 'spec', 'parallelism'] },
};

/**
 * What plain objects make run: workloads of Kubernetes, of whoever's making, and PostgreSQL clusters. A Job counts as long as it is there.
 * @param manifests what stands together: a claim is found by its name
 */
export function* podsOfManifests(owner: string, manifests: readonly unknown[]): Generator<Pods> {
  const claims = new Map(manifests.filter((one) => valueAt(one, ['kind']) === 'PersistentVolumeClaim').map((claim) => [nameOf(claim), volumeOf(valueAt(claim, ['spec']))]));
  for (const manifest of manifests) {
    const kind = String(valueAt(manifest, ['kind']));
    if (kind === 'Cluster' && String(valueAt(manifest, ['apiVersion'])).startsWith('postgresql.cnpg.io/')) yield postgresCluster(owner, manifest, manifests);
    const workload = Object.hasOwn(workloads, kind) ? workloads[kind] : undefined;
    const spec = workload && valueAt(manifest, workload.pod);
    if (workload === undefined || !isMap(spec)) continue;
    const name = nameOf(manifest);
    yield {
      ...amountsOfPod(spec),
      name,
      owner,
      replicas: workload.replicas ? countOf(valueAt(manifest, workload.replicas)) : 1,
      everyNode: kind === 'DaemonSet',
      volumes: [...mounted(spec, claims), ...listAt(manifest, ['spec', 'volumeClaimTemplates']).map((claim) => volumeOf(valueAt(claim, ['spec'])))],
      priority: priorityOf(valueAt(spec, ['priorityClassName'])),
      ...keepsApart(spec) && { apart: `${owner}/${name}` },
    };
  }
}

/** Classes that Kubernetes brings along (PriorityClass, kubernetes.io), and ours; without a class, or with another, a pod counts as a homeserver's. */
const priorities = new Map<unknown, number>([
  ['system-node-critical', 2_000_001_000],
  ['system-cluster-critical', 2_000_000_000],
  ...Object.values(priorityClasses).map(({ name, value }) => [name, value] as const),
]);

export const priorityOf = (className: unknown): number => priorities.get(className) ?? priorityClasses.homeserver.value;

/** Copies of one thing that are put on nodes one by one; of more, a rule says that they are too many. */
export const mostCopies = 10_000;

/** A number of replicas, one more than the most where it is larger; Kubernetes takes one for none. */
export const countOf = (replicas: unknown, byDefault = 1): number =>
  (typeof replicas === 'number' && Number.isInteger(replicas) && replicas >= 0 ? Math.min(replicas, mostCopies + 1) : byDefault);

const nameOf = (manifest: unknown): string => String(valueAt(manifest, ['metadata', 'name']));

function volumeOf(claim: unknown): Volume {
  const storageClass = valueAt(claim, ['storageClassName']);
  return { size: bytesOf(valueAt(claim, ['resources', 'requests', 'storage'])), storageClass: typeof storageClass === 'string' ? storageClass : undefined };
}

function* mounted(spec: unknown, claims: ReadonlyMap<string, Volume>): Generator<Volume> {
  for (const volume of listAt(spec, ['volumes'])) {
    const claim = valueAt(volume, ['persistentVolumeClaim', 'claimName']);
    const own = valueAt(volume, ['ephemeral', 'volumeClaimTemplate', 'spec']);
    if (claim !== undefined) yield claims.get(String(claim)) ?? { size: 0, storageClass: undefined };
    else if (own !== undefined) yield volumeOf(own);
  }
}

/** Whether its pods refuse to share a node; taken to mean each other, since whom a selector means is the cluster's to say. */
function keepsApart(spec: unknown): boolean {
  return listAt(spec, ['affinity', 'podAntiAffinity', 'requiredDuringSchedulingIgnoredDuringExecution']).some((term) => valueAt(term, ['topologyKey']) === 'kubernetes.io/hostname');
}

/** Instances of CloudNativePG, each with the sidecar of its backup plugin and a volume for data, and for the log where it has one of its own. */
function postgresCluster(owner: string, cluster: unknown, manifests: readonly unknown[]): Pods {
  const read = (...path: Path) => valueAt(cluster, ['spec', ...path]);
  const stores = new Set(listAt(cluster, ['spec', 'plugins']).map((plugin) => valueAt(plugin, ['parameters', 'barmanObjectName'])));
  const sidecars = manifests
    .filter((one) => valueAt(one, ['kind']) === 'ObjectStore' && stores.has(valueAt(one, ['metadata', 'name'])))
    .map((store) => amountsOf(valueAt(store, ['spec', 'instanceSidecarConfiguration', 'resources'])));
  const volumes = [read('storage'), read('walStorage')].filter(isMap);
  const required = read('affinity', 'enablePodAntiAffinity') !== false && read('affinity', 'podAntiAffinityType') === 'required';
  return {
    ...sum([amountsOf(read('resources')), ...sidecars]),
    name: nameOf(cluster),
    owner,
    replicas: countOf(read('instances')),
    everyNode: false,
    volumes: volumes.map(({ size, storageClass }) => ({ size: bytesOf(size), storageClass: typeof storageClass === 'string' ? storageClass : undefined })),
    priority: priorityOf(read('priorityClassName')),
    ...required && { apart: `${owner}/${nameOf(cluster)}` },
  };
}

/** Ports of nodes that Services take. */
export function portsOfServices(manifests: readonly unknown[]): number {
  return manifests
    .filter((one) => valueAt(one, ['kind']) === 'Service' && ['NodePort', 'LoadBalancer'].includes(String(valueAt(one, ['spec', 'type']))))
    .reduce<number>((all, service) => all + listAt(service, ['spec', 'ports']).length, 0);
}
