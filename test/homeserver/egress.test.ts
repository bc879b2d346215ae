import { BlockList, isIP } from 'node:net';
import { describe, expect, it } from 'vitest';
import { isolationPolicies } from '../../lib/homeserver/isolation';
import { demo } from './example';

/** Where a connection begins or ends: a pod of a namespace, or an address outside of the cluster. */
type End = { readonly namespace: string; readonly labels: Readonly<Record<string, string>> } | { readonly address: string };

/** What Kubernetes makes of policies (networking.k8s.io/v1, NetworkPolicy): a pod that one selects may do what one of them allows. */
function allows(policies: readonly any[], from: End, to: End, protocol: string, port: number): boolean {
  const side = (direction: 'Ingress' | 'Egress', own: End, other: End) => {
    const judging = policies.filter(({ metadata, spec }) => 'namespace' in own && metadata.namespace === own.namespace && spec.policyTypes.includes(direction) && selects(spec.podSelector, own.labels));
    return judging.length === 0 || judging.some(({ metadata, spec }) => (spec[direction.toLowerCase()] ?? []).some((rule: any) => {
      const peers = rule[direction === 'Ingress' ? 'from' : 'to'];
      return (peers === undefined || peers.some((peer: any) => isPeer(peer, other, metadata.namespace)))
        && (rule.ports === undefined || rule.ports.some((one: any) => one.protocol === protocol && (one.port === undefined || one.port === port)));
    }));
  };
  return side('Egress', from, to) && side('Ingress', to, from);
}

function selects({ matchLabels = {}, matchExpressions = [] }: any, labels: Readonly<Record<string, string>>): boolean {
  return Object.entries(matchLabels).every(([key, value]) => labels[key] === value)
    && matchExpressions.every(({ key, operator, values }: any) => operator === 'In' && values.includes(labels[key]));
}

function isPeer(peer: any, end: End, namespace: string): boolean {
  if (peer.ipBlock) return 'address' in end && within(peer.ipBlock.cidr, end.address) && !(peer.ipBlock.except ?? []).some((cidr: string) => within(cidr, end.address));
  if (!('namespace' in end)) return false;
  const ofNamespace = peer.namespaceSelector ? selects(peer.namespaceSelector, { 'kubernetes.io/metadata.name': end.namespace }) : end.namespace === namespace;
  return ofNamespace && (peer.podSelector === undefined || selects(peer.podSelector, end.labels));
}

function within(cidr: string, address: string): boolean {
  const [net, bits] = cidr.split('/') as [string, string];
  if (isIP(net) !== isIP(address)) return false;
  const list = new BlockList();
  list.addSubnet(net, Number(bits), isIP(net) === 6 ? 'ipv6' : 'ipv4');
  return list.check(address, isIP(net) === 6 ? 'ipv6' : 'ipv4');
}

const homeserver = demo({
  networkPolicy: 'full', hookshot: true, rtc: { tcp: 30015, udp: 30016, dynamicAddress: true }, synapse: { media: { backup: true }, workers: { 'client-reader': {} } },
}, {}, { hairpin: '192.168.1.10' });
const policies = isolationPolicies(homeserver);

/** Pods of the chart, as it labels them at every supported version. */
const chart = (component: string, name: string, namespace = 'matrix-demo'): End =>
  ({ namespace, labels: { 'app.kubernetes.io/component': component, 'app.kubernetes.io/name': name, 'app.kubernetes.io/instance': `${namespace}-${name}` } });
