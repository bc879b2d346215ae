import type { Fault, Rule } from './rule';
import { placeIn, placeOf, type TracedFleet } from './traced';

/** What a cluster of CloudNativePG may not set: the operator does, or nobody (pkg/postgres/configuration.go, FixedConfigurationParameters). */
const fixed: ReadonlySet<string> = new Set([
  'allow_system_table_mods', 'archive_cleanup_command', 'archive_command', 'archive_mode', 'bonjour', 'bonjour_name', 'cluster_name', 'config_file',
  'data_directory', 'data_sync_retry', 'event_source', 'external_pid_file', 'hba_file', 'hot_standby', 'ident_file', 'jit_provider',
  'listen_addresses', 'log_destination', 'log_directory', 'log_file_mode', 'log_filename', 'log_rotation_age', 'log_rotation_size',
  'log_truncate_on_rotation', 'logging_collector', 'pg_failover_slots.primary_dsn', 'pg_failover_slots.standby_slot_names', 'port',
  'primary_conninfo', 'primary_slot_name', 'promote_trigger_file', 'recovery_end_command', 'recovery_min_apply_delay', 'recovery_target',
  'recovery_target_action', 'recovery_target_inclusive', 'recovery_target_lsn', 'recovery_target_name', 'recovery_target_time',
  'recovery_target_timeline', 'recovery_target_xid', 'restart_after_crash', 'restore_command', 'shared_preload_libraries', 'ssl', 'ssl_ca_file',
  'ssl_cert_file', 'ssl_crl_file', 'ssl_dh_params_file', 'ssl_ecdh_curve', 'ssl_key_file', 'ssl_passphrase_command',
  'ssl_passphrase_command_supports_reload', 'ssl_prefer_server_ciphers', 'stats_temp_directory', 'synchronized_standby_slots',
  'synchronous_standby_names', 'syslog_facility', 'syslog_ident', 'syslog_sequence_numbers', 'syslog_split_messages', 'temp_tablespaces',
  'unix_socket_directories', 'unix_socket_group', 'unix_socket_permissions',
]);

/** Values by which PostgreSQL loses what it was given, and how. */
const harmful: Readonly<Record<string, { readonly on: boolean; readonly loses: string }>> = {
  zero_damaged_pages: { on: true, loses: 'empties each damaged page that it reads, for good' },
  ignore_checksum_failure: { on: true, loses: 'goes on with damaged pages, and hands the damage on' },
  fsync: { on: false, loses: 'leaves files that nobody reads when a node loses power' },
  full_page_writes: { on: false, loses: 'leaves files that nobody reads when a node loses power' },
  synchronous_commit: { on: false, loses: 'forgets in a crash what it has said that it stored' },
};

/** A boolean of PostgreSQL, in any of the ways that it may be written; undefined for anything else. */
function booleanOf(value: string): boolean | undefined {
  if (/^(on|t(r(u(e)?)?)?|y(e(s)?)?|1)$/i.test(value)) return true;
  return /^(off?|f(a(l(s(e)?)?)?)?|no?|0)$/i.test(value) ? false : undefined;
}

function* settings({ platform: { model: { databaseClusters }, words } }: TracedFleet) {
  for (const { path, parameters } of databaseClusters) {
    for (const [name, value] of Object.entries(parameters)) {
      const at = [...path, 'parameters', name];
      yield { name: name.toLowerCase(), value, place: placeOf(words, at) ?? placeIn(words[0], at) };
    }
  }
}

function* refused(fleet: TracedFleet): Generator<Fault> {
  for (const { name, value, place } of settings(fleet)) {
    if (fixed.has(name)) yield { ...place, message: 'is nothing that CloudNativePG lets anybody set', fix: 'take it away' };
    else if (name === 'wal_level' && !['replica', 'logical'].includes(value)) yield { ...place, message: `${value} is too little for replicas and backups`, fix: 'write replica or logical, or take it away' };
  }
}

function* losing(fleet: TracedFleet): Generator<Fault> {
  for (const { name, value, place } of settings(fleet)) {
    const known = Object.hasOwn(harmful, name) ? harmful[name] : undefined;
    if (known !== undefined && booleanOf(value) === known.on) yield { ...place, message: `with ${value}, PostgreSQL ${known.loses}`, fix: 'take it away' };
  }
}

export const postgresParameterRules: readonly Rule<TracedFleet>[] = [
  {
    id: 'postgres-parameter-refused',
    severity: 'error',
    what: '`parameters` of a database cluster are those that CloudNativePG lets a cluster set.',
    why: 'Its webhook refuses the Cluster whole, and with it every later change (CloudNativePG, validateConfiguration).',
    fix: 'Take it away: the operator sets it itself, or nobody may.',
    check: refused,
  },
  {
    id: 'postgres-parameter-loses',
    severity: 'warning',
    what: 'No `parameters` of a database cluster make PostgreSQL lose what it stores.',
    why: 'They are for tests, or for what is left after a disaster (PostgreSQL, Developer Options and Write Ahead Log): zero_damaged_pages destroys data.',
    fix: 'Take it away; to save what is left of damaged data, set it for one session by hand.',
    check: losing,
  },
];
