import type { Dashboard } from './dashboard';

export const argocdDashboard: Dashboard = {
  name: 'argocd',
  title: 'Argo CD',
  panels: [
    { title: 'Applications', as: 'number', unit: 'short', expr: 'count(argocd_app_info)', legend: 'Applications' },
    { title: 'Not what git says', as: 'number', unit: 'short', expr: 'count(argocd_app_info{sync_status!="Synced"}) or vector(0)', legend: 'Applications' },
    { title: 'Not well', as: 'number', unit: 'short', expr: 'count(argocd_app_info{health_status!~"Healthy|Suspended"}) or vector(0)', legend: 'Applications' },
    { title: 'Failed syncs of a day', as: 'number', unit: 'short', expr: 'sum(increase(argocd_app_sync_total{phase=~"Error|Failed"}[1d])) or vector(0)', legend: 'syncs' },
    { title: 'Applications by sync', as: 'lines', unit: 'short', expr: 'count by (sync_status) (argocd_app_info)', legend: '{{sync_status}}' },
    { title: 'Applications by health', as: 'lines', unit: 'short', expr: 'count by (health_status) (argocd_app_info)', legend: '{{health_status}}' },
    { title: 'Applications that are not well', as: 'lines', unit: 'short', expr: 'max by (name, health_status) (argocd_app_info{health_status!~"Healthy|Suspended"})', legend: '{{name}} {{health_status}}' },
    { title: 'Syncs', as: 'lines', unit: 'short', expr: 'sum by (phase) (increase(argocd_app_sync_total[$__rate_interval]))', legend: '{{phase}}' },
  ],
};
