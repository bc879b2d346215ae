import type { ProxiedHost, Route } from '../inventory/routes';
import { stringify } from '../output/yaml';
import { httpsSeconds, mainRoute, pattern, takesAll, upstream } from './pattern';

/** How the user's Traefik calls what asks for certificates. */
export const usualResolver = 'letsencrypt';

/** The middleware that adds a header to answers. */
const httpsOnly = 'matrix-fleet-https-only';

/**
 * Traefik 3: a file for its file provider. It upgrades connections, sets the headers of a proxy and sets no bounds to requests without
 * being told. Its entry point for HTTPS is to be called `websecure`.
 * @param address of a node, as Traefik reaches it
 */
export function traefik(hosts: readonly ProxiedHost[], address: string, certResolver = usualResolver): string {
  const all = hosts.flatMap(({ host, routes }) => routes.map((route, index) =>
    ({ host, route, isOurs: mainRoute(routes) !== undefined, priority: routes.length - index, name: nameOf(host, route) })));
  return `# matrix-fleet proxy -o traefik: for the folder of --providers.file.directory. Needs in Traefik's own configuration
# - the certificate resolver ${certResolver}; proxy --cert-resolver NAME names another
# - the entry points web and websecure, --entryPoints.web.http.redirections.entryPoint.to=websecure
# - --entryPoints.websecure.transport.respondingTimeouts.readTimeout=1800s, or uploads that take longer than a minute are cut off
${stringify({
    http: {
      routers: Object.fromEntries(all.map(({ name, host, route, isOurs, priority }) => [name, {
        entryPoints: ['websecure'],
        rule: takesAll(route) ? `Host(\`${host}\`)` : `Host(\`${host}\`) && PathRegexp(\`${pattern(route.paths)}\`)`,
        priority,
        ...isOurs && { middlewares: [httpsOnly] },
        service: name,
        tls: { certResolver },
      }])),
      ...all.some(({ isOurs }) => isOurs) && { middlewares: { [httpsOnly]: { headers: { stsSeconds: httpsSeconds } } } },
      services: Object.fromEntries(all.map(({ name, route }) => [name, { loadBalancer: { servers: [{ url: upstream(address, route.port) }] } }])),
    },
  })}`;
}

/** `matrix-example-org-synapse`: other characters mean something to Traefik. */
function nameOf(host: string, { service }: Route): string {
  return `${host}-${service}`.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
}
