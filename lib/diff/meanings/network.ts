import { listAt, valueAt } from '../../checks/path';
import type { Manifest } from '../../gitops/manifest';
import { isMap } from '../../merge';
import type { Difference } from '../change';
import { entranceOf } from './entrance';
import type { Family, KindWords } from './kind';
import { row, rowWhen, type Says, type Spot, type WholeOf } from './row';

/**
 * `new DNS name needed: chat.example.org → Traefik`; a name that goes may be let go of.
 * @param entrance who takes requests to it
 */
export function nameMoves({ before, after }: Pick<Spot, 'before' | 'after'>, entrance: string): string {
  const [from, to] = [before, after].map((value) => (typeof value === 'string' && value !== '' ? value : undefined));
  if (to === undefined) return `${from ?? 'a name'} is served no more: its DNS record can go`;
  return `new DNS name needed: ${to} → ${entrance}${from === undefined ? '' : `; ${from} is served no more`}`;
}

/** Hosts of an Ingress. */
function hostsOf(manifest: Manifest): readonly string[] {
  return listAt(manifest, ['spec', 'rules']).flatMap((rule) => (isMap(rule) && typeof rule['host'] === 'string' ? [rule['host']] : []));
}

const classOf = (manifest: Manifest) => valueAt(manifest, ['spec', 'ingressClassName']);

const newNames = ({ manifest }: WholeOf) => (hostsOf(manifest).length > 0 ? `new DNS names needed: ${hostsOf(manifest).join(', ')} → ${entranceOf(classOf(manifest))}` : 'answers every name by {object} that nobody else answers');
const oldNames = ({ manifest }: WholeOf) => `${hostsOf(manifest).join(', ') || manifest.metadata.name} is served no more: its DNS record can go`;

/** The port of a Service that everybody outside sees: they open it in the firewall before the push, and close the old one after it. */
function nodePortMoves({ before, after }: Spot): string {
  if (before === undefined) return `listens on a port of the nodes: open ${text(after)} in the firewall`;
  if (after === undefined) return `listens on a port of the nodes no more: close ${text(before)} in the firewall`;
  return `moves a port of the nodes: open ${text(after)} in the firewall, then close ${text(before)}`;
}

/** A Service of ours that a proxy outside the cluster connects to. */
const isProxied = ({ metadata: { name } }: Manifest) => /^proxy-|-proxy$/.test(name);

function nodePortsOf(service: Manifest): readonly unknown[] {
  return listAt(service, ['spec', 'ports']).flatMap((port) => (isMap(port) && port['nodePort'] !== undefined ? [port['nodePort']] : []));
}

function text(value: unknown): string {
  return typeof value === 'number' || typeof value === 'string' ? String(value) : 'one that the cluster picks';
}

/** Which connections a policy judges. */
function judges({ spec }: Manifest): string {
  const types = isMap(spec) && Array.isArray(spec.policyTypes) ? spec.policyTypes : ['Ingress'];
  return [...types.includes('Ingress') ? ['who may talk to its pods'] : [], ...types.includes('Egress') ? ['whom its pods may talk to'] : []].join(' and ');
}

/** Whether a policy is for the pods of a database cluster that comes with it. */
function selectsNewCluster({ manifest }: WholeOf, all: Difference): boolean {
  const name = valueAt(manifest, ['spec', 'podSelector', 'matchLabels', 'cnpg.io/cluster']);
  return all.some((change) => change.what === 'appears' && change.manifest.kind === 'Cluster' && change.manifest.metadata.name === name);
}

const route: KindWords = {
  fields: [],
  otherwise: ['outage', 'changes where requests go by {object}'],
  appears: [['effect', 'sends requests on by {object}']],
  goes: [['outage', 'sends no more requests on by {object}']],
};

const reissue: Says<Spot> = ['effect', 'asks for another certificate for {object}'];

