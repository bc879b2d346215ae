import type { k8s } from 'cdk8s-plus-30';
import type { Plain } from '../../imports/plain';
import { inNamespace, networkPolicy, tcp, udp } from '../cluster/network-policy';
import type { Manifest } from '../gitops/manifest';
import { addressLabels } from './dynamic-address';
import type { Homeserver } from './homeserver';
import { selectorOf } from './pod';
import { mediaBackupLabels } from './media-backup';

type Peer = Plain<k8s.NetworkPolicyPeer>;
type Rule = Plain<k8s.NetworkPolicyEgressRule>;

/** The internet: every address but those that are only good within a network (RFC 1918, 6598, 3927, 4193, 4291). */
const internet: readonly Peer[] = [
  { ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8', '100.64.0.0/10', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16'] } },
  { ipBlock: { cidr: '::/0', except: ['fc00::/7', 'fe80::/10'] } },
];

/** Pods by their label `app.kubernetes.io/component`, which is the same for all workers of Synapse, its hooks included. */
const components = (...values: readonly string[]) => ({ matchExpressions: [{ key: 'app.kubernetes.io/component', operator: 'In', values }] });
const named = (...values: readonly string[]) => ({ matchExpressions: [{ key: 'app.kubernetes.io/name', operator: 'In', values }] });

/**
 * Whom the homeserver's pods may open a connection to: DNS and each other, and by what each is for, PostgreSQL, the internet, or the API
 * server. Other homeservers and the cluster's own network are none of it, but for what stands before this fleet's own host names.
 */
export function egressPolicies(homeserver: Homeserver): readonly Manifest[] {
  if (homeserver.networkPolicy !== 'full') return [];
  const { names: { release }, place, rtc, hookshot, companions, synapse: { media }, surroundings: { ingress, proxy, hairpin, backups } } = homeserver;
  const policy = (name: string, podSelector: Plain<k8s.LabelSelector>, ...egress: readonly Rule[]) =>
    networkPolicy(release, `egress-${name}`, { podSelector, policyTypes: ['Egress'], egress });
  // The fleet's own names lead to the load balancer or the proxy; where that is on a node, the node puts its pod's or container's address in place of it.
  const own: readonly Peer[] = [
    ...ingress ? [inNamespace(ingress.namespace)] : [],
    ...hairpin === undefined ? [] : [{ ipBlock: { cidr: `${hairpin}/${hairpin.includes(':') ? 128 : 32}` } }],
    ...proxy?.from === undefined ? [] : [{ ipBlock: { cidr: proxy.from } }],
  ];
  // Wherever it is: no selector knows the API server's address, which comes after that of its Service.
  const api: Rule = { ports: tcp(443, 6443) };
  const anyUdp: Rule = { ports: [{ protocol: 'UDP' }] };
  return [
    policy('everybody', {}, { ports: [...udp(53), ...tcp(53)] }, { to: [{ podSelector: {} }] }),
    // Other servers say themselves at which port they are; a mail server or an identity provider may be at any, too.
    policy('internet', components('matrix-server', 'matrix-authentication', 'matrix-rtc-authorisation-service', ...hookshot ? ['matrix-integrations'] : []), { to: [...internet, ...own], ports: [{ protocol: 'TCP' }] }),
    ...place.kind === 'cluster' ? [policy('database', components('matrix-server', 'matrix-authentication'), { to: [inNamespace(place.namespace)], ports: tcp(5432) })] : [],
    ...place.kind === 'external' ? [policy('database', components('matrix-server', 'matrix-authentication'), { ports: tcp(place.port) })] : [],
    // Media go to wherever a caller is, be it in the network next door.
    ...rtc ? [policy('calls', components('matrix-rtc-voip-server'), anyUdp, { to: internet, ports: [{ protocol: 'TCP' }] })] : [],
    policy('api', named('init-secrets', 'deployment-markers-pre', 'deployment-markers-post', 'syn2mas'), api),
    ...rtc && rtc.dynamicAddress ? [policy('dynamic-address', { matchLabels: addressLabels }, anyUdp, api)] : [],
    // Its bots speak to the homeserver by its public name, and to whatever they are for.
    ...companions.maubot ? [policy('maubot', { matchLabels: selectorOf(`${release}-maubot`) }, { to: [...internet, ...own], ports: [{ protocol: 'TCP' }] })] : [],
    ...media.backup && media.backup.claim === undefined && backups ? [policy('media-backup', { matchLabels: mediaBackupLabels }, { ports: tcp(portOf(backups.endpoint)) })] : [],
  ];
}

function portOf(url: string): number {
  const { port, protocol } = new URL(url);
  return port === '' ? (protocol === 'http:' ? 80 : 443) : Number(port);
}
