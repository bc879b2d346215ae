import { priorityClasses } from '../cluster/cluster';
import { resources } from '../cluster/resources';
import { type Monitoring, namespaces, type Platform } from './platform';

/** Where Grafana asks for logs, and Alloy writes them to. */
export const logsUrl = `http://loki.${namespaces.monitoring}.svc:3100`;

/** Loki as one process on one volume; what the chart adds around it is off. */
export function lokiValues({ cluster }: Platform, { logsRetention, sizes }: Monitoring): Record<string, unknown> {
  const off = { enabled: false };
  const none = { replicas: 0 };
  return {
    deploymentMode: 'Monolithic',
    loki: {
      auth_enabled: false,
      analytics: { reporting_enabled: false },
      commonConfig: { replication_factor: 1 },
      storage: { type: 'filesystem' },
      schemaConfig: {
        configs: [{ from: '2024-04-01', store: 'tsdb', object_store: 'filesystem', schema: 'v13', index: { prefix: 'loki_index_', period: '24h' } }],
      },
      limits_config: { retention_period: logsRetention },
      compactor: { retention_enabled: true, delete_request_store: 'filesystem' },
    },
    singleBinary: {
      replicas: 1,
      priorityClassName: priorityClasses.monitoring.name,
      persistence: { size: sizes.loki, storageClass: cluster.storage.bulk },
      resources: resources('50m', '320Mi', '1Gi'),
    },
    read: none,
    write: none,
    backend: none,
    gateway: off,
    chunksCache: off,
    resultsCache: off,
    lokiCanary: off,
    test: off,
    sidecar: { rules: off },
    monitoring: { serviceMonitor: { enabled: true } },
    rbac: { namespaced: true },
  };
}
