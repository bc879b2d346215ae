import type { KubernetesVersion } from '../../imports';
import type { Manifest } from '../gitops/manifest';
import type { ClusterOptions, IngressOptions, NodeGroup, ProxyOptions } from './options';

/** The cluster with every default filled in. */
export interface Cluster {
  readonly provider: ClusterOptions['provider'];
  readonly kubernetes: KubernetesVersion;
  readonly nodes: readonly (NodeGroup & { readonly volumes: number })[];
  readonly nodePorts: { readonly from: number; readonly to: number };
  readonly publicPorts: readonly number[];
  readonly storage: Storage;
  /** That the cluster has already. */
  readonly ingress: Ingress | undefined;
  /** Takes all requests, where there is no ingress controller. */
  readonly proxy: ProxyOptions | undefined;
  readonly hairpin: string | undefined;
}

/** An ingress controller. */
export type Ingress = Required<IngressOptions>;

export interface Storage {
  readonly fast: string;
  readonly bulk: string;
  readonly fastRetain: string;
  readonly bulkRetain: string;
}

/** What differs between providers. */
interface Provider {
  readonly fast: string;
  readonly bulk: string;
  /** Of our own retaining classes; absent where we make none. */
  readonly provisioner?: string;
  /** StorageClass parameters of our own retaining classes. */
  readonly parameters?: { readonly fast?: Readonly<Record<string, string>>; readonly bulk?: Readonly<Record<string, string>> };
  readonly volumesPerNode: number;
  readonly expandable?: boolean;
}

const providers: Record<ClusterOptions['provider'], Provider> = {
  'yandex-cloud': {
    fast: 'yc-network-ssd',
    bulk: 'yc-network-hdd',
    provisioner: 'disk-csi-driver.mks.ycloud.io',
    parameters: {
      fast: { type: 'network-ssd', 'csi.storage.k8s.io/fstype': 'ext4' },
      bulk: { type: 'network-hdd', 'csi.storage.k8s.io/fstype': 'ext4' },
    },
    // Eight disks a machine of up to 18 cores, the boot disk among them.
    volumesPerNode: 7,
    expandable: true,
  },
  k3s: {
    fast: 'local-path',
    bulk: 'local-path',
    provisioner: 'rancher.io/local-path',
    parameters: {},
    volumesPerNode: Number.MAX_SAFE_INTEGER,
    expandable: false,
  },
  generic: {
    fast: '',
    bulk: '',
    volumesPerNode: Number.MAX_SAFE_INTEGER,
  },
};

const ownFastRetain = 'fleet-fast-retain';
const ownBulkRetain = 'fleet-bulk-retain';

export function resolveCluster({ provider, kubernetes, nodes, nodePorts, publicPorts, storage, ingress, proxy, hairpin }: ClusterOptions): Cluster {
  const { fast, bulk, provisioner, volumesPerNode } = providers[provider];
  const retaining = provisioner === undefined ? { fastRetain: '', bulkRetain: '' } : { fastRetain: ownFastRetain, bulkRetain: ownBulkRetain };
  return {
    provider,
    kubernetes,
    nodes: nodes.map((group) => ({ volumes: volumesPerNode, ...group })),
    nodePorts: nodePorts ?? { from: 30000, to: 32767 },
    publicPorts: publicPorts ?? [80, 443],
    storage: { fast, bulk, ...retaining, ...storage },
    ingress: ingress && { ...ingress.controller === 'traefik' ? { className: 'traefik', namespace: 'traefik' } : { className: 'nginx', namespace: 'ingress-nginx' }, ...ingress },
    proxy,
    hairpin,
  };
}

/** The retaining storage class of the given name, if it is one that this program makes. */
export function retainingClass({ provider }: Cluster, name: string): Manifest | undefined {
  const { provisioner, parameters, expandable } = providers[provider];
  if (provisioner === undefined || (name !== ownFastRetain && name !== ownBulkRetain)) return undefined;
  const own = name === ownFastRetain ? parameters?.fast : parameters?.bulk;
  return {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name },
    provisioner,
    ...own && { parameters: own },
    reclaimPolicy: 'Retain',
    allowVolumeExpansion: expandable,
    volumeBindingMode: 'WaitForFirstConsumer',
  };
}

/**
 * Who gives way when a node has no room: monitoring first, then homeservers, then the platform, PostgreSQL last. A pod that
 * names none counts as a homeserver's: the ESS chart lets nobody name one before 26.7.0.
 */
export const priorityClasses = {
  database: { name: 'fleet-database', value: 1_000_000 },
  platform: { name: 'fleet-platform', value: 900_000 },
  homeserver: { name: 'fleet-homeserver', value: 500_000, globalDefault: true },
  monitoring: { name: 'fleet-monitoring', value: 100_000 },
} as const;

export function priorityClass({ name, ...rest }: { readonly name: string; readonly value: number; readonly globalDefault?: boolean }): Manifest {
  return { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name }, ...rest };
}
