import { priorityClasses } from '../cluster/cluster';
import { resources } from '../cluster/resources';
import type { SecretSpec } from '../secrets/secret';
import { ingressValues } from './ingress';
import { logsUrl } from './loki';
import { type Monitoring, namespaces, type Platform } from './platform';
import { metricsUrl } from './victoria-metrics';

/** Name and password of Grafana's administrator, under the keys that the chart looks for. */
export const grafanaSecret: SecretSpec = {
  namespace: namespaces.monitoring,
  name: 'grafana-admin',
  keys: [{ key: 'admin-user', literal: 'admin' }, { key: 'admin-password', random: 'password' }],
};

/** Where Grafana listens, as a sub-chart of the given release. */
export function grafanaPods(release: string) {
  return { selector: { 'app.kubernetes.io/instance': release, 'app.kubernetes.io/name': 'grafana' }, port: 3000 } as const;
}

const source = (name: string, type: string, url: string) => ({ name, uid: name.toLowerCase(), type, url, access: 'proxy' });

/**
 * Values of Grafana as a sub-chart. It keeps nothing of its own: data sources stand here, and dashboards come from every
 * ConfigMap that is labelled `grafana_dashboard`.
 */
export function grafanaValues(platform: Platform, { host }: Monitoring): Record<string, unknown> {
  return {
    fullnameOverride: 'grafana',
    priorityClassName: priorityClasses.monitoring.name,
    resources: resources('50m', '256Mi', '768Mi'),
    admin: { existingSecret: grafanaSecret.name },
    ingress: ingressValues(platform, { hosts: [host], tls: [{ secretName: 'grafana-tls', hosts: [host] }] }),
    'grafana.ini': {
      server: { root_url: `https://${host}` },
      analytics: { reporting_enabled: false, check_for_updates: false, check_for_plugin_updates: false },
      news: { news_feed_enabled: false },
      security: { cookie_secure: true, disable_gravatar: true },
      // The image bundles the data sources that are needed here; by default Grafana would replace them from the internet at every start.
      plugins: { preinstall_disabled: true },
    },
    datasources: {
      'datasources.yaml': {
        apiVersion: 1,
        datasources: [
          { ...source('VictoriaMetrics', 'prometheus', metricsUrl), isDefault: true },
          source('Loki', 'loki', logsUrl),
          { ...source('Alertmanager', 'alertmanager', `http://alertmanager-operated.${namespaces.monitoring}.svc:9093`), jsonData: { implementation: 'prometheus' } },
        ],
      },
    },
    sidecar: { datasources: { enabled: false }, resources: resources('10m', '80Mi', '160Mi') },
    testFramework: { enabled: false },
  };
}
