import type { ProxiedHost, Route } from '../inventory/routes';
import { stringify } from '../output/yaml';
import { pattern, takesAll, upstream } from './pattern';

/**
 * Traefik 3: a file for its file provider. It upgrades connections, sets the headers of a proxy and sets no bounds to requests without
 * being told. Its entry point is to be called `websecure`, and its certificate resolver `letsencrypt`.
 * @param address of a node, as Traefik reaches it
 */
export function traefik(hosts: readonly ProxiedHost[], address: string): string {
  const all = hosts.flatMap(({ host, routes }) => routes.map((route, index) => ({ host, route, priority: routes.length - index, name: nameOf(host, route) })));
  return `# matrix-fleet proxy -o traefik: for the folder of --providers.file.directory. Start Traefik with
# --entryPoints.websecure.transport.respondingTimeouts.readTimeout=1800s, or uploads that take longer than a minute are cut off.
${stringify({
    http: {
      routers: Object.fromEntries(all.map(({ name, host, route, priority }) => [name, {
        entryPoints: ['websecure'],
        rule: takesAll(route) ? `Host(\`${host}\`)` : `Host(\`${host}\`) && PathRegexp(\`${pattern(route.paths)}\`)`,
        priority,
        service: name,
        tls: { certResolver: 'letsencrypt' },
      }])),
      services: Object.fromEntries(all.map(({ name, route }) => [name, { loadBalancer: { servers: [{ url: upstream(address, route.port) }] } }])),
    },
  })}`;
}

/** `matrix-example-org-synapse`: other characters mean something to Traefik. */
function nameOf(host: string, { service }: Route): string {
  return `${host}-${service}`.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
}
