import { longestPause } from '../../platform/alerts/postgres';
import { imageMajor } from '../image';
import type { Family } from './kind';
import { isLonger } from './duration';
import { row, rowWhen, type Row, type Spot } from './row';
import { shrinks } from './storage';

/**
 * Parameters that PostgreSQL takes over without a restart (context `sighup`, `superuser` or `user` in its `pg_settings`). Any other
 * one is said to restart it, also if nobody looked it up.
 */
const reloaded = new Set([
  'archive_timeout', 'autovacuum', 'autovacuum_analyze_scale_factor', 'autovacuum_analyze_threshold', 'autovacuum_naptime', 'autovacuum_vacuum_cost_delay',
  'autovacuum_vacuum_cost_limit', 'autovacuum_vacuum_scale_factor', 'autovacuum_vacuum_threshold', 'checkpoint_completion_target', 'checkpoint_timeout',
  'default_statistics_target', 'effective_cache_size', 'effective_io_concurrency', 'idle_in_transaction_session_timeout', 'jit', 'lock_timeout',
  'log_autovacuum_min_duration', 'log_checkpoints', 'log_connections', 'log_disconnections', 'log_lock_waits', 'log_min_duration_statement', 'log_min_messages',
  'log_statement', 'log_temp_files', 'maintenance_work_mem', 'max_parallel_maintenance_workers', 'max_parallel_workers', 'max_parallel_workers_per_gather',
  'max_slot_wal_keep_size', 'max_standby_archive_delay', 'max_standby_streaming_delay', 'max_wal_size', 'min_wal_size', 'random_page_cost', 'seq_page_cost',
  'statement_timeout', 'synchronous_commit', 'temp_file_limit', 'wal_compression', 'wal_keep_size', 'wal_receiver_timeout', 'wal_sender_timeout', 'work_mem',
]);

const restart = 'restarts PostgreSQL {name} one instance after the other; the homeservers lose it for a moment';

const majorOf = (image: unknown) => imageMajor(String(image));
const minorOf = (image: unknown) => Number(/:v?\d+\.(\d+)[^/]*$/.exec(String(image))?.[1] ?? 0);
const otherMajor = ({ before, after }: Spot) => majorOf(before) !== majorOf(after);
const olderMinor = ({ before, after }: Spot) => minorOf(after) < minorOf(before);
const older = ({ before, after }: Spot) => Number(majorOf(after)) < Number(majorOf(before));

const rarer = ({ before, after }: Spot) => longestPause(String(after)) > longestPause(String(before));

