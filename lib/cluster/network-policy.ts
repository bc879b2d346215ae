import type { k8s } from 'cdk8s-plus-30';
import type { Plain } from '../../imports/plain';
import type { Manifest } from '../gitops/manifest';

type Spec = Plain<k8s.NetworkPolicySpec>;
type Peer = Plain<k8s.NetworkPolicyPeer>;
type Port = Plain<k8s.NetworkPolicyPort>;

/** Says which connections are let through to or from some pods of a namespace; those of a kind that it judges and does not list are not. */
export function networkPolicy(namespace: string, name: string, spec: Spec): Manifest {
  return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name, namespace }, spec };
}

/** Every pod of the namespaces that have all these labels. */
export const inNamespaces = (labels: Readonly<Record<string, string>>): Peer => ({ namespaceSelector: { matchLabels: labels } });

/** Every pod of one namespace, by the label that Kubernetes gives each. */
export const inNamespace = (name: string): Peer => inNamespaces({ 'kubernetes.io/metadata.name': name });

export const tcp = (...ports: readonly number[]): readonly Port[] => ports.map((port) => ({ protocol: 'TCP', port }));

export const udp = (...ports: readonly number[]): readonly Port[] => ports.map((port) => ({ protocol: 'UDP', port }));
