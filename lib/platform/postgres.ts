import type { ClusterSpec } from '../../imports/bindings/postgresql.cnpg.io';
import type { Plain } from '../../imports/plain';
import { priorityClasses } from '../cluster/cluster';
import { inNamespace, inNamespaces, networkPolicy, tcp } from '../cluster/network-policy';
import { bytes } from '../cluster/quantity';
import type { Folder } from '../gitops/folder';
import { addManifests, type Manifest } from '../gitops/manifest';
import { ManifestFolder } from '../gitops/manifest-folder';
import { keep } from '../gitops/protect';
import type { SecretSpec } from '../secrets/secret';
import { backupObjects, backupPlugin, backupSecret, recovery } from './backups';
import { Component, platformProject } from './component';
import { type DatabaseCluster, namespaces, type Platform } from './platform';
import { pins } from './versions';

const namespace = namespaces.postgres;
const instancesOf = (name: string) => ({ 'cnpg.io/cluster': name });

/** The database clusters of homeservers, their backups, and who may reach them. */
export class Postgres extends Component {
  override readonly secrets: readonly SecretSpec[];

  constructor(applications: Folder, platform: Platform) {
    super(applications, 'postgres');
    const { backups, monitoring, databaseClusters } = platform;
    this.secrets = backups && databaseClusters.length > 0 ? [backupSecret] : [];
    if (databaseClusters.length === 0) return;
    const folder = new ManifestFolder(this, { name: 'postgres', project: platformProject, namespace, stage: 'data' });
    addManifests(folder, [
      ownNamespace,
      // That each has a name of its own is a rule.
      ...[...new Map(databaseClusters.map((one) => [one.name, one])).values()].flatMap((one) => [
        cluster(one, platform),
        accessPolicy(one, platform),
        ...backups ? backupObjects(one, backups) : [],
        ...monitoring ? [podMonitor(one)] : [],
      ]),
    ]);
  }
}

const ownNamespace: Manifest = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: namespace, labels: { 'pod-security.kubernetes.io/enforce': 'restricted' }, annotations: keep },
};

function cluster(own: DatabaseCluster, { backups, cluster: { storage } }: Platform): Manifest {
  const several = own.instances > 1;
  const volume = (size: string) => ({ size, storageClass: storage.fastRetain });
  return {
    apiVersion: 'postgresql.cnpg.io/v1',
    kind: 'Cluster',
    metadata: { name: own.name, namespace, annotations: keep },
    spec: {
      instances: own.instances,
      imageName: pins.postgres.image,
      storage: volume(own.size),
      walStorage: volume(own.walSize),
      resources: own.resources,
      priorityClassName: priorityClasses.database.name,
      affinity: {
        enablePodAntiAffinity: several,
        ...several && { podAntiAffinityType: 'required', topologyKey: 'kubernetes.io/hostname' },
      },
      // With one instance it would only keep its node from ever being drained.
      enablePDB: several,
      enableSuperuserAccess: false,
      postgresql: {
        parameters: parameters(own),
        // After the operator's own rules (sockets, replication) and before its last, which lets every role into every database.
        // Roles and databases of homeservers bear the same name.
        pg_hba: ['host sameuser all all scram-sha-256', 'host all all all reject'],
        // One more instance has each commit, as long as there is one that could: a takeover must not take Synapse back in time.
        ...several && { synchronous: { method: 'any', number: 1, dataDurability: 'preferred' } },
      },
      ...own.recovery && recovery(own.name, own.recovery),
      ...backups && { plugins: [backupPlugin(own.name)] },
    } satisfies Plain<ClusterSpec>,
  };
}

/** A part of a size, as PostgreSQL writes it; its megabyte is 2^20 bytes. */
const share = (size: string, part: number) => `${Math.floor(bytes(size) * part / 2 ** 20)}MB`;

/** Shares of what an instance has; the user's settings last. */
function parameters({ maxConnections, walSize, resources, parameters }: DatabaseCluster): Record<string, string> {
  const memory = resources.requests?.memory ?? '1Gi';
  return {
    max_connections: String(maxConnections),
    shared_buffers: share(memory, 1 / 4),
    effective_cache_size: share(memory, 1 / 2),
    max_wal_size: share(walSize, 1 / 4),
    // An instance that is long away must not fill the log's volume; it catches up from the backups instead.
    max_slot_wal_keep_size: share(walSize, 1 / 2),
    random_page_cost: '1.1',
    ...parameters,
  };
}

/** Instances among each other, their operator, Prometheus, and PostgreSQL itself for the namespaces of homeservers. */
function accessPolicy({ name }: DatabaseCluster, { monitoring }: Platform): Manifest {
  const instances = instancesOf(name);
  return networkPolicy(namespace, name, {
    podSelector: { matchLabels: instances },
    policyTypes: ['Ingress'],
    ingress: [
      { from: [{ podSelector: { matchLabels: instances } }] },
      { from: [inNamespace(namespaces.operator)], ports: tcp(5432, 8000) },
      { from: [inNamespaces({ 'app.kubernetes.io/part-of': 'matrix-fleet' })], ports: tcp(5432) },
      ...monitoring ? [{ from: [inNamespace(namespaces.monitoring)], ports: tcp(9187) }] : [],
    ],
  });
}

/** Ours, since the Cluster's own switch for one is deprecated. */
function podMonitor({ name }: DatabaseCluster): Manifest {
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PodMonitor',
    metadata: { name, namespace },
    spec: {
      selector: { matchLabels: { ...instancesOf(name), 'cnpg.io/podRole': 'instance' } },
      podMetricsEndpoints: [{ port: 'metrics' }],
    },
  };
}