const cluster: readonly Row[] = [
  rowWhen('spec imageName', older, ['loss', 'goes back from PostgreSQL {before} to {after}: no PostgreSQL reads the files of a newer major version']),
  rowWhen('spec imageName', otherMajor, ['loss', 'moves PostgreSQL {name} from {before} to another major version, {after}: it is down while its files are converted, and there is no way back but a backup']),
  rowWhen('spec imageName', olderMinor, ['outage', 'goes back from PostgreSQL {before} to {after}'], ['outage', restart]),
  row('spec imageName', ['outage', 'moves PostgreSQL {name} from {before} to {after}'], ['outage', restart]),
  rowWhen('spec postgresql parameters', ({ path, before }) => before === undefined && reloaded.has(path.at(-1) ?? ''), ['effect', 'PostgreSQL {name} reads {key} {after} without a restart']),
  rowWhen('spec postgresql parameters', ({ path, after }) => after === undefined && reloaded.has(path.at(-1) ?? ''), ['effect', 'PostgreSQL {name} goes back to its own {key} without a restart']),
  rowWhen('spec postgresql parameters', ({ path }) => reloaded.has(path.at(-1) ?? ''), ['effect', 'PostgreSQL {name} reads {key} {after} instead of {before} without a restart']),
  row('spec postgresql parameters', ['outage', restart]),
  row('spec postgresql pg_hba', ['effect', 'PostgreSQL {name} reads other rules about who may connect, without a restart; a rule too few locks homeservers out']),
  row('spec postgresql synchronous', ['effect', 'changes how many instances of PostgreSQL {name} have a write before it counts']),
  row('spec postgresql', ['outage', restart]),
  rowWhen('spec instances', ({ before, after }) => Number(after) < Number(before), ['outage', 'runs {after} instances of PostgreSQL {name} instead of {before}: the copies of the others go, and fewer are left where a node is lost']),
  row('spec instances', ['action', 'runs {after} instances of PostgreSQL {name} instead of {before}; the nodes need room and a volume for each']),
  rowWhen('spec storage size', shrinks, ['loss', 'asks for less than the volumes of PostgreSQL {name} have: {after} instead of {before}; volumes cannot shrink, and the operator refuses it']),
  rowWhen('spec walStorage size', shrinks, ['loss', 'asks for less than the WAL volumes of PostgreSQL {name} have: {after} instead of {before}; volumes cannot shrink, and the operator refuses it']),
  row('spec storage size', ['effect', 'grows the volumes of PostgreSQL {name} from {before} to {after}; they cannot shrink again']),
  rowWhen('spec walStorage size', ({ before }) => before !== undefined, ['effect', 'grows the WAL volumes of PostgreSQL {name} from {before} to {after}; they cannot shrink again']),
  rowWhen('spec walStorage', ({ before }) => before === undefined, ['outage', 'gives PostgreSQL {name} volumes for its WAL, which cannot be taken away again'], ['outage', restart]),
  rowWhen('spec walStorage', ({ after }) => after === undefined, ['loss', 'takes the WAL volumes of PostgreSQL {name} away, which the operator refuses']),
  row('spec storage storageClass', ['loss', 'asks for another class for the volumes of PostgreSQL {name}: {after} instead of {before}; those that are there keep theirs, only new instances get the other']),
  row('spec walStorage storageClass', ['loss', 'asks for another class for the WAL volumes of PostgreSQL {name}: {after} instead of {before}; those that are there keep theirs, only new instances get the other']),
  row('spec storage', ['outage', 'changes the volumes of new instances of PostgreSQL {name}']),
  row('spec walStorage', ['outage', 'changes the WAL volumes of new instances of PostgreSQL {name}']),
  rowWhen('spec plugins', ({ after }) => after === undefined || after === false || (Array.isArray(after) && after.length === 0), ['loss', 'PostgreSQL {name} archives its WAL no more: there is no backup of what comes from now on'], ['outage', restart]),
  rowWhen('spec plugins', ({ before }) => before === undefined || before === false, ['action', 'PostgreSQL {name} archives its WAL from now on, which is worth nothing before the first base backup: see that one is made'], ['outage', restart]),
  row('spec plugins', ['loss', 'PostgreSQL {name} archives its WAL with other settings: backups go elsewhere, or nowhere'], ['outage', restart]),
  row('spec backup', ['loss', 'changes where the backups of PostgreSQL {name} go']),
  row('spec bootstrap', ['effect', 'changes how PostgreSQL {name} would be made anew; the one that runs does not read it again']),
  row('spec enablePDB', ['effect', 'changes whether PostgreSQL {name} stands in the way of draining a node']),
  row('spec enableSuperuserAccess', ['effect', 'changes whether the superuser of PostgreSQL {name} may log in over the network']),
  row('spec monitoring', ['effect', 'changes what PostgreSQL {name} measures']),
  row('spec managed', ['effect', 'changes roles or services of PostgreSQL {name}']),
  row('spec resources', ['outage', restart]),
  row('spec affinity', ['outage', restart]),
  row('spec priorityClassName', ['outage', restart]),
];

const connectionLimit = row('spec connectionLimit', ['effect', 'PostgreSQL lets {name} have {after} connections at once instead of {before}']);

