import { describe, expect, it } from 'vitest';
import { objectsOf, platform } from './example';

/** Every metric that an alert may ask for, by who exports it: a misspelt one would never fire. */
const metrics = new Set([
  // Prometheus itself
  'up',
  // Synapse: synapse/metrics and synapse/http/request_metrics.py
  'synapse_build_info', 'synapse_http_server_response_time_seconds_count', 'synapse_event_processing_lag', 'synapse_event_processing_last_ts',
  'synapse_event_persisted_position', 'synapse_threadpool_working_threads', 'synapse_threadpool_max_threads',
  // CloudNativePG 1.30: the collector, and the queries of the chart's cnpg-default-monitoring
  'cnpg_collector_up', 'cnpg_pg_replication_lag', 'cnpg_pg_replication_in_recovery', 'cnpg_pg_replication_is_wal_receiver_up', 'cnpg_backends_total',
  'cnpg_pg_settings_setting', 'cnpg_pg_database_xid_age', 'cnpg_pg_stat_archiver_last_failed_time', 'cnpg_pg_stat_archiver_last_archived_time',
  // Barman Cloud plugin: internal/cnpgi/instance/metrics.go
  'barman_cloud_cloudnative_pg_io_last_available_backup_timestamp', 'barman_cloud_cloudnative_pg_io_last_failed_backup_timestamp',
  // cert-manager
  'certmanager_certificate_expiration_timestamp_seconds', 'certmanager_certificate_ready_status', 'certmanager_clusterissuer_ready_status',
  // kubelet
  'kubelet_volume_stats_available_bytes', 'kubelet_volume_stats_capacity_bytes', 'kubelet_volume_stats_inodes_free', 'kubelet_volume_stats_inodes',
  // Argo CD's application controller
  'argocd_app_info',
]);

const words = new Set(['and', 'or', 'unless', 'sum', 'max', 'count']);

/** The metrics of an expression: names that are neither functions nor labels nor words of PromQL. */
function metricsOf(expr: string): readonly string[] {
  const bare = expr.replace(/\{[^}]*\}/g, '').replace(/\[[^\]]*\]/g, '').replace(/\b(by|on) \([^)]*\)/g, '').replace(/offset \w+/g, '');
  return [...bare.matchAll(/\b[a-z]\w*\b(?! *\()/g)].map(([name]) => name).filter((name) => !words.has(name));
}

/** The labels that an expression keeps when it adds up series; nothing if it does not. */
function labelsOf(expr: string): readonly string[] | undefined {
  if (/^(absent|time|max|\(count)\b ?\(/.test(expr)) return [];
  return /^(?:max|sum|count) by \(([^)]*)\)/.exec(expr)?.[1]?.split(', ');
}

interface Rule { readonly alert: string; readonly expr: string; readonly for: string; readonly labels: any; readonly annotations: any }

function rulesOf(own: Parameters<typeof platform>[0] = {}): readonly Rule[] {
  const { all } = objectsOf(platform(own));
  return all.filter(({ kind }) => kind === 'PrometheusRule').flatMap(({ spec }) => (spec as any).groups.flatMap(({ rules }: any) => rules));
}

const rules = rulesOf();
const expression = (name: string, own = {}) => rulesOf(own).find(({ alert }) => alert === name)?.expr;

describe('the alerts', () => {
  it('watch Synapse, PostgreSQL, certificates, volumes and Argo CD', () => {
    const { all } = objectsOf(platform());
    expect(all.filter(({ kind }) => kind === 'PrometheusRule').map(({ metadata }) => metadata.name)).toEqual(['synapse', 'postgres', 'certificates', 'volumes', 'argocd']);
  });

  it('bear a name of their own each', () => {
    expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
  });

  it('know their metrics well enough that each of the known is asked for', () => {
    expect(new Set(rules.flatMap(({ expr }) => metricsOf(expr)))).toEqual(metrics);
  });

  it.each(rules)('say what is wrong and what to do: $alert', (rule) => {
    expect(rule.annotations.summary).toMatch(/^\S.{10,140}$/);
    expect(rule.annotations.description).toMatch(/^[A-Z].{30,}\.$/);
    expect(rule.labels.severity).toMatch(/^(critical|warning)$/);
    expect(rule.for).toMatch(/^[1-9]\d*[mh]$/);
  });

  it.each(rules)('name no label that their result has lost: $alert', ({ expr, annotations }) => {
    const named = [...JSON.stringify(annotations).matchAll(/\$labels\.(\w+)/g)].map(([, label]) => label);
    expect(labelsOf(expr) ?? named).toEqual(expect.arrayContaining(named));
  });

  it('count the instances that there should be', () => {
    expect(expression('PostgresInstanceMissing', { postgres: { instances: 5 } })).toMatch(/ < 5$/);
  });

  it.each([['0 0 3 * * *', 36], ['0 */30 * * * *', 36], ['0 0 3 * * 0', 7 * 24 + 12], ['0 0 3 1 * *', 31 * 24 + 12], ['0 0 3 1 1,7 *', 366 * 24 + 12]])(
    'call no backup too old that the schedule %s makes in time', (schedule, hours) => {
      expect(expression('PostgresBackupTooOld', { backups: { bucket: 'b', endpoint: 'https://storage.yandexcloud.net', schedule } })).toContain(` > ${hours * 3600} or `);
    });

  it('do not ask for backups where there are none', () => {
    expect(rulesOf({ backups: false }).map(({ expr }) => expr).join()).not.toMatch(/barman|archiver/);
  });
});
