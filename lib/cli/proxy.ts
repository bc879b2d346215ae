import { hasErrors } from '../finding';
import { type ProxiedHost, proxiedHosts } from '../inventory/routes';
import { caddy } from '../proxy/caddy';
import { nginx } from '../proxy/nginx';
import { npm } from '../proxy/npm';
import { traefik, usualResolver } from '../proxy/traefik';
import { upstream } from '../proxy/pattern';
import { exit } from './exit';
import { fleetFolder } from './io';
import { model } from './pipeline';
import { findingsJson, findingsText } from './report';
import { table } from './table';
import { fleetOption, outputOption, UsageError, verb } from './verb';
import { whose, whoseArgument } from './whose';

/** What a proxy outside the cluster is to pass on, and where. */
export const proxy = verb({
  name: 'proxy',
  summary: 'what a proxy outside the cluster passes on, also as its configuration',
  description: `Lists every host and path of a fleet whose TLS ends outside (cluster.proxy), and the port of the node that it leads to. -o npm
prints what to enter into Nginx Proxy Manager, -o nginx, caddy and traefik a whole file: TLS and nothing else, browsers held to it
for half a year (HSTS, without the names below), connections of calls upgraded, uploads as large as Synapse takes them.`,
  arguments: [whoseArgument],
  options: {
    'cert-resolver': { value: 'NAME', description: `for -o traefik: what your Traefik calls its certificate resolver (default: ${usualResolver})` },
    fleet: fleetOption,
    output: outputOption(['table', 'npm', 'nginx', 'caddy', 'traefik', 'json'], 'it'),
  },
  examples: [
    'npm run proxy -- --fleet examples/k3s-nginx-proxy-manager',
    'npm run proxy -- gigglin --fleet examples/k3s-nginx-proxy-manager -o npm',
    'npm run proxy -- --fleet examples/k3s-nginx-proxy-manager -o nginx',
    'npm run proxy -- --fleet examples/k3s-nginx-proxy-manager -o traefik --cert-resolver cloudflare',
  ],
  async run({ words: [name], options: { 'cert-resolver': certResolver, fleet: folder, output = 'table' } }, io) {
    if (certResolver !== undefined && output !== 'traefik') throw new UsageError('only Traefik has a --cert-resolver', 'write -o traefik with it');
    const { readFleet } = await model();
    const { findings, fleet } = await readFleet(fleetFolder(folder, io), io.root);
    const proxied = fleet?.platform.model.cluster.proxy;
    if (fleet && !proxied) throw new UsageError('no proxy stands before this fleet: its ingress controller takes all requests', 'name one in cluster.proxy of main.ts');
    const isAsked = whose(name, fleet);
    const hosts = fleet ? proxiedHosts(fleet).filter(({ homeserver }) => isAsked(homeserver)) : [];
    if (output === 'json') io.out(findingsJson(findings, { hosts }));
    else io.err(findingsText(findings));
    // Half of the ports would lead nowhere.
    if (hasErrors(findings)) return exit.findings;
    if (proxied && output !== 'json') io.out(hosts.length === 0 ? `# nothing is passed on for ${name}: it is retired\n` : formats[output](hosts, proxied.address, certResolver));
    return exit.ok;
  },
});

const formats = { table: tableText, npm, nginx, caddy, traefik } as const;

function tableText(hosts: readonly ProxiedHost[], address: string): string {
  return `${table(['HOST', 'PATHS', 'TO', 'OF', 'SERVICE'], hosts.flatMap(({ host, homeserver = 'platform', routes }) =>
    routes.map(({ paths, port, service }) => [host, inShort(paths), upstream(address, port), homeserver, service])))}
The proxy's own configuration: -o npm, nginx, caddy or traefik.
`;
}

/** Of many, the first. */
function inShort(paths: readonly string[]): string {
  return paths.length <= 3 ? paths.join(' ') : `${paths[0]} and ${paths.length - 1} more`;
}
