import { priorityClasses } from '../cluster/cluster';
import { resources } from '../cluster/resources';
import { type Monitoring, namespaces, type Platform } from './platform';

const name = 'victoria-metrics';

/** Where Grafana asks for metrics, and Prometheus writes them to. */
export const metricsUrl = `http://${name}.${namespaces.monitoring}.svc:8428`;

/** VictoriaMetrics keeps metrics for long, where Prometheus itself would need far more memory. */
export function victoriaMetricsValues({ cluster }: Platform, { metricsRetention, sizes }: Monitoring): Record<string, unknown> {
  return {
    serviceAccount: { automountToken: false },
    server: {
      fullnameOverride: name,
      retentionPeriod: metricsRetention,
      priorityClassName: priorityClasses.monitoring.name,
      persistentVolume: { size: sizes.victoriaMetrics, storageClassName: cluster.storage.fast },
      serviceMonitor: { enabled: true },
      resources: resources('50m', '384Mi', '1Gi'),
      podSecurityContext: { runAsNonRoot: true, runAsUser: 65534, runAsGroup: 65534, fsGroup: 65534, seccompProfile: { type: 'RuntimeDefault' } },
      securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
    },
  };
}
