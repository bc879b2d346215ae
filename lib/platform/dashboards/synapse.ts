import type { Dashboard } from './dashboard';

const chosen = 'namespace=~"$namespace"';
const bucket = 'synapse_http_server_response_time_seconds_bucket';

export const synapseDashboard: Dashboard = {
  name: 'synapse',
  title: 'Synapse',
  choiceOf: 'synapse_build_info',
  panels: [
    { title: 'Processes up', as: 'number', unit: 'short', expr: `sum by (namespace) (up{endpoint="synapse-metrics",${chosen}})`, legend: '{{namespace}}' },
    { title: 'Events since the start', as: 'number', unit: 'short', expr: `max by (namespace) (synapse_event_persisted_position{${chosen}})`, legend: '{{namespace}}' },
    { title: 'Failing requests', as: 'number', unit: 'percentunit', expr: `sum by (namespace) (rate(synapse_http_server_response_time_seconds_count{${chosen},code=~"5.."}[5m])) / sum by (namespace) (rate(synapse_http_server_response_time_seconds_count{${chosen}}[5m]))`, legend: '{{namespace}}' },
    { title: 'Longest wait of events', as: 'number', unit: 'ms', expr: `max by (namespace) (synapse_event_processing_lag{${chosen}})`, legend: '{{namespace}}' },
    { title: 'Requests', as: 'lines', unit: 'reqps', expr: `sum by (namespace) (rate(synapse_http_server_requests_received_total{${chosen}}[$__rate_interval]))`, legend: '{{namespace}}' },
    { title: 'Response time, 95 of 100', as: 'lines', unit: 's', expr: `histogram_quantile(0.95, sum by (namespace, le) (rate(${bucket}{${chosen},servlet!~".*[Ss]ync.*"}[$__rate_interval])))`, legend: '{{namespace}}' },
    { title: 'Slowest requests, 95 of 100', as: 'lines', unit: 's', expr: `topk(10, histogram_quantile(0.95, sum by (servlet, le) (rate(${bucket}{${chosen},servlet!~".*[Ss]ync.*"}[$__rate_interval]))))`, legend: '{{servlet}}' },
    { title: 'Events', as: 'lines', unit: 'short', expr: `sum by (namespace) (rate(synapse_event_persisted_position{${chosen}}[$__rate_interval]))`, legend: '{{namespace}}' },
    { title: 'Wait until events are handled', as: 'lines', unit: 'ms', expr: `max by (namespace, name) (synapse_event_processing_lag{${chosen}})`, legend: '{{namespace}} {{name}}' },
    { title: 'Transactions to other servers', as: 'lines', unit: 'ops', expr: `sum by (namespace) (rate(synapse_federation_client_sent_transactions_total{${chosen}}[$__rate_interval]))`, legend: '{{namespace}}' },
    { title: 'Busy threads', as: 'lines', unit: 'percentunit', expr: `max by (namespace, name) (synapse_threadpool_working_threads{${chosen}} / synapse_threadpool_max_threads{${chosen}})`, legend: '{{namespace}} {{name}}' },
    { title: 'Memory', as: 'lines', unit: 'bytes', expr: `max by (namespace, pod) (process_resident_memory_bytes{endpoint="synapse-metrics",${chosen}})`, legend: '{{pod}}' },
  ],
};
