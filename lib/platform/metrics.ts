/**
 * Every metric that alerts and dashboards of this program ask for, by who exports it, each as its exporter's source has it: a misspelt
 * one shows nothing and never fires.
 */
export const metrics = {
  prometheus: ['up'],
  // synapse/metrics, synapse/http/request_metrics.py, synapse/federation/sender; the Python client's process collector.
  synapse: [
    'synapse_build_info', 'synapse_http_server_requests_received_total', 'synapse_http_server_response_time_seconds_bucket', 'synapse_http_server_response_time_seconds_count',
    'synapse_event_processing_lag', 'synapse_event_processing_last_ts', 'synapse_event_persisted_position', 'synapse_federation_client_sent_transactions_total',
    'synapse_threadpool_working_threads', 'synapse_threadpool_max_threads', 'process_resident_memory_bytes',
  ],
  // OpenTelemetry's http.server.active_requests and http.server.duration; the exporter appends the unit of the second to its name.
  mas: ['http_server_active_requests', 'http_server_duration'],
  // pkg/telemetry/prometheus: rooms.go, node.go.
  livekit: ['livekit_room_total', 'livekit_participant_total', 'livekit_track_published_total', 'livekit_track_subscribed_total', 'livekit_track_publish_counter', 'livekit_node_messages'],
  // CloudNativePG 1.30: the collector, and the queries of the chart's cnpg-default-monitoring.
  postgres: [
    'cnpg_collector_up', 'cnpg_collector_pg_wal', 'cnpg_pg_replication_lag', 'cnpg_pg_replication_in_recovery', 'cnpg_pg_replication_is_wal_receiver_up', 'cnpg_backends_total',
    'cnpg_backends_waiting_total', 'cnpg_backends_max_tx_duration_seconds', 'cnpg_pg_settings_setting', 'cnpg_pg_database_xid_age', 'cnpg_pg_database_size_bytes',
    'cnpg_pg_stat_database_deadlocks', 'cnpg_pg_stat_archiver_last_failed_time', 'cnpg_pg_stat_archiver_last_archived_time',
  ],
  // Barman Cloud plugin: internal/cnpgi/instance/metrics.go.
  backups: ['barman_cloud_cloudnative_pg_io_last_available_backup_timestamp', 'barman_cloud_cloudnative_pg_io_last_failed_backup_timestamp'],
  certificates: ['certmanager_certificate_expiration_timestamp_seconds', 'certmanager_certificate_ready_status', 'certmanager_clusterissuer_ready_status'],
  kubelet: ['kubelet_volume_stats_available_bytes', 'kubelet_volume_stats_capacity_bytes', 'kubelet_volume_stats_inodes_free', 'kubelet_volume_stats_inodes'],
  // kube-state-metrics: internal/store/statefulset.go.
  kubeState: ['kube_statefulset_status_replicas_ready', 'kube_statefulset_replicas'],
  // Argo CD's application controller: controller/metrics.
  argocd: ['argocd_app_info', 'argocd_app_sync_total'],
} as const satisfies Readonly<Record<string, readonly string[]>>;
