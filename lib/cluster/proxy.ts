import type { k8s } from 'cdk8s-plus-30';
import type { Plain } from '../../imports/plain';
import type { Manifest } from '../gitops/manifest';
import type { ProxyOptions } from './options';

export interface ProxiedServiceProps {
  readonly name: string;
  readonly namespace: string;
  /** Labels of the pods. */
  readonly selector: Readonly<Record<string, string>>;
  /** Where the pods listen. */
  readonly port: number;
  /** The rule `proxy-port` asks for it. */
  readonly nodePort: number | undefined;
}

/**
 * A Service with one port, the same on every node, for the proxy. A chart's own Service of type NodePort would take any port, and open
 * the ports of health and metrics beside it.
 */
export function proxiedService({ from }: ProxyOptions, { name, namespace, selector, port, nodePort }: ProxiedServiceProps): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace },
    spec: {
      type: 'NodePort',
      // Otherwise the node puts its own address in place of the proxy's, and no policy could tell the proxy from others.
      ...from !== undefined && { externalTrafficPolicy: 'Local' },
      selector,
      ports: [{ name: 'http', port, targetPort: port, ...nodePort !== undefined && { nodePort } }],
    },
  };
}

/** The proxy as a NetworkPolicy knows it; by nothing where `from` does not say who it is: then everybody is let in. */
export function proxyPeers({ from }: ProxyOptions): Plain<Pick<k8s.NetworkPolicyIngressRule, 'from'>> {
  return from === undefined ? {} : { from: [{ ipBlock: { cidr: from } }] };
}
