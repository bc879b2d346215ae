import type { Alert } from './alert';

const responses = 'synapse_http_server_response_time_seconds_count';

/** Lag, in milliseconds, is that of the last event handled: on a quiet server it stays after a restart, so there must be newer ones, too. */
const lagging = (who: string) => `max by (namespace, name) (synapse_event_processing_lag{${who}}) > 60000 `
  + `and max by (namespace, name) (changes(synapse_event_processing_last_ts{${who}}[10m])) > 0`;

/** Every homeserver's, by its namespace: nothing here knows which there are. */
export const synapseAlerts: readonly Alert[] = [
  {
    name: 'SynapseDown',
    expr: 'up{endpoint="synapse-metrics"} == 0',
    for: '5m',
    severity: 'critical',
    summary: 'Synapse of {{ $labels.namespace }} does not answer ({{ $labels.pod }})',
    description: 'Nobody can send or read messages, or a worker\'s share of the work stands still. Look at the pod\'s events and log: '
      + 'kubectl -n {{ $labels.namespace }} describe pod {{ $labels.pod }}; kubectl -n {{ $labels.namespace }} logs {{ $labels.pod }}.',
  },
  {
    name: 'SynapseGone',
    expr: 'count by (namespace) (synapse_build_info offset 1h) unless count by (namespace) (synapse_build_info)',
    for: '5m',
    severity: 'critical',
    summary: 'Synapse of {{ $labels.namespace }} ran an hour ago and is gone',
    description: 'No pod of it is left that could be asked. Look at kubectl -n {{ $labels.namespace }} get pods, and at the Application '
      + '{{ $labels.namespace }} in Argo CD. If the homeserver was taken away on purpose, this ends by itself within the hour.',
  },
  {
    name: 'SynapseErrors',
    expr: `sum by (namespace) (rate(${responses}{code=~"5.."}[5m])) / sum by (namespace) (rate(${responses}[5m])) > 0.05`,
    for: '10m',
    severity: 'warning',
    summary: 'Synapse of {{ $labels.namespace }} fails {{ $value | humanizePercentage }} of all requests',
    description: 'Most often its database is slow or out of reach. Look for errors in the log of Synapse, and at the alerts of PostgreSQL.',
  },
  {
    name: 'SynapseEventLag',
    expr: lagging('name!="federation_sender"'),
    for: '15m',
    severity: 'warning',
    summary: 'Events of {{ $labels.namespace }} wait {{ $value | humanize }} ms for {{ $labels.name }}',
    description: 'Bridges and bots hear of messages late. Look at the CPU of Synapse and at the log of whoever receives them, Hookshot for one.',
  },
  {
    name: 'SynapseFederationLag',
    expr: lagging('name="federation_sender"'),
    for: '15m',
    severity: 'warning',
    summary: 'Events of {{ $labels.namespace }} wait {{ $value | humanize }} ms until they go to other servers',
    description: 'Synapse cannot keep up with sending. Look at its CPU; a federation sender as a worker of its own takes the load off the main process.',
  },
  {
    name: 'SynapseFederationStalled',
    expr: 'changes(synapse_event_processing_last_ts{name="federation_sender"}[30m]) == 0 '
      + 'and on (namespace) max by (namespace) (delta(synapse_event_persisted_position[30m])) > 0',
    for: '15m',
    severity: 'critical',
    summary: 'Nothing of {{ $labels.namespace }} goes to other servers',
    description: 'New events are stored, but the federation sender has handled none of them. Look for its errors in the log of Synapse, then restart '
      + 'the pod {{ $labels.pod }}; nothing is lost, it goes on where it stopped.',
  },
  {
    name: 'SynapseThreadsExhausted',
    expr: 'max by (namespace, name) (synapse_threadpool_working_threads / synapse_threadpool_max_threads) >= 1',
    for: '10m',
    severity: 'warning',
    summary: 'All threads of the pool {{ $labels.name }} of {{ $labels.namespace }} are busy',
    description: 'Requests queue up. If the pool is the database\'s, look for slow queries and locks in PostgreSQL; if it is always so, add workers.',
  },
];
