import { type ProxiedHost, proxiedHosts } from '../../lib/inventory/routes';
import { fleetOf } from '../inventory/fleet';

/** Where the proxy of the tests reaches a node. */
export const address = '127.0.0.1';

/** What a proxy passes on for a homeserver with all that can be on, and for one whose server name is Synapse's host. */
export function hostsBehindProxy() {
  const nodePorts = { synapse: 30100, mas: 30101, elementWeb: 30102, elementAdmin: 30103, wellKnown: 30104, authoriser: 30105, sfu: 30106, hookshot: 30107, hookshotWidgets: 30108 };
  return proxiedHosts(fleetOf(
    [
      { serverName: 'example.org', hookshot: true, nodePorts },
      { serverName: 'small.org', rtc: false, mas: false, elementWeb: false, synapse: { host: 'small.org', media: { maxUploadSize: '300M' } }, nodePorts: { synapse: 30110, wellKnown: 30111 } },
    ],
    {
      cluster: { provider: 'k3s', proxy: { address } },
      platform: { gitea: { host: 'git.example.org', nodePort: 30080 }, argocd: { host: 'argocd.example.org', nodePort: 30081 }, certManager: false },
    },
  ));
}

/** A server name whose web site is somebody else's: only the well-known documents are the fleet's. */
export const foreignHost: ProxiedHost = { host: 'shop.org', homeserver: 'shop', routes: [{ paths: ['/.well-known/matrix'], port: 30120, service: 'well-known' }], megabytes: 25 };