/** PostgreSQL and its backups, by CloudNativePG and its Barman Cloud plugin. */
export const database: Family = {
  'postgresql.cnpg.io/Cluster': {
    fields: cluster,
    otherwise: ['outage', 'changes {object}; PostgreSQL may restart one instance after the other'],
    appears: [['effect', 'makes the PostgreSQL cluster {name}, empty']],
    goes: [['loss', 'deletes the PostgreSQL cluster {name} with all its databases']],
  },
  'postgresql.cnpg.io/Database': {
    fields: [
      rowWhen('spec databaseReclaimPolicy', ({ before }) => before === 'retain' || before === undefined, ['loss', 'drops the database once {object} goes']),
      row('spec databaseReclaimPolicy', ['effect', 'keeps the database when {object} goes']),
      rowWhen('spec ensure', ({ after }) => after === 'absent', ['loss', 'drops the database of {object} and everything in it']),
      row('spec owner', ['outage', 'gives the database of {object} to {after} instead of {before}: whoever logs in as {before} cannot change its tables any more']),
      connectionLimit,
      rowWhen('spec allowConnections', ({ after }) => after === false, ['outage', 'lets nobody connect to the database of {object}']),
      row('spec extensions', ['effect', 'changes the extensions in the database of {object}']),
      row('spec schemas', ['effect', 'changes the schemas in the database of {object}']),
    ],
    otherwise: ['outage', 'changes {object}; who uses the database may not reach it for a moment'],
    appears: [['effect', 'makes the database of {object}, empty']],
    goes: [['loss', 'deletes {object}; the database stays only if its reclaim policy is to retain']],
  },
  'postgresql.cnpg.io/DatabaseRole': {
    fields: [
      connectionLimit,
      rowWhen('spec login', ({ after }) => after === false, ['outage', 'lets the role {name} log in no more']),
      row('spec login', ['effect', 'lets the role {name} log in']),
      row('spec passwordSecret', ['action', 'PostgreSQL takes the password of {name} from the Secret {after} instead of {before}, which must be there with the same password: run dist/bootstrap/secrets.sh']),
      row('spec databaseRoleReclaimPolicy', ['effect', 'changes whether the role {name} is dropped when its object goes: {after} instead of {before}']),
      row('spec validUntil', ['outage', 'the password of the role {name} ends at {after} instead of {before}']),
    ],
    otherwise: ['outage', 'changes what the role of {object} may do; who logs in with it may fail'],
    appears: [['effect', 'makes the role of {object}']],
    goes: [['outage', 'deletes {object}; whoever logs in as this role may be locked out']],
  },
  'postgresql.cnpg.io/ScheduledBackup': {
    fields: [
      rowWhen('spec schedule', rarer, ['action', 'makes base backups by the schedule {after} instead of {before}, more rarely: a restore reads all that was written since the last one, and the alert that it is too old waits for as long']),
      row('spec schedule', ['effect', 'makes base backups by the schedule {after} instead of {before}']),
      rowWhen('spec suspend', ({ after }) => after === true, ['loss', 'makes no more base backups by {object}']),
      row('spec suspend', ['effect', 'makes base backups by {object} again']),
      row('spec target', ['effect', 'takes base backups from {after} instead of {before}']),
      row('spec immediate', ['effect', 'changes whether {object} makes a backup as soon as it is made']),
      row('spec backupOwnerReference', ['effect', 'changes whether Backup objects go with {object}; what is in the bucket stays']),
      row('spec method', ['loss', 'makes base backups by another method, {after} instead of {before}: they go elsewhere, or nowhere']),
      row('spec pluginConfiguration', ['loss', 'makes base backups by another plugin or with other parameters: they go elsewhere, or nowhere']),
    ],
    otherwise: ['loss', 'changes {object}; look whether the next base backup still comes'],
    appears: [['effect', 'makes base backups by {object}']],
    goes: [['loss', 'makes no more base backups by {object}; those that are there stay']],
  },
  'postgresql.cnpg.io/Pooler': {
    fields: [],
    otherwise: ['outage', 'restarts the pooler {name}'],
    appears: [['effect', 'starts the pooler {name}']],
    goes: [['outage', 'stops the pooler {name}; whoever connects through it is cut off']],
  },
  'postgresql.cnpg.io/ImageCatalog': {
    fields: [],
    otherwise: ['outage', 'restarts every PostgreSQL that takes its image from {object}'],
    appears: [['effect', 'adds {object}']],
    goes: [['outage', 'deletes {object}: PostgreSQL that takes its image from it cannot start anew']],
  },
  'barmancloud.cnpg.io/ObjectStore': {
    fields: [
      row('spec configuration destinationPath', ['loss', 'sends backups to {after} instead of {before}: the old ones are not looked at any more, and the new place has nothing to restore from yet']),
      row('spec configuration endpointURL', ['loss', 'sends backups to {after} instead of {before}: the old ones are not looked at any more, and the new place has nothing to restore from yet']),
      row('spec configuration s3Credentials', ['action', 'takes the key of the bucket from elsewhere in a Secret, which must be there: run dist/bootstrap/secrets.sh']),
      row('spec configuration wal', ['effect', 'archives WAL in another way from now on']),
      row('spec configuration data', ['effect', 'makes base backups in another way from now on']),
      rowWhen('spec retentionPolicy', ({ after }) => after === undefined, ['effect', 'keeps backups for good instead of {before}; the bucket needs the room for it']),
      rowWhen('spec retentionPolicy', ({ before }) => before === undefined, ['loss', 'keeps backups for {after} instead of for good; what is older is deleted from the bucket']),
      rowWhen('spec retentionPolicy', ({ before, after }) => isLonger(before, after), ['effect', 'keeps backups for {after} instead of {before}; the bucket needs the room for it']),
      row('spec retentionPolicy', ['loss', 'keeps backups for {after} instead of {before}; what is older is deleted from the bucket']),
      row('spec instanceSidecarConfiguration', ['outage', 'restarts each PostgreSQL that backs up to {name} one instance after the other, for another sidecar']),
    ],
    otherwise: ['loss', 'changes {object}; look whether backups still arrive'],
    appears: [['effect', 'adds the place {name} for backups']],
    goes: [['loss', 'deletes {object}: PostgreSQL has no place to back up to']],
  },
};
