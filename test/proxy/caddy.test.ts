import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { ProxiedHost } from '../../lib/inventory/routes';
import { caddy } from '../../lib/proxy/caddy';
import { address, foreignHost, hostsBehindProxy } from './example';

const installed = spawnSync('caddy', ['version']).status === 0;
const text = caddy(hostsBehindProxy(), address);
const folder = mkdtempSync(join(tmpdir(), 'matrix-fleet-caddy-'));
writeFileSync(join(folder, 'Caddyfile'), text);
afterAll(() => rmSync(folder, { recursive: true }));

const run = (command: string, file = 'Caddyfile') => spawnSync('caddy', [command, '--adapter', 'caddyfile', '--config', join(folder, file)], { encoding: 'utf8', env: { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder } });

it.skipIf(!installed)('is accepted by Caddy, where that is installed', () => {
  const { status, stderr } = run('validate');
  expect(stderr).not.toMatch(/"level":"(warn|error)"/);
  expect(status, stderr).toBe(0);
});

it.skipIf(!installed)('means the same to Caddy: the first route that fits', () => {
  const { stdout } = run('adapt');
  const routes = hostRoutes(JSON.parse(stdout), 'matrix.example.org');
  expect(routes.map(({ match, dial }) => [match?.length, dial])).toEqual([[24, '127.0.0.1:30101'], [2, '127.0.0.1:30108'], [2, '127.0.0.1:30107'], [4, '127.0.0.1:30100'], [undefined, undefined]]);
});

it.skipIf(!installed)('holds browsers to HTTPS on every host of the fleet, and on no other', () => {
  const told = (hosts: readonly ProxiedHost[]) => {
    writeFileSync(join(folder, 'other'), caddy(hosts, address));
    return run('adapt', 'other').stdout.match(/"Strict-Transport-Security":\["max-age=15552000"\]/g)?.length ?? 0;
  };
  expect(told(hostsBehindProxy())).toBe(hostsBehindProxy().length);
  expect(told([foreignHost])).toBe(0);
});

it.skipIf(installed)('is not held against Caddy here, which is not installed: apt-get install caddy', () => {
  expect(text).toContain('reverse_proxy');
});

/** The exclusive routes of a host, in Caddy's own JSON. */
function hostRoutes(config: any, host: string): readonly { readonly match: readonly string[] | undefined; readonly dial: string | undefined }[] {
  const [server] = Object.values<any>(config.apps.http.servers);
  const site = server.routes.find(({ match }: any) => match[0].host.includes(host));
  const groups = site.handle[0].routes.filter(({ group }: any) => group !== undefined);
  return groups.map(({ match, handle }: any) => ({ match: match?.[0].path, dial: handle[0].routes[0].handle[0].upstreams?.[0].dial }));
}
