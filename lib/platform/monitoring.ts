import { HelmApplication } from '../gitops/application';
import type { Folder } from '../gitops/folder';
import { merge } from '../merge';
import type { SecretSpec } from '../secrets/secret';
import { alertSecrets } from './alertmanager';
import { alloyValues } from './alloy';
import { Component, platformProject } from './component';
import { grafanaPods, grafanaSecret } from './grafana';
import { addProxiedWeb } from './ingress';
import { lokiValues } from './loki';
import { namespaces, type Platform } from './platform';
import { prometheusValues } from './prometheus';
import { pins } from './versions';
import { victoriaMetricsValues } from './victoria-metrics';

/** The charts, in the order of reading, with this fleet's values. */
const charts = [
  { name: 'kube-prometheus-stack', pin: pins.prometheusStack, values: prometheusValues },
  { name: 'victoria-metrics-single', pin: pins.victoriaMetrics, values: victoriaMetricsValues },
  { name: 'loki', pin: pins.loki, values: lokiValues },
  { name: 'alloy', pin: pins.alloy, values: alloyValues },
] as const;

/** Release of kube-prometheus-stack. Names of its objects begin with it; the chart's own name is too long for some. */
const release = 'monitoring';

/** Labels of the namespace, for every Application that may be the first in it: the node exporter sees its node's file systems, processes and network. */
export const monitoringLabels = { 'pod-security.kubernetes.io/enforce': 'privileged' };

/** Metrics, logs and alerts: Prometheus, VictoriaMetrics, Grafana, Loki and Alloy. Nothing at all where monitoring is off. */
export class MonitoringStack extends Component {
  override readonly secrets: readonly SecretSpec[];

  constructor(applications: Folder, platform: Platform) {
    super(applications, 'monitoring');
    const { monitoring } = platform;
    this.secrets = monitoring ? [grafanaSecret, ...alertSecrets(monitoring)] : [];
    if (!monitoring) return;
    const common = { project: platformProject, namespace: namespaces.monitoring };
    // Before every chart that brings a ServiceMonitor along.
    new HelmApplication(this, {
      ...common,
      name: 'prometheus-operator-crds',
      stage: 'definitions',
      createNamespace: monitoringLabels,
      source: pins.prometheusCrds.source,
      values: {},
    });
    for (const { name, pin, values } of charts) {
      new HelmApplication(this, {
        ...common,
        name,
        stage: 'workloads',
        ...name === 'kube-prometheus-stack' && { releaseName: release },
        source: pin.source,
        values: merge(values(platform, monitoring), monitoring.values[name]) as Record<string, unknown>,
      });
    }
    addProxiedWeb(this, platform, { name: 'grafana-proxy', namespace: namespaces.monitoring, ...grafanaPods(release), nodePort: monitoring.nodePort });
  }
}
