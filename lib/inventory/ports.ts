import type { TracedFleet } from '../checks/traced';
import { type Entrance, entranceOf } from './dns';
import { callPorts, type Claim, type Protocol, rangePorts, rawPorts, servicePorts } from './node-ports';

/** A port, or several in a row, that must be reachable from the internet. */
export interface OpenPorts {
  readonly from: number;
  /** The last one; of a single port, that port. */
  readonly to: number;
  readonly protocol: Protocol;
  /** Whose address it is opened at: the ingress controller's, the proxy's or the router's, every node's, or that of the homeserver's own load balancer. */
  readonly at: Entrance | 'nodes' | 'load balancer';
  /** Name of the homeserver; absent: the platform. */
  readonly homeserver: string | undefined;
  /** What it carries, e.g. `calls`. */
  readonly carries: string;
}

/** Every port to open, the platform's first; those of a retired homeserver are no longer needed. */
export function openPorts(fleet: TracedFleet): readonly OpenPorts[] {
  const { cluster: { publicPorts, proxy }, certManager, traefik } = fleet.platform.model;
  const at = entranceOf(fleet);
  // What a router passes on to the nodes is opened at the router.
  const nodes = at === 'the router' ? at : 'nodes';
  const atEntrance = (port: number, carries: string): OpenPorts => ({ from: port, to: port, protocol: 'tcp', at, homeserver: undefined, carries });
  const challenges = proxy || (certManager && certManager.solver === 'http01');
  return [
    ...publicPorts.includes(80) ? [atEntrance(80, challenges ? 'certificates, and redirection to HTTPS' : 'redirection to HTTPS')] : [],
    atEntrance(443, 'HTTPS'),
    // A Traefik that the cluster brings has no entry point for it, and a proxy of the web has none either.
    ...traefik ? [atEntrance(22, 'git over SSH')] : [],
    ...opened(servicePorts(fleet), nodes, undefined, ({ place }) => `a Service of ${place.file}`),
    ...fleet.homeservers.filter(({ model }) => model.state !== 'retired').flatMap((homeserver) => {
      const { name, rtc } = homeserver.model;
      return [
        ...opened(callPorts(homeserver), rtc && rtc.exposure === 'LoadBalancer' ? 'load balancer' : nodes, name, () => 'calls'),
        ...opened([...rawPorts(homeserver), ...rangePorts(homeserver)], nodes, name, () => 'calls, by raw values'),
      ];
    }),
  ];
}

/** Claims as ports to open; those in a row that the user claimed at one place are one. */
function opened(claims: Iterable<Claim>, at: OpenPorts['at'], homeserver: string | undefined, carries: (claim: Claim) => string): readonly OpenPorts[] {
  const ports: { from: number; to: number; readonly claim: Claim }[] = [];
  for (const claim of claims) {
    const last = ports.at(-1);
    if (last?.claim.place === claim.place && last.to + 1 === claim.port) last.to = claim.port;
    else ports.push({ from: claim.port, to: claim.port, claim });
  }
  return ports.flatMap(({ from, to, claim }) => claim.protocols.map((protocol): OpenPorts => ({ from, to, protocol, at, homeserver, carries: carries(claim) })));
}

/** `30011/tcp`, `31000-32000/udp` */
export function portText({ from, to, protocol }: Pick<OpenPorts, 'from' | 'to' | 'protocol'>): string {
  return `${from === to ? from : `${from}-${to}`}/${protocol}`;
}
