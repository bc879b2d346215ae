import { inNamespace, networkPolicy, tcp, udp } from '../cluster/network-policy';
import { proxyPeers } from '../cluster/proxy';
import type { Manifest } from '../gitops/manifest';
import { egressPolicies } from './egress';
import type { Homeserver } from './homeserver';
import { maubotPort } from './maubot';
import { proxied } from './proxied';

/** Metrics ports of the chart's pods: HAProxy, Synapse, MAS, media server, Hookshot, Redis. */
const metricsPorts = tcp(8405, 9001, 8081, 6789, 7777, 9121);

/** The same of a PostgreSQL of its own. */
const databaseMetricsPorts = tcp(9187);

/** Where the ingress controller reaches the chart's pods, and certificate challenges. */
const ingressPorts = tcp(8008, 8009, 8010, 8080, 7880, 7775, 7778, 8089);

/**
 * Who may open a connection to the homeserver's pods: each other, the ingress controller or the proxy in its place, Prometheus; and everybody the
 * media server's two ports. Other homeservers may not.
 */
export function isolationPolicies(homeserver: Homeserver): readonly Manifest[] {
  const { names: { release }, surroundings, rtc, companions, place } = homeserver;
  const { ingress, proxy, monitoring } = surroundings;
  return [
    networkPolicy(release, 'isolation', {
      policyTypes: ['Ingress'],
      podSelector: {},
      ingress: [
        { from: [{ podSelector: {} }] },
        ...ingress ? [{ from: [inNamespace(ingress.namespace)], ports: companions.maubot ? [...ingressPorts, ...tcp(maubotPort)] : ingressPorts }] : [],
        ...proxy ? [{ ...proxyPeers(proxy), ports: tcp(...new Set(proxied(homeserver).map(({ port }) => port))) }] : [],
        ...monitoring ? [{ from: [inNamespace(monitoring)], ports: place.kind === 'built-in' ? [...metricsPorts, ...databaseMetricsPorts] : metricsPorts }] : [],
      ],
    }),
    ...rtc ? [networkPolicy(release, 'calls', {
      policyTypes: ['Ingress'],
      podSelector: { matchLabels: { 'app.kubernetes.io/instance': `${release}-matrix-rtc-sfu` } },
      ingress: [{ ports: [...tcp(rtc.tcp), ...rtc.udp === false ? [] : udp(rtc.udp)] }],
    })] : [],
    ...egressPolicies(homeserver),
  ];
}
