import type { k8s } from 'cdk8s-plus-30';
import type { Plain } from '../../imports/plain';
import { proxyPeers } from '../cluster/proxy';
import type { Manifest } from '../gitops/manifest';
import { egressPolicies } from './egress';
import type { Homeserver } from './homeserver';
import { maubotPort } from './maubot';
import { proxied } from './proxied';

const inNamespace = (name: string) => ({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } });

/** Metrics ports of the chart's pods: HAProxy, Synapse, MAS, media server, Hookshot, Redis. */
const metricsPorts = [8405, 9001, 8081, 6789, 7777, 9121];

/** The same of a PostgreSQL of its own. */
const databaseMetricsPort = 9187;

/** Where the ingress controller reaches the chart's pods, and certificate challenges. */
const ingressPorts = [8008, 8009, 8010, 8080, 7880, 7775, 7778, 8089];

/**
 * Who may open a connection to the homeserver's pods: each other, the ingress controller or the proxy in its place, Prometheus; and everybody the
 * media server's two ports. Other homeservers may not.
 */
export function isolationPolicies(homeserver: Homeserver): readonly Manifest[] {
  const { names, surroundings, rtc, companions, place } = homeserver;
  const { ingress, proxy, monitoring } = surroundings;
  const policy = (name: string, spec: Plain<k8s.NetworkPolicySpec>): Manifest => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace: names.release },
    spec: { policyTypes: ['Ingress'], ...spec },
  });
  const ports = (numbers: readonly number[], protocol = 'TCP') => numbers.map((port) => ({ protocol, port }));
  return [
    policy('isolation', {
      podSelector: {},
      ingress: [
        { from: [{ podSelector: {} }] },
        ...ingress ? [{ from: [inNamespace(ingress.namespace)], ports: ports([...ingressPorts, ...companions.maubot ? [maubotPort] : []]) }] : [],
        ...proxy ? [{ ...proxyPeers(proxy), ports: ports([...new Set(proxied(homeserver).map(({ port }) => port))]) }] : [],
        ...monitoring ? [{ from: [inNamespace(monitoring)], ports: ports([...metricsPorts, ...place.kind === 'built-in' ? [databaseMetricsPort] : []]) }] : [],
      ],
    }),
    ...rtc ? [policy('calls', {
      podSelector: { matchLabels: { 'app.kubernetes.io/instance': `${names.release}-matrix-rtc-sfu` } },
      ingress: [{ ports: [...ports([rtc.tcp]), ...rtc.udp === false ? [] : ports([rtc.udp], 'UDP')] }],
    })] : [],
    ...egressPolicies(homeserver),
  ];
}
