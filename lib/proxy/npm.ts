import type { ProxiedHost, Route } from '../inventory/routes';
import { directives } from './nginx';
import { answerSeconds, mainRoute, pattern, upstream } from './pattern';

/**
 * Nginx Proxy Manager: what to enter, proxy host by proxy host, in the words of its forms. Paths go into Advanced and not into Custom
 * Locations, which know no patterns: there would be twelve for logins alone.
 * @param address of a node, as Nginx Proxy Manager reaches it
 */
export function npm(hosts: readonly ProxiedHost[], address: string): string {
  return hosts.map((one) => `${proxyHost(one, address)}\n`).join('\n');
}

function proxyHost({ host, homeserver = 'platform', routes, megabytes }: ProxiedHost, address: string): string {
  // All else of Synapse's host may go to Synapse too, which has an answer for it.
  const main = mainRoute(routes);
  const others = routes.filter((route) => route !== main);
  const advanced = [
    ...main ? [`client_max_body_size ${megabytes}m;`, `proxy_read_timeout ${answerSeconds}s;`, `proxy_send_timeout ${answerSeconds}s;`] : [],
    ...others.flatMap((route) => location(route, address)),
  ].map((line) => `      ${line}`).join('\n');
  if (!main) return `${host} (${homeserver}): beside what it forwards already, if anything\n  Advanced\n${advanced}`;
  return `${host} (${homeserver}: ${main.service})
  Details
    Scheme                 http
    Forward Hostname / IP  ${address}
    Forward Port           ${main.port}
    Cache Assets           off
    Block Common Exploits  off
    Websockets Support     on
  SSL
    SSL Certificate        Request a new SSL Certificate
    Force SSL              on
    HTTP/2 Support         on
    HSTS Enabled           on
    HSTS Sub-domains       off
  Advanced
${advanced}`;
}

function location({ paths, port, service }: Route, address: string): readonly string[] {
  return [`# ${service}`, `location ~ ${pattern(paths)} {`, ...directives(upstream(address, port), '$http_connection').map((one) => `  ${one}`), '}'];
}
