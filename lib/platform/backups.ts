import type { ObjectStoreSpec } from '../../imports/bindings/barmancloud.cnpg.io';
import type { ClusterSpec, ScheduledBackupSpec } from '../../imports/bindings/postgresql.cnpg.io';
import type { Plain } from '../../imports/plain';
import { resources } from '../cluster/resources';
import type { Manifest } from '../gitops/manifest';
import { keep } from '../gitops/protect';
import type { SecretSpec } from '../secrets/secret';
import type { RecoveryOptions } from './options';
import { type DatabaseCluster, namespaces, type Platform } from './platform';

const plugin = 'barman-cloud.cloudnative-pg.io';
const namespace = namespaces.postgres;
const secret = 's3-backups';

type Backups = Exclude<Platform['backups'], false>;

/**
 * What the Cluster says of its backups: every finished piece of the write-ahead log goes to the store, too. `enabled` is the
 * default, but within a list the server's defaults look like a difference to Argo CD.
 */
export const backupPlugin = (cluster: string) => ({ name: plugin, enabled: true, isWALArchiver: true, parameters: { barmanObjectName: cluster } });

/**
 * What a Cluster begins with: the backups of another, which stand beside its own in the bucket, each under its cluster's name. A cluster
 * that wrote where it reads from would spoil both.
 */
export function recovery(cluster: string, { from, targetTime }: RecoveryOptions): Plain<Pick<ClusterSpec, 'bootstrap' | 'externalClusters'>> {
  return {
    bootstrap: { recovery: { source: from, ...targetTime !== undefined && { recoveryTarget: { targetTime } } } },
    externalClusters: [{ name: from, plugin: { name: plugin, enabled: true, isWALArchiver: false, parameters: { barmanObjectName: cluster, serverName: from } } }],
  };
}

/** Where backups of a database cluster go and how long they stay, and when they are made. */
export function backupObjects({ name }: DatabaseCluster, backups: Backups): readonly Manifest[] {
  return [objectStore(name, backups), schedule(name, backups)];
}

/** The keys of the bucket, which only the admin has. */
export const backupSecret: SecretSpec = {
  namespace,
  name: secret,
  keys: [
    { key: 'ACCESS_KEY_ID', supplied: 'S3_ACCESS_KEY_ID', what: 'ID of the access key of the bucket that backups go to' },
    { key: 'SECRET_ACCESS_KEY', supplied: 'S3_SECRET_ACCESS_KEY', what: 'secret part of the same access key' },
  ],
};

const secretKey = (key: string) => ({ name: secret, key });

function objectStore(name: string, { bucket, endpoint, region, retention }: Backups): Manifest {
  return {
    apiVersion: 'barmancloud.cnpg.io/v1',
    kind: 'ObjectStore',
    metadata: { name, namespace, annotations: keep },
    spec: {
      configuration: {
        destinationPath: `s3://${bucket}/`,
        endpointURL: endpoint,
        s3Credentials: { accessKeyId: secretKey('ACCESS_KEY_ID'), secretAccessKey: secretKey('SECRET_ACCESS_KEY') },
        wal: { compression: 'zstd' },
        data: { compression: 'snappy' },
      },
      retentionPolicy: retention,
      instanceSidecarConfiguration: {
        env: [
          { name: 'AWS_DEFAULT_REGION', value: region },
          // Newer S3 clients send checksums that other services than Amazon's refuse.
          { name: 'AWS_REQUEST_CHECKSUM_CALCULATION', value: 'when_required' },
          { name: 'AWS_RESPONSE_CHECKSUM_VALIDATION', value: 'when_required' },
        ],
        resources: resources('25m', '96Mi', '512Mi'),
      },
    } satisfies Plain<ObjectStoreSpec>,
  };
}

/**
 * Base backups, the first of them at once. It owns none of its Backup objects, so that nothing goes with it; the plugin
 * removes those that the retention has taken out of the store. It holds no data itself: whoever switches backups off ends them.
 */
function schedule(name: string, { schedule }: Backups): Manifest {
  return {
    apiVersion: 'postgresql.cnpg.io/v1',
    kind: 'ScheduledBackup',
    metadata: { name, namespace },
    spec: {
      schedule,
      immediate: true,
      cluster: { name },
      backupOwnerReference: 'none',
      target: 'prefer-standby',
      method: 'plugin',
      pluginConfiguration: { name: plugin },
    } satisfies Plain<ScheduledBackupSpec>,
  };
}