/** How requests get in, and who may talk to whom. */
export const network: Family = {
  '/Service': {
    fields: [
      row('spec type', ['outage', 'makes {object} another kind of Service, {after} instead of {before}: its address and ports change']),
      rowWhen('spec ports * nodePort', ({ before, after, change }) => before !== undefined && after !== undefined && isProxied(change.after),
        ['action', ({ before, after }) => `moves a port of the proxy from ${text(before)} to ${text(after)}: matrix-fleet proxy says what to change there`],
        ['outage', 'the proxy gets nowhere by the old port of {object}']),
      row('spec ports * nodePort', ['action', nodePortMoves], ['outage', 'whoever uses the old port of {object} is cut off']),
      row('spec loadBalancerIP', ['action', 'asks for the address {after} instead of {before} for {object}: change the DNS records']),
      row('spec selector', ['outage', 'sends what comes to {object} to other pods']),
      row('spec ports', ['outage', 'changes ports of {object}: whoever uses an old one is cut off']),
    ],
    otherwise: ['outage', 'changes how {object} is reached'],
    appears: ({ manifest }) => {
      if (valueAt(manifest, ['spec', 'type']) === 'LoadBalancer') return [['action', 'asks for a load balancer for {object}: what it offers is reached at that address']];
      const ports = nodePortsOf(manifest).join(', ');
      return ports !== '' && isProxied(manifest) ? [['action', `lets the proxy in by {object} at port ${ports} of each node: matrix-fleet proxy says what to write there`]] : [['effect', 'adds {object}']];
    },
    goes: [['outage', 'deletes {object}: whoever calls it is cut off']],
  },
  'networking.k8s.io/Ingress': {
    fields: [
      row('spec rules * host', ['action', (spot) => nameMoves(spot, entranceOf(classOf(spot.change.after)))], ['outage', 'the name of {object} is another']),
      row('spec tls', reissue),
      rowWhen('metadata annotations cert-manager.io/cluster-issuer', ({ before, after }) => before !== undefined && after !== undefined, ['effect', 'asks {after} instead of {before} for the certificate of {object}']),
      row('metadata annotations cert-manager.io/*', reissue),
      row('metadata annotations', ['outage', 'changes how requests to {object} are handled']),
      row('spec ingressClassName', ['outage', 'hands {object} over to the ingress controller {after} instead of {before}']),
    ],
    otherwise: ['outage', 'changes where requests to {object} go'],
    appears: [['action', newNames]],
    goes: [['outage', oldNames]],
  },
  'networking.k8s.io/IngressClass': {
    fields: [],
    otherwise: ['outage', 'changes which Ingresses the controller of {object} serves'],
    appears: [['effect', 'adds {object}']],
    goes: [['outage', 'deletes {object}: what is of this class is served no more']],
  },
  'networking.k8s.io/NetworkPolicy': {
    fields: [],
    otherwise: ['outage', 'changes who may talk to the pods of {object}, at once; what is not allowed any more is cut off'],
    appears: (of, all) => [[selectsNewCluster(of, all) ? 'effect' : 'outage', `limits by {object} ${judges(of.manifest)}`]],
    goes: [['outage', 'takes {object} away: what it let through is cut off where other policies select its pods, and open to all where no other does']],
  },
  'traefik.io/IngressRoute': route,
  'traefik.io/IngressRouteTCP': route,
  'traefik.io/IngressRouteUDP': route,
  'traefik.io/Middleware': {
    ...route,
    otherwise: ['outage', 'changes what Traefik does with requests that use {object}'],
  },
  'cert-manager.io/ClusterIssuer': issuer(),
  'cert-manager.io/Issuer': issuer(),
  'cert-manager.io/Certificate': {
    fields: [row('spec secretName', ['outage', 'puts the certificate of {object} into the Secret {after} instead of {before}'])],
    otherwise: ['effect', 'reissues the certificate of {object}'],
    appears: [['effect', 'asks for the certificate of {object}']],
    goes: [['effect', 'renews the certificate of {object} no more; the one that is there stays until it ends']],
  },
};

function issuer(): KindWords {
  return {
    fields: [
      row('spec acme server', ['effect', 'asks {after} instead of {before} for certificates; those that are there stay until they are renewed'], ['effect', 'makes a new account of {object}']),
      row('spec acme email', ['effect', 'changes the address of the account of {object}: {after} instead of {before}']),
      row('spec acme privateKeySecretRef', ['effect', 'makes a new account of {object}']),
      row('spec acme solvers', ['effect', 'proves in another way whose the names are when {object} issues or renews a certificate; if it fails, certificates end']),
    ],
    otherwise: ['effect', 'changes how {object} issues certificates; those that are there stay until they are renewed'],
    appears: [['effect', 'certificates can come from {object}']],
    goes: [['outage', 'deletes {object}: its certificates are not renewed any more and end']],
  };
}
