import type { Dashboard } from './dashboard';

const chosen = 'namespace=~"$namespace",mas_listener_name!=""';
/** The exporter appends the unit to the name, and which one is its version's business. */
const requests = (more = '') => `{__name__=~"http_server_duration(_milliseconds|_seconds)?_count",${chosen}${more}}`;

export const masDashboard: Dashboard = {
  name: 'mas',
  title: 'Matrix Authentication Service',
  choiceOf: 'http_server_active_requests',
  panels: [
    { title: 'Requests under way', as: 'number', unit: 'short', expr: `sum by (namespace) (http_server_active_requests{${chosen}})`, legend: '{{namespace}}' },
    { title: 'Failing requests', as: 'number', unit: 'percentunit', expr: `sum by (namespace) (rate(${requests(',http_response_status_code=~"5.."')}[5m])) / sum by (namespace) (rate(${requests()}[5m]))`, legend: '{{namespace}}' },
    { title: 'Requests', as: 'lines', unit: 'reqps', expr: `sum by (namespace) (rate(${requests()}[$__rate_interval]))`, legend: '{{namespace}}' },
    { title: 'Requests by answer', as: 'lines', unit: 'reqps', expr: `sum by (http_response_status_code) (rate(${requests()}[$__rate_interval]))`, legend: '{{http_response_status_code}}' },
    { title: 'Busiest routes', as: 'lines', unit: 'reqps', expr: `topk(10, sum by (http_route) (rate(${requests()}[$__rate_interval])))`, legend: '{{http_route}}' },
    { title: 'Requests under way', as: 'lines', unit: 'short', expr: `sum by (namespace, mas_listener_name) (http_server_active_requests{${chosen}})`, legend: '{{namespace}} {{mas_listener_name}}' },
  ],
};
