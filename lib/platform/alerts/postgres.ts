import { pathText } from '../../checks/path';
import { type DatabaseCluster, namespaces, type Platform } from '../platform';
import type { Alert } from './alert';

const hour = 3600;
const day = 24 * hour;

/** Alerts of each database cluster; those of backups only if there are any. */
export function postgresAlerts({ databaseClusters, backups }: Platform): readonly Alert[] {
  return databaseClusters.flatMap((cluster) => {
    const alerts = [...clusterAlerts(cluster, selector(databaseClusters, cluster)), ...backups ? backupAlerts(backups.schedule, selector(databaseClusters, cluster)) : []];
    return databaseClusters.length === 1 ? alerts : alerts.map((alert) => ({ ...alert, summary: `${cluster.name}: ${alert.summary}` }));
  });
}

/** The series of one database cluster: all in the namespace, or, of several, those of its instances, whose pods are called after it. */
function selector(all: readonly DatabaseCluster[], { name }: DatabaseCluster): Selector {
  const labels = [`namespace="${namespaces.postgres}"`, ...all.length > 1 ? [`pod=~"${name}-[0-9]+"`] : []];
  return (...further) => `{${[...labels, ...further].join(',')}}`;
}

type Selector = (...further: readonly string[]) => string;

function clusterAlerts({ name, path, instances }: DatabaseCluster, select: Selector): readonly Alert[] {
  const own = select();
  const status = `kubectl -n ${namespaces.postgres} describe cluster ${name}`;
  return [
    {
      name: 'PostgresWithoutPrimary',
      expr: `absent(cnpg_pg_replication_in_recovery${own} == 0)`,
      for: '3m',
      severity: 'critical',
      summary: 'No instance of PostgreSQL takes writes',
      description: `Every homeserver stands still. The operator makes another instance the primary if there is one that may: look at ${status}.`,
    },
    {
      name: 'PostgresInstanceMissing',
      expr: `(count(cnpg_collector_up${own} == 1) or vector(0)) < ${instances}`,
      for: '15m',
      severity: 'warning',
      summary: `{{ $value }} of ${instances} instances of PostgreSQL are up`,
      description: `One more failure may leave no primary. Most often a node is gone or full, or an instance's volume: look at ${status}.`,
    },
    {
      name: 'PostgresReplicaDisconnected',
      expr: `cnpg_pg_replication_in_recovery${own} > cnpg_pg_replication_is_wal_receiver_up${own}`,
      for: '10m',
      severity: 'warning',
      summary: '{{ $labels.pod }} does not follow the primary',
      description: `It cannot take over, and after a while it needs more of the log than the primary keeps. Look at the log of {{ $labels.pod }} and at ${status}.`,
    },
    {
      name: 'PostgresReplicationLag',
      expr: `cnpg_pg_replication_lag${own} > 300`,
      for: '10m',
      severity: 'warning',
      summary: '{{ $labels.pod }} is {{ $value | humanizeDuration }} behind the primary',
      description: 'A takeover would have to wait for it. Look at disk and CPU of its node, and for long transactions on it.',
    },
    {
      name: 'PostgresConnectionsNearLimit',
      expr: `sum by (pod) (cnpg_backends_total${own}) / on (pod) cnpg_pg_settings_setting${select('name="max_connections"')} > 0.85`,
      for: '10m',
      severity: 'warning',
      summary: '{{ $value | humanizePercentage }} of the connections of {{ $labels.pod }} are taken',
      description: `At the limit, homeservers fail. Raise ${pathText(path)}.maxConnections (about 20 a homeserver without workers); that restarts PostgreSQL.`,
    },
    {
      name: 'PostgresTransactionIdsRunOut',
      expr: `cnpg_pg_database_xid_age${own} > 5e8`,
      for: '1h',
      severity: 'warning',
      summary: 'The database {{ $labels.datname }} needs to be vacuumed: {{ $value | humanize }} transactions since the last time',
      description: 'At two billion PostgreSQL stops. Something keeps autovacuum from its work: look for transactions that never end and for unused replication slots.',
    },
  ];
}

function backupAlerts(schedule: string, select: Selector): readonly Alert[] {
  const archiver = (event: 'archived' | 'failed') => `cnpg_pg_stat_archiver_last_${event}_time${select()}`;
  const backup = (event: 'available' | 'failed') => `max(barman_cloud_cloudnative_pg_io_last_${event}_backup_timestamp${select()})`;
  return [
    {
      name: 'PostgresLogNotArchived',
      expr: `${archiver('failed')} - ${archiver('archived')} > 1`,
      for: '15m',
      severity: 'critical',
      summary: 'The write-ahead log of {{ $labels.pod }} does not reach the backups',
      description: 'What was written since then could not be restored, and the log stays on its volume until that is full and PostgreSQL stops. '
        + 'Look at the log of the container plugin-barman-cloud; most often keys, bucket or address of the S3 service are wrong.',
    },
    {
      name: 'PostgresBackupFailed',
      expr: `${backup('failed')} > ${backup('available')}`,
      for: '15m',
      severity: 'warning',
      summary: 'The last backup of PostgreSQL failed',
      description: `Look at kubectl -n ${namespaces.postgres} get backups, and at the status of the newest.`,
    },
    {
      name: 'PostgresBackupTooOld',
      expr: `time() - ${backup('available')} > ${longestPause(schedule) + 12 * hour} or absent(${backup('available')})`,
      for: '1h',
      severity: 'critical',
      summary: 'PostgreSQL has no recent backup',
      description: `None has been made when one was due. Look at kubectl -n ${namespaces.postgres} get scheduledbackups,backups, and whether the operator runs.`,
    },
  ];
}

/** Seconds that may pass between two times of a six-field schedule: a day, a week or a month, by what it leaves open. */
export function longestPause(schedule: string): number {
  const [, , , dayOfMonth, month, dayOfWeek] = schedule.trim().split(/\s+/).map((field) => field === '*' || field === '?');
  if (!month) return 366 * day;
  if (!dayOfMonth) return 31 * day;
  return dayOfWeek ? day : 7 * day;
}
