import { namespaces, type Platform } from '../platform';
import type { Dashboard, Panel } from './dashboard';

const own = `namespace="${namespaces.postgres}"`;
const backup = (when: 'available' | 'failed') => `max(barman_cloud_cloudnative_pg_io_last_${when}_backup_timestamp{${own}} > 0) * 1000`;

const backupPanels: readonly Panel[] = [
  { title: 'Last backup', as: 'number', unit: 'dateTimeFromNow', expr: backup('available'), legend: 'backup' },
  { title: 'Last backup that failed', as: 'number', unit: 'dateTimeFromNow', expr: backup('failed'), legend: 'backup' },
];

export const postgresDashboard = ({ backups }: Pick<Platform, 'backups'>): Dashboard => ({
  name: 'postgres',
  title: 'PostgreSQL',
  panels: [
    { title: 'Instances up', as: 'number', unit: 'short', expr: `sum(cnpg_collector_up{${own}})`, legend: 'instances' },
    { title: 'Primary', as: 'number', unit: 'short', expr: `cnpg_pg_replication_in_recovery{${own}} == 0`, legend: '{{pod}}' },
    ...backups ? backupPanels : [],
    { title: 'Size of databases', as: 'lines', unit: 'bytes', expr: `max by (datname) (cnpg_pg_database_size_bytes{${own}})`, legend: '{{datname}}' },
    { title: 'Connections', as: 'lines', unit: 'short', expr: `sum by (datname) (cnpg_backends_total{${own}})`, legend: '{{datname}}' },
    { title: 'Connections of what is allowed', as: 'lines', unit: 'percentunit', expr: `sum by (pod) (cnpg_backends_total{${own}}) / on (pod) cnpg_pg_settings_setting{${own},name="max_connections"}`, legend: '{{pod}}' },
    { title: 'Connections that wait for a lock', as: 'lines', unit: 'short', expr: `sum by (pod) (cnpg_backends_waiting_total{${own}})`, legend: '{{pod}}' },
    { title: 'Longest transaction', as: 'lines', unit: 's', expr: `max by (datname) (cnpg_backends_max_tx_duration_seconds{${own}})`, legend: '{{datname}}' },
    { title: 'Deadlocks', as: 'lines', unit: 'short', expr: `sum by (datname) (increase(cnpg_pg_stat_database_deadlocks{${own}}[$__rate_interval]))`, legend: '{{datname}}' },
    { title: 'Behind the primary', as: 'lines', unit: 's', expr: `max by (pod) (cnpg_pg_replication_lag{${own}})`, legend: '{{pod}}' },
    { title: 'Write-ahead log', as: 'lines', unit: 'bytes', expr: `max by (pod) (cnpg_collector_pg_wal{${own},value="size"})`, legend: '{{pod}}' },
    { title: 'Transactions since the last vacuum', as: 'lines', unit: 'short', expr: `max by (datname) (cnpg_pg_database_xid_age{${own}})`, legend: '{{datname}}' },
    { title: 'Room on volumes', as: 'lines', unit: 'percentunit', expr: `min by (persistentvolumeclaim) (kubelet_volume_stats_available_bytes{${own}} / kubelet_volume_stats_capacity_bytes{${own}})`, legend: '{{persistentvolumeclaim}}' },
  ],
});
