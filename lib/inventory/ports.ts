import type { TracedFleet } from '../checks/traced';
import { callPorts, type Protocol, rawPorts, servicePorts } from './node-ports';

/** A port that must be reachable from the internet. */
export interface OpenPort {
  readonly port: number;
  readonly protocol: Protocol;
  /** Whose address it is opened at: every node's, the ingress controller's, or that of the homeserver's own load balancer. */
  readonly at: 'Traefik' | 'nodes' | 'load balancer';
  /** Name of the homeserver; absent: the platform. */
  readonly homeserver: string | undefined;
  /** What it carries, e.g. `calls`. */
  readonly carries: string;
}

/** Every port to open, the platform's first; those of a retired homeserver are no longer needed. */
export function openPorts(fleet: TracedFleet): readonly OpenPort[] {
  const { traefik } = fleet.platform.model;
  const atTraefik = (port: number, carries: string): OpenPort => ({ port, protocol: 'tcp', at: 'Traefik', homeserver: undefined, carries });
  return [
    atTraefik(80, 'certificates, and redirection to HTTPS'),
    atTraefik(443, 'HTTPS'),
    // A Traefik that the cluster brings has no entry point for it.
    ...traefik ? [atTraefik(22, 'git over SSH')] : [],
    ...[...servicePorts(fleet)].flatMap(({ port, protocols, place }) => protocols.map((protocol): OpenPort => ({ port, protocol, at: 'nodes', homeserver: undefined, carries: `a Service of ${place.file}` }))),
    ...fleet.homeservers.filter(({ model }) => model.state !== 'retired').flatMap((homeserver) => {
      const { name, rtc } = homeserver.model;
      const at = rtc && rtc.exposure === 'LoadBalancer' ? 'load balancer' : 'nodes';
      return [
        ...callPorts(homeserver).map(({ port, protocols: [protocol] }): OpenPort => ({ port, protocol, at, homeserver: name, carries: 'calls' })),
        ...[...rawPorts(homeserver)].map(({ port, protocols: [protocol] }): OpenPort => ({ port, protocol, at: 'nodes', homeserver: name, carries: 'calls by TURN' })),
      ];
    }),
  ];
}
