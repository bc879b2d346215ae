import type { Fault, Rule } from './rule';
import { placeIn, type TracedFleet } from './traced';

const inFront = 'put 443 in front (a proxy on a rented server that leads here, a tunnel to the same end, or IPv6 where that is open) and write [443]; calls keep ports of their own';

function* otherPorts({ platform: { model: { cluster: { publicPorts } }, words: [main] } }: TracedFleet): Generator<Fault> {
  const at = ['cluster', 'publicPorts'];
  const others = publicPorts.filter((port) => port !== 80 && port !== 443);
  for (const port of others) {
    yield { ...placeIn(main, [...at, publicPorts.indexOf(port)]), message: `nobody would look at ${port}: the chart names https:// addresses without a port, and other homeservers go to 443`, fix: inFront };
  }
  if (others.length === 0 && !publicPorts.includes(443)) yield { ...placeIn(main, at), message: 'without 443 neither clients nor other homeservers get in', fix: inFront };
}

function* challengeWithoutPort({ platform: { model: { cluster: { publicPorts }, certManager, ingress }, words: [main] } }: TracedFleet): Generator<Fault> {
  if (!ingress || !certManager || certManager.solver !== 'http01' || publicPorts.includes(80)) return;
  yield { ...placeIn(main, ['platform', 'certManager', 'solver']), message: 'http01 needs port 80, which is not among cluster.publicPorts', fix: 'choose cloudflare' };
}

export const publicPortRules: readonly Rule<TracedFleet>[] = [
  {
    id: 'public-port-unusable',
    severity: 'error',
    what: 'The internet reaches the fleet at port 443, and at no other but 80.',
    why: 'The chart sets the addresses of Synapse, of MAS, of calls and of federation itself, all without a port, over whatever raw values say (ESS chart, `public_baseurl`, `m.server`); Let\'s Encrypt asks port 80 alone.',
    fix: 'Put 443 in front: a proxy on a rented server, a tunnel (Cloudflare\'s carries requests, not the media of calls), or IPv6 where only IPv4 is blocked.',
    check: otherPorts,
  },
  {
    id: 'challenge-without-port',
    severity: 'error',
    what: 'Certificates by HTTP-01 take port 80.',
    why: 'Let\'s Encrypt asks there and nowhere else; no certificate would ever be issued (RFC 8555, section 8.3).',
    fix: 'Choose the solver `cloudflare`, which needs no port.',
    check: challengeWithoutPort,
  },
];
