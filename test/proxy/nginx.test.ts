import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { request } from 'node:https';
import { type AddressInfo, createServer as createSocket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProxiedHost } from '../../lib/inventory/routes';
import { nginx } from '../../lib/proxy/nginx';
import { npm } from '../../lib/proxy/npm';
import { address, foreignHost, hostsBehindProxy } from './example';

const has = (command: string) => spawnSync(command, ['-v']).error === undefined;
const installed = has('nginx') && spawnSync('openssl', ['version']).status === 0;

/** What a stub upstream saw of a request. */
interface Seen {
  readonly port: number;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

let folder: string;
let process: ChildProcess;
let https: number;
const upstreams: Server[] = [];
/** The fleet's hosts, with the port of a stub in place of each of its own. */
let hosts: readonly ProxiedHost[];
const original = hostsBehindProxy();

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => void server.listen(0, address, resolve));
  return (server.address() as AddressInfo).port;
}

async function freePort(): Promise<number> {
  const socket = createSocket();
  await new Promise<void>((resolve) => void socket.listen(0, address, resolve));
  const { port } = socket.address() as AddressInfo;
  await new Promise((resolve) => void socket.close(resolve));
  return port;
}

/** Answers what it was asked, and upgrades who wants to be. */
async function stub(nodePort: number): Promise<number> {
  const answer = (path: string, headers: object) => JSON.stringify({ port: nodePort, path, headers });
  const server = createServer((asked, response) => {
    asked.resume().on('end', () => response.end(answer(asked.url!, asked.headers)));
  });
  server.on('upgrade', (...[, socket]) => socket.end(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nX-Port: ${nodePort}\r\n\r\n`));
  upstreams.push(server);
  return listening(server);
}

beforeAll(async () => {
  if (!installed) return;
  folder = mkdtempSync(join(tmpdir(), 'matrix-fleet-nginx-'));
  const stubs = new Map<number, number>();
  for (const { port } of original.flatMap(({ routes }) => routes)) if (!stubs.has(port!)) stubs.set(port!, await stub(port!));
  hosts = original.map((one) => ({ ...one, routes: one.routes.map((route) => ({ ...route, port: stubs.get(route.port!)! })) }));
  certificate();
  https = await freePort();
  const http = await freePort();
  const text = localised(nginx(hosts, address), http);
  writeFileSync(join(folder, 'nginx.conf'), frame(text));
  process = spawn('nginx', ['-c', join(folder, 'nginx.conf'), '-e', join(folder, 'error.log'), '-g', 'daemon off;'], { stdio: 'ignore' });
  for (let attempt = 0; attempt < 50; attempt++) {
    if (await ask('git.example.org', '/').then(() => true, () => false)) return;
    await new Promise((resolve) => void setTimeout(resolve, 100));
  }
});

afterAll(async () => {
  if (!installed) return;
  const gone = new Promise((resolve) => void process.on('exit', resolve));
  process.kill();
  await gone;
  for (const server of upstreams) server.close();
  rmSync(folder, { recursive: true });
});

/** One certificate for every host, where certbot would have put it. */
function certificate(): void {
  for (const { host } of original) {
    const live = join(folder, 'live', host);
    mkdirSync(live, { recursive: true });
    execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1', '-subj', `/CN=${host}`, '-keyout', join(live, 'privkey.pem'), '-out', join(live, 'fullchain.pem')], { stdio: 'ignore' });
  }
}

/** The same configuration on ports that need no privilege, with the certificates of this test. */
function localised(text: string, http: number): string {
  return text.replaceAll('/etc/letsencrypt/live', join(folder, 'live')).replaceAll(/^ *listen \[::\].*\n/gm, '')
    .replaceAll('listen 443', `listen ${address}:${https}`).replaceAll('listen 80', `listen ${address}:${http}`);
}

function frame(servers: string): string {
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${join(folder, name)};`).join('\n');
  return `pid ${join(folder, 'nginx.pid')};\nerror_log ${join(folder, 'error.log')};\nevents {}\nhttp {\naccess_log off;\n${paths}\n${servers}\n}\n`;
}

interface Answer {
  readonly status: number;
  /** The header that holds a browser to HTTPS. */
  readonly https: string | undefined;
  readonly seen: Seen | undefined;
}

function ask(host: string, path: string, { method = 'GET', body = '', headers = {} }: { readonly method?: string; readonly body?: string; readonly headers?: Record<string, string> } = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: address, port: https, path, method, headers: { host, ...headers }, rejectUnauthorized: false, servername: host }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => void (text += chunk.toString()));
      response.on('end', () => resolve({ status: response.statusCode!, https: response.headers['strict-transport-security'], seen: response.statusCode === 200 ? JSON.parse(text) as Seen : undefined }));
    });
    asked.on('upgrade', (response, socket) => {
      socket.destroy();
      resolve({ status: response.statusCode!, https: response.headers['strict-transport-security'], seen: { port: Number(response.headers['x-port']), path, headers: {} } });
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

describe.skipIf(!installed)('nginx, where it is installed (with openssl)', () => {
  it('accepts the whole configuration', () => {
    const { status, stderr } = spawnSync('nginx', ['-t', '-c', join(folder, 'nginx.conf'), '-e', join(folder, 'error.log')], { encoding: 'utf8' });
    expect(stderr).not.toMatch(/\[(warn|emerg)\]/);
    expect(status).toBe(0);
  });

  it.each([
    ['git.example.org', '/ops/fleet.git/info/refs?service=git-receive-pack', 30080],
    ['argocd.example.org', '/', 30081],
    ['matrix.example.org', '/_matrix/client/versions', 30100],
    ['matrix.example.org', '/_matrix/client/v3/sync?timeout=30000', 30100],
    ['matrix.example.org', '/_matrix/federation/v1/version', 30100],
    ['matrix.example.org', '/_synapse/admin/v1/server_version', 30100],
    ['matrix.example.org', '/_matrix/client/v3/login', 30101],
    ['matrix.example.org', '/_matrix/client/r0/login', 30101],
    ['matrix.example.org', '/_matrix/client/api/v1/login', 30101],
    ['matrix.example.org', '/_matrix/client/unstable/refresh', 30101],
    ['matrix.example.org', '/_matrix/client/v3/logout/all', 30101],
    ['matrix.example.org', '/_matrix/client/v3/login/sso/redirect?redirectUrl=x', 30101],
    ['matrix.example.org', '/_matrix/client/v3/logins', 30100],
    ['matrix.example.org', '/_matrix/client/v1/login/get_token', 30100],
    ['matrix.example.org', '/_matrix/hookshot/webhook/1', 30107],
    ['matrix.example.org', '/_matrix/hookshot/widgetapi/v1/health', 30108],
    ['account.example.org', '/login', 30101],
    ['chat.example.org', '/config.json', 30102],
    ['admin.example.org', '/', 30103],
    ['example.org', '/.well-known/matrix/client', 30104],
    ['example.org', '/', 30104],
    ['mrtc.example.org', '/sfu/get', 30105],
    ['mrtc.example.org', '/get_token', 30105],
    ['mrtc.example.org', '/delegate_delayed_leave', 30105],
    ['mrtc.example.org', '/rtc?access_token=x', 30106],
    ['small.org', '/_matrix/client/v3/login', 30110],
    ['small.org', '/.well-known/matrix/server', 30111],
  ])('%s%s arrives at %i', async (host, path, port) => {
    const { https: header, seen } = await ask(host, path, { headers: { 'x-forwarded-for': '203.0.113.66' } });
    expect(header).toBe('max-age=15552000');
    expect(seen).toMatchObject({ port, path, headers: { host, 'x-forwarded-proto': 'https', 'x-forwarded-for': address } });
  });

  it('passes nothing on that is nobody\'s', async () => {
    expect(await ask('matrix.example.org', '/')).toMatchObject({ status: 404 });
    expect(await ask('small.org', '/anything')).toMatchObject({ status: 404 });
  });

  it('upgrades connections, of calls before all', async () => {
    const headers = { upgrade: 'websocket', connection: 'Upgrade', 'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==', 'sec-websocket-version': '13' };
    expect(await ask('mrtc.example.org', '/rtc?access_token=x', { headers })).toMatchObject({ status: 101, seen: { port: 30106 } });
  });

  it('takes uploads as large as Synapse does, and no larger', async () => {
    const upload = (length: number) => ask('matrix.example.org', '/_matrix/media/v3/upload', { method: 'POST', headers: { 'content-length': String(length), expect: '100-continue' }, body: '' });
    expect(await upload(101 * 1024 * 1024)).toMatchObject({ status: 413 });
    const body = 'x'.repeat(26 * 1024 * 1024);
    expect(await ask('matrix.example.org', '/_matrix/media/v3/upload', { method: 'POST', body })).toMatchObject({ status: 200, seen: { port: 30100 } });
  });

  it('accepts what goes into Advanced of Nginx Proxy Manager, within a server that forwards by its own location', () => {
    const servers = npm(hosts, address).split(/^(?=\S)/m).map((block) => {
      const host = block.slice(0, block.indexOf(' '));
      const advanced = block.slice(block.indexOf('  Advanced\n') + '  Advanced\n'.length);
      return `server {\n listen ${address}:${https};\n server_name ${host};\n location / { proxy_pass http://${address}:1; }\n${advanced}\n}`;
    });
    expect(servers.length).toBe(original.length);
    const file = join(folder, 'npm.conf');
    writeFileSync(file, frame(servers.join('\n')));
    const { status, stderr } = spawnSync('nginx', ['-t', '-c', file, '-e', join(folder, 'error.log')], { encoding: 'utf8' });
    expect(stderr).not.toMatch(/\[(warn|emerg)\]/);
    expect(status).toBe(0);
  });
});

it('holds no browser to HTTPS for a host that is somebody else\'s beside well-known', () => {
  expect(nginx([...original, foreignHost], address).match(/Strict-Transport-Security/g)).toHaveLength(original.length);
  expect(npm([...original, foreignHost], address).match(/^ {4}HSTS Enabled +on\n {4}HSTS Sub-domains +off$/gm)).toHaveLength(original.length);
});

it.skipIf(installed)('nginx and openssl are not installed here: apt-get install nginx-light', () => {
  expect(nginx(original, address)).toContain('proxy_pass');
});
