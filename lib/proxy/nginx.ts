import type { ProxiedHost, Route } from '../inventory/routes';
import { answerSeconds, httpsSeconds, mainRoute, pattern, takesAll, upstream } from './pattern';

/**
 * nginx: a file for its `http` block. Certificates are where certbot puts them.
 * @param address of a node, as nginx reaches it
 */
export function nginx(hosts: readonly ProxiedHost[], address: string): string {
  return `# matrix-fleet proxy -o nginx: for conf.d/ or sites-enabled/. Needs a certificate for each server, such as
# certbot certonly --webroot -w /var/www/html -d HOST

map $http_upgrade $matrix_fleet_connection {
  default upgrade;
  '' '';
}

server {
  listen 80;
  listen [::]:80;
  server_name ${hosts.map(({ host }) => host).join('\n    ')};
  location /.well-known/acme-challenge/ { root /var/www/html; }
  location / { return 301 https://$host$request_uri; }
}
${hosts.map((one) => `\n${server(one, address)}`).join('')}`;
}

function server({ host, homeserver = 'platform', routes, megabytes }: ProxiedHost, address: string): string {
  return `# ${homeserver}
server {
  listen 443 ssl http2;
  listen [::]:443 ssl http2;
  server_name ${host};
  ssl_certificate /etc/letsencrypt/live/${host}/fullchain.pem;
  ssl_certificate_key /etc/letsencrypt/live/${host}/privkey.pem;
${mainRoute(routes) ? `  add_header Strict-Transport-Security max-age=${httpsSeconds} always;\n` : ''}  client_max_body_size ${megabytes}m;

${locations(routes, address, '  ')}${routes.some(takesAll) ? '' : '  location / { return 404; }\n'}}
`;
}

/** The locations of a server. */
function locations(routes: readonly Route[], address: string, indent: string): string {
  return routes.map(({ paths, port, service }) => [
    `# ${service}`,
    `location ${takesAll({ paths }) ? '/' : `~ ${pattern(paths)}`} {`,
    ...directives(upstream(address, port), '$matrix_fleet_connection').map((directive) => `  ${directive}`),
    '}',
  ].map((line) => `${indent}${line}\n`).join('')).join('');
}

/**
 * What stands in every location. Nothing is appended to X-Forwarded-For: Synapse limits rates by its first address, which a client could
 * choose otherwise.
 */
export function directives(to: string, connection: string): readonly string[] {
  return [
    `proxy_pass ${to};`,
    'proxy_http_version 1.1;',
    'proxy_set_header Host $host;',
    'proxy_set_header X-Forwarded-For $remote_addr;',
    'proxy_set_header X-Forwarded-Proto https;',
    'proxy_set_header Upgrade $http_upgrade;',
    `proxy_set_header Connection ${connection};`,
    // Uploads and downloads go through as they come.
    'proxy_request_buffering off;',
    'proxy_buffering off;',
    `proxy_read_timeout ${answerSeconds}s;`,
    `proxy_send_timeout ${answerSeconds}s;`,
  ];
}
