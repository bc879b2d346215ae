import type { ProxiedHost, Route } from '../inventory/routes';
import { httpsSeconds, mainRoute, takesAll, upstream } from './pattern';

/**
 * Caddy: a Caddyfile. It asks for certificates itself, sets the headers of a proxy and upgrades connections without being told.
 * @param address of a node, as Caddy reaches it
 */
export function caddy(hosts: readonly ProxiedHost[], address: string): string {
  return `# matrix-fleet proxy -o caddy: a Caddyfile, or a file that it imports.\n${hosts.map((one) => `\n${site(one, address)}`).join('')}`;
}

function site({ host, homeserver = 'platform', routes, megabytes }: ProxiedHost, address: string): string {
  return `# ${homeserver}
${host} {
${mainRoute(routes) ? `\theader Strict-Transport-Security max-age=${httpsSeconds}\n` : ''}	request_body {
		max_size ${megabytes}MB
	}
${routes.map((route, index) => handle(route, index, address)).join('')}${routes.some(takesAll) ? '' : '\thandle {\n\t\trespond 404\n\t}\n'}}
`;
}

function handle({ paths, port, service }: Route, index: number, address: string): string {
  const matcher = takesAll({ paths }) ? '' : ` @route${index}`;
  return `${matcher && `\t@route${index} path ${paths.flatMap((path) => [path, `${path}/*`]).join(' ')}\n`}	# ${service}
	handle${matcher} {
		reverse_proxy ${upstream(address, port)}
	}
`;
}