const pods = {
  synapse: chart('matrix-server', 'synapse-main'), worker: chart('matrix-server', 'synapse-client-reader'), check: chart('matrix-server', 'synapse-check-config'),
  mas: chart('matrix-authentication', 'matrix-authentication-service'), syn2mas: chart('matrix-authentication', 'syn2mas'),
  web: chart('matrix-client', 'element-web'), admin: chart('matrix-admin-client', 'element-admin'), haproxy: chart('matrix-stack-ingress', 'haproxy'),
  sfu: chart('matrix-rtc-voip-server', 'matrix-rtc-sfu'), authoriser: chart('matrix-rtc-authorisation-service', 'matrix-rtc-authorisation-service'),
  hookshot: chart('matrix-integrations', 'hookshot'), redis: chart('matrix-pubsub-small-cache', 'redis'),
  secrets: chart('matrix-tools', 'init-secrets'), before: chart('matrix-tools', 'deployment-markers-pre'), after: chart('matrix-tools', 'deployment-markers-post'),
  address: { namespace: 'matrix-demo', labels: { 'app.kubernetes.io/name': 'dynamic-address' } }, backup: { namespace: 'matrix-demo', labels: { 'app.kubernetes.io/name': 'media-backup' } },
  traefik: { namespace: 'traefik', labels: {} }, prometheus: { namespace: 'monitoring', labels: {} }, postgres: { namespace: 'cnpg', labels: {} }, dns: { namespace: 'kube-system', labels: {} },
  solver: { namespace: 'matrix-demo', labels: { 'acme.cert-manager.io/http01-solver': 'true' } },
  internet: { address: '198.51.100.9' }, internet6: { address: '2001:db8::9' }, api: { address: '10.0.0.2' }, lan: { address: '192.168.1.77' }, hairpin: { address: '192.168.1.10' },
  neighbour: chart('matrix-server', 'synapse-main', 'matrix-other'), neighbourSfu: chart('matrix-rtc-voip-server', 'matrix-rtc-sfu', 'matrix-other'),
} satisfies Record<string, End>;
type Name = keyof typeof pods;
type Edge = readonly [from: Name, to: Name, ...ports: readonly (number | `${number}/udp`)[]];

/** Every connection that the chart's parts open or take, 26.6.1 to 26.8.1. */
const edges: readonly Edge[] = [
  ['traefik', 'haproxy', 8008, 8009, 8010], ['traefik', 'mas', 8080], ['traefik', 'web', 8080], ['traefik', 'admin', 8080], ['traefik', 'authoriser', 8080], ['traefik', 'sfu', 7880],
  ['traefik', 'hookshot', 7775, 7778], ['traefik', 'solver', 8089], ['internet', 'sfu', 30015, '30016/udp'], ['lan', 'sfu', '30016/udp'],
  ['haproxy', 'synapse', 8008, 8080], ['haproxy', 'worker', 8008, 8080], ['haproxy', 'dns', '53/udp', 53],
  ['synapse', 'mas', 8080], ['synapse', 'postgres', 5432], ['worker', 'postgres', 5432], ['synapse', 'redis', 6379], ['worker', 'redis', 6379], ['synapse', 'hookshot', 9993], ['worker', 'synapse', 9093],
  ['synapse', 'internet', 443, 8448, 5269], ['synapse', 'internet6', 443], ['worker', 'internet', 443], ['synapse', 'dns', '53/udp'], ['check', 'postgres', 5432],
  ['mas', 'synapse', 8008], ['mas', 'haproxy', 8008], ['mas', 'postgres', 5432], ['mas', 'internet', 443, 465, 587], ['syn2mas', 'postgres', 5432],
  ['hookshot', 'haproxy', 8008], ['hookshot', 'redis', 6379], ['hookshot', 'internet', 443],
  ['authoriser', 'internet', 443, 8448], ['authoriser', 'traefik', 8443], ['authoriser', 'hairpin', 443], ['authoriser', 'haproxy', 8008], ['sfu', 'authoriser', 8080],
  ['sfu', 'internet', '19302/udp', '50000/udp'], ['sfu', 'lan', '50000/udp'],
  ['secrets', 'api', 443, 6443], ['before', 'api', 6443], ['after', 'api', 6443], ['syn2mas', 'api', 6443],
  ['address', 'internet', '19302/udp'], ['address', 'api', 6443], ['backup', 'internet', 443],
  ['prometheus', 'haproxy', 8405], ['prometheus', 'synapse', 9001], ['prometheus', 'mas', 8081], ['prometheus', 'sfu', 6789], ['prometheus', 'hookshot', 7777], ['prometheus', 'redis', 9121],
];

