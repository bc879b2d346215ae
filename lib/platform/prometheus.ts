import { priorityClasses } from '../cluster/cluster';
import { resources } from '../cluster/resources';
import { merge } from '../merge';
import { alertmanagerValues } from './alertmanager';
import { grafanaValues } from './grafana';
import type { Monitoring, Platform } from './platform';
import { metricsUrl } from './victoria-metrics';

const priorityClassName = priorityClasses.monitoring.name;

/**
 * Values of kube-prometheus-stack: Prometheus scrapes, evaluates the alerts and hands everything on to VictoriaMetrics, with
 * Alertmanager, the exporters and Grafana around it. The custom resource definitions come before it, from a chart of their own.
 */
export function prometheusValues(platform: Platform, monitoring: Monitoring): Record<string, unknown> {
  const off = { enabled: false };
  return {
    fullnameOverride: 'monitoring',
    crds: off,
    // No cloud lets its control plane be scraped, and k3s has no such pods. Of CoreDNS, it would make a Service in kube-system.
    kubeControllerManager: off,
    kubeEtcd: off,
    kubeProxy: off,
    kubeScheduler: off,
    coreDns: off,
    // Volumes have alerts of our own.
    defaultRules: { rules: { kubernetesStorage: false } },
    prometheusOperator: {
      priorityClassName,
      // A bad rule is refused by the operator, too; without the webhook there are no certificates to make and to renew.
      admissionWebhooks: off,
      tls: off,
      resources: resources('20m', '64Mi', '192Mi'),
      prometheusConfigReloader: { resources: resources('5m', '32Mi', '64Mi') },
    },
    prometheus: { prometheusSpec: prometheusSpec() },
    alertmanager: merge({ alertmanagerSpec: { priorityClassName, resources: resources('10m', '48Mi', '128Mi') } }, alertmanagerValues(monitoring)),
    'kube-state-metrics': { fullnameOverride: 'kube-state-metrics', priorityClassName, resources: resources('10m', '64Mi', '192Mi') },
    'prometheus-node-exporter': { fullnameOverride: 'node-exporter', priorityClassName, resources: resources('10m', '24Mi', '64Mi') },
    grafana: grafanaValues(platform, monitoring),
  };
}

/**
 * A few hours of metrics on the node's own disk: alerts look no further back, and everything has been handed on within seconds.
 * What lasts is VictoriaMetrics', on a volume; a second one would take one more of the few disks that a node can attach.
 */
function prometheusSpec(): Record<string, unknown> {
  return {
    priorityClassName,
    retention: '6h',
    retentionSize: '3GB',
    storageSpec: { emptyDir: { sizeLimit: '4Gi' } },
    remoteWrite: [{ url: `${metricsUrl}/api/v1/write` }],
    resources: resources('100m', '512Mi', '1280Mi'),
    // By default only what bears this release's label is heeded; monitors and rules come from everywhere here.
    serviceMonitorSelectorNilUsesHelmValues: false,
    podMonitorSelectorNilUsesHelmValues: false,
    probeSelectorNilUsesHelmValues: false,
    ruleSelectorNilUsesHelmValues: false,
    scrapeConfigSelectorNilUsesHelmValues: false,
  };
}
