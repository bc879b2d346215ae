import type { Alert } from './alert';

const chart = '{statefulset=~"matrix-.+-postgres"}';

/**
 * The PostgreSQL that the ESS chart brings along, of whichever homeserver has one: nothing here knows which. Its volume is one of those
 * that have alerts in common.
 */
export const builtInPostgresAlerts: readonly Alert[] = [{
  name: 'BuiltInPostgresDown',
  expr: `kube_statefulset_status_replicas_ready${chart} < kube_statefulset_replicas${chart}`,
  for: '5m',
  severity: 'critical',
  summary: 'The PostgreSQL of {{ $labels.namespace }} is not ready',
  description: 'The homeserver stands still if it takes no connections, and there is no other instance. Look at kubectl -n {{ $labels.namespace }} describe pod {{ $labels.statefulset }}-0, and at '
    + 'kubectl -n {{ $labels.namespace }} logs {{ $labels.statefulset }}-0 -c postgres; most often its volume or its node is full.',
}];