const forbidden: readonly Edge[] = [
  ['neighbour', 'synapse', 8008, 9093], ['neighbour', 'redis', 6379], ['synapse', 'neighbour', 8008], ['sfu', 'neighbourSfu', 7880], ['mas', 'neighbour', 8008],
  ['web', 'internet', 443], ['haproxy', 'internet', 443], ['redis', 'internet', 443], ['web', 'postgres', 5432], ['hookshot', 'postgres', 5432],
  ['synapse', 'api', 6443], ['synapse', 'lan', 80], ['mas', 'lan', 22], ['web', 'api', 6443], ['backup', 'postgres', 5432], ['internet', 'synapse', 8008], ['traefik', 'synapse', 9093], ['prometheus', 'mas', 8080],
];

const each = (list: readonly Edge[]) => list.flatMap(([from, to, ...ports]) => ports.map((port) => [`${from} to ${to} ${port}`, [pods[from], pods[to], ...parse(port)] as const] as const));
function parse(port: number | string): readonly [string, number] {
  return typeof port === 'number' ? ['TCP', port] : ['UDP', Number.parseInt(port, 10)];
}

describe('the policies of both directions', () => {
  it.each(each(edges))('allow %s', (_, edge) => expect(allows(policies, ...edge)).toBe(true));

  it.each(each(forbidden))('forbid %s', (_, edge) => expect(allows(policies, ...edge)).toBe(false));

  it('are there only where they are asked for', () => {
    expect(isolationPolicies(demo()).filter(({ spec }: any) => spec.policyTypes.includes('Egress'))).toEqual([]);
  });

  it('let the proxy that takes all requests in, and whoever asks for the fleet\'s own names out to it', () => {
    const behind = isolationPolicies(demo({ networkPolicy: 'full' }, {}, { ingress: false, proxy: { address: '172.18.0.1', from: '172.18.0.0/16' }, hairpin: '172.18.0.1' }));
    const proxy = { address: '172.18.0.5' };
    for (const [to, port] of [['haproxy', 8008], ['haproxy', 8010], ['mas', 8080], ['web', 8080], ['admin', 8080], ['authoriser', 8080], ['sfu', 7880]] as const) {
      expect(allows(behind, proxy, pods[to], 'TCP', port), to).toBe(true);
      expect(allows(behind, pods.internet, pods[to], 'TCP', port), to).toBe(false);
    }
    // In front of the redirection that Docker makes, and behind it.
    for (const address of ['172.18.0.1', '172.18.0.5']) expect(allows(behind, pods.authoriser, { address }, 'TCP', 443)).toBe(true);
    expect(allows(behind, proxy, pods.mas, 'TCP', 8081)).toBe(false);
    expect(allows(behind, proxy, pods.redis, 'TCP', 6379)).toBe(false);
    expect(allows(behind, pods.neighbour, pods.mas, 'TCP', 8080)).toBe(false);
  });

  it('let Maubot reach other servers and the own one, as plugins want, and nothing else', () => {
    const withMaubot = isolationPolicies(demo({ networkPolicy: 'full', companions: { maubot: { host: 'bot.example.org' } } }));
    const maubot = { namespace: 'matrix-demo', labels: { 'app.kubernetes.io/instance': 'matrix-demo-maubot' } };
    expect([pods.internet, pods.haproxy, pods.traefik, pods.lan, pods.neighbour, pods.postgres].map((to) => allows(withMaubot, maubot, to, 'TCP', 443))).toEqual([true, true, true, false, false, false]);
  });

  it('let Prometheus reach the chart\'s own PostgreSQL, and each homeserver only its own', () => {
    const builtIn = isolationPolicies(demo({ networkPolicy: 'full', database: { builtIn: true } }));
    const database = chart('matrix-stack-db', 'postgres');
    expect(allows(builtIn, pods.prometheus, database, 'TCP', 9187)).toBe(true);
    expect(allows(builtIn, pods.synapse, database, 'TCP', 5432)).toBe(true);
    expect(allows(builtIn, pods.neighbour, database, 'TCP', 5432)).toBe(false);
  });
});
