import { proxied, proxiedOptions } from '../homeserver/proxied';
import { freePorts, proxyPorts } from '../inventory/node-ports';
import type { Fault, Rule } from './rule';
import { type Place, placeIn, placeOf, type TracedFleet } from './traced';

function* portMissing(fleet: TracedFleet): Generator<Fault> {
  const missing = [...proxyPorts(fleet)].filter(({ port }) => port === undefined);
  if (missing.length === 0) return;
  const free = freePorts(fleet, missing.length);
  for (const [index, { place }] of missing.entries()) {
    yield { ...place, message: 'the proxy needs a port to connect to', fix: index < free.length ? `free is ${free[index]}` : 'no port is free: widen cluster.nodePorts' };
  }
}

function* portUnused({ platform: { model: { cluster, gitea, argocd, monitoring }, words: [main] }, homeservers }: TracedFleet): Generator<Fault> {
  const without = (place: Place): Fault => ({ ...place, message: 'no proxy connects to it', fix: 'name the proxy in cluster.proxy, or take the port away' });
  if (!cluster.proxy) {
    for (const [component, own] of Object.entries({ gitea, argocd, monitoring })) {
      if (own && own.nodePort !== undefined) yield without(placeIn(main, ['platform', component, 'nodePort']));
    }
  }
  for (const { model, words } of homeservers) {
    const taken = proxiedOptions.filter((option) => model.nodePorts[option] !== undefined);
    if (taken.length === 0) continue;
    const on = new Set(proxied(model).map(({ option }) => option));
    for (const option of taken) {
      const place = placeOf(words, ['nodePorts', option]) ?? placeIn(words[0], ['nodePorts', option]);
      if (!cluster.proxy) yield without(place);
      else if (!on.has(option)) yield { ...place, message: 'nothing of this homeserver answers there', fix: 'take the port away, or switch on what it is for' };
    }
  }
}

function* besideIngress({ platform: { model: { cluster, traefik }, words: [main] } }: TracedFleet): Generator<Fault> {
  if (cluster.proxy && traefik) {
    yield { ...placeIn(main, ['platform', 'traefik']), message: 'the proxy takes its place', fix: 'take it away, or cluster.proxy' };
  }
}

function* certManagerMissing({ platform: { model: { cluster, certManager, backups }, words: [main] } }: TracedFleet): Generator<Fault> {
  if (certManager || (cluster.proxy && !backups)) return;
  const who = cluster.proxy ? 'the backup plugin of PostgreSQL asks for certificates within the cluster' : 'every Ingress asks for a certificate';
  const fix = cluster.proxy ? '' : ', or name the proxy that has the certificates in cluster.proxy';
  yield { ...placeIn(main, ['platform', 'certManager']), message: who, fix: `write { email: … }${fix}` };
}

export const proxyRules: readonly Rule<TracedFleet>[] = [
  {
    id: 'proxy-port-missing',
    severity: 'error',
    what: 'Behind a proxy, everything that it passes requests on to has a NodePort of its own.',
    why: 'A port that the cluster chooses changes when the Service is made anew, and the proxy would lead nowhere (Kubernetes, Services of type NodePort).',
    fix: 'Write the port; the finding names a free one.',
    check: portMissing,
  },
  {
    id: 'proxy-port-unused',
    severity: 'error',
    what: 'A NodePort for a proxy is one that a proxy connects to, of something that is on.',
    why: 'Nothing would listen there.',
    fix: 'Name the proxy in `cluster.proxy`, or take the port away.',
    check: portUnused,
  },
  {
    id: 'proxy-beside-ingress',
    severity: 'error',
    what: 'A fleet behind a proxy has no ingress controller of its own.',
    why: 'Nothing would lead to it: the proxy connects to NodePorts of the services themselves.',
    fix: 'Take `platform.traefik` or `cluster.proxy` away.',
    check: besideIngress,
  },
  {
    id: 'cert-manager-missing',
    severity: 'error',
    what: 'Where certificates are asked for, cert-manager is there.',
    why: 'Ingresses would have no certificate of their own, and the backup plugin of PostgreSQL would not start (Barman Cloud plugin, its own Certificates).',
    fix: 'Write `platform.certManager`, or have a proxy with the certificates, and no backups by the plugin.',
    check: certManagerMissing,
  },
];
