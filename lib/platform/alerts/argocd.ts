import type { Alert } from './alert';

export const argocdAlerts: readonly Alert[] = [
  {
    name: 'ApplicationOutOfSync',
    expr: 'argocd_app_info{sync_status!="Synced"} == 1',
    for: '1h',
    severity: 'warning',
    summary: 'The Application {{ $labels.name }} is {{ $labels.sync_status }}',
    description: 'The cluster is not what git says. Argo CD shows the difference and the error of the last sync.',
  },
  {
    name: 'ApplicationUnhealthy',
    expr: 'argocd_app_info{health_status!~"Healthy|Suspended"} == 1',
    for: '1h',
    severity: 'warning',
    summary: 'The Application {{ $labels.name }} is {{ $labels.health_status }}',
    description: 'Argo CD shows which of its objects is not well, and why.',
  },
];
