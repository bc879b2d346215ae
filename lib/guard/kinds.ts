import { kindOf } from '../diff/kind-of';
import type { Manifest } from '../gitops/manifest';

/** Kinds whose objects store nothing and describe nothing stored: made anew from git, they are what they were. By group. */
const stateless: Readonly<Record<string, string>> = {
  '': 'ConfigMap Endpoints LimitRange Pod PodTemplate ReplicationController ResourceQuota Service ServiceAccount',
  'admissionregistration.k8s.io': 'MutatingWebhookConfiguration ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding ValidatingWebhookConfiguration',
  'apiregistration.k8s.io': 'APIService',
  apps: 'DaemonSet Deployment ReplicaSet StatefulSet',
  'argoproj.io': 'AppProject',
  autoscaling: 'HorizontalPodAutoscaler',
  batch: 'CronJob Job',
  'cert-manager.io': 'Certificate ClusterIssuer Issuer',
  'discovery.k8s.io': 'EndpointSlice',
  'external-secrets.io': 'ClusterSecretStore SecretStore',
  'gateway.networking.k8s.io': 'GRPCRoute Gateway GatewayClass HTTPRoute ReferenceGrant TCPRoute TLSRoute UDPRoute',
  'monitoring.coreos.com': 'AlertmanagerConfig PodMonitor Probe PrometheusRule ScrapeConfig ServiceMonitor',
  'networking.k8s.io': 'Ingress IngressClass NetworkPolicy',
  'node.k8s.io': 'RuntimeClass',
  policy: 'PodDisruptionBudget',
  'postgresql.cnpg.io': 'Pooler',
  'rbac.authorization.k8s.io': 'ClusterRole ClusterRoleBinding Role RoleBinding',
  'scheduling.k8s.io': 'PriorityClass',
  'storage.k8s.io': 'StorageClass',
  'traefik.io': 'IngressRoute IngressRouteTCP IngressRouteUDP Middleware MiddlewareTCP ServersTransport ServersTransportTCP TLSOption TLSStore TraefikService',
};

const known: ReadonlySet<string> = new Set(Object.entries(stateless).flatMap(([group, kinds]) => kinds.split(' ').map((kind) => `${group}/${kind}`)));

/** Whether an object can be deleted and made anew without a loss. Of a kind that nobody knows, it cannot. */
export function isStateless(manifest: Manifest): boolean {
  return known.has(kindOf(manifest));
}
