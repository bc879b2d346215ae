import { priorityClasses } from '../cluster/cluster';
import { resources } from '../cluster/resources';
import { logsUrl } from './loki';

/** Alloy on every node, sending the logs of the node's pods to Loki. It reads them from the Kubernetes API, so it needs nothing of the node. */
export function alloyValues(): Record<string, unknown> {
  return {
    crds: { create: false },
    alloy: {
      enableReporting: false,
      configMap: { content: configuration },
      resources: resources('25m', '128Mi', '384Mi'),
      securityContext: {
        runAsNonRoot: true,
        runAsUser: 473,
        runAsGroup: 473,
        allowPrivilegeEscalation: false,
        capabilities: { drop: ['ALL'] },
        seccompProfile: { type: 'RuntimeDefault' },
      },
    },
    configReloader: { resources: resources('5m', '24Mi', '64Mi') },
    controller: {
      priorityClassName: priorityClasses.monitoring.name,
      tolerations: [{ operator: 'Exists', effect: 'NoSchedule' }],
    },
    // By default it may read every Secret of the cluster. The chart does not render an empty list.
    rbac: {
      rules: [{ apiGroups: [''], resources: ['pods', 'pods/log'], verbs: ['get', 'list', 'watch'] }],
      clusterRules: [{ apiGroups: [''], resources: ['namespaces'], verbs: ['get', 'list', 'watch'] }],
    },
    serviceMonitor: { enabled: true },
  };
}

/** The label of a log line that a piece of Kubernetes metadata becomes. */
const labels = {
  namespace: 'namespace',
  pod_name: 'pod',
  pod_container_name: 'container',
  pod_label_app_kubernetes_io_name: 'app',
};

/** The chart passes it through Helm's templates, so two opening braces must never meet in it. */
const configuration = `discovery.kubernetes "pods" {
  role = "pod"
  selectors {
    role  = "pod"
    field = "spec.nodeName=" + sys.env("HOSTNAME")
  }
}

discovery.relabel "pods" {
  targets = discovery.kubernetes.pods.targets
${Object.entries(labels).map(([metadata, label]) => `  rule {
    source_labels = ["__meta_kubernetes_${metadata}"]
    target_label  = "${label}"
  }
`).join('')}}

loki.source.kubernetes "pods" {
  targets    = discovery.relabel.pods.output
  forward_to = [loki.write.loki.receiver]
}

loki.write "loki" {
  endpoint {
    url = "${logsUrl}/loki/api/v1/push"
  }
}
`;
