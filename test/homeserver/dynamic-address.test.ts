import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { valueAt } from '../../lib/checks/path';
import { dynamicAddress } from '../../lib/homeserver/dynamic-address';
import { demo } from './example';

const rtc = { tcp: 30015, udp: 30016, dynamicAddress: true } as const;

describe('the job that watches the address', () => {
  const objects = dynamicAddress(demo({ rtc }));
  const get = (kind: string): any => objects.find((object) => object.kind === kind);

  it('is there only where it is asked for, and where the homeserver runs', () => {
    expect(dynamicAddress(demo())).toEqual([]);
    expect(dynamicAddress(demo({ rtc, state: 'stopped' }))).toEqual([]);
  });

  it('may touch the media server alone', () => {
    expect(get('Role').rules).toEqual([{ apiGroups: ['apps'], resources: ['deployments'], resourceNames: ['matrix-demo-matrix-rtc-sfu'], verbs: ['get', 'patch'] }]);
  });

  it('runs as often as the options say, and as the restricted standard wants', () => {
    expect(get('CronJob').spec.schedule).toBe('*/5 * * * *');
    const often = dynamicAddress(demo({ rtc: { ...rtc, dynamicAddress: { everyMinutes: 2 } } })).find(({ kind }) => kind === 'CronJob');
    expect(often).toHaveProperty('spec.schedule', '*/2 * * * *');
    const pod = get('CronJob').spec.jobTemplate.spec.template.spec;
    expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
    expect(pod.containers[0].securityContext).toEqual({ allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } });
  });

  it('does not make its Application look ill when the connection is down', () => {
    expect(get('CronJob').metadata.annotations).toEqual({ 'argocd.argoproj.io/ignore-healthcheck': 'true' });
  });
});

describe('its script', () => {
  const folder = mkdtempSync(join(tmpdir(), 'address-'));
  const stun = createSocket('udp4');
  let live: any;
  const requests: { method: string; token: string; type: string }[] = [];
  const api = createServer((request, response) => {
    let text = '';
    request.on('data', (piece) => { text += piece; });
    request.on('end', () => {
      requests.push({ method: request.method!, token: request.headers.authorization!, type: request.headers['content-type']! });
      if (live === undefined) return void response.writeHead(404).end('{}');
      if (request.method === 'PATCH') Object.assign(live.spec.template.metadata.annotations ??= {}, JSON.parse(text).spec.template.metadata.annotations);
      response.end(JSON.stringify(live));
    });
  });
  let seen = [203, 0, 113, 7];

  beforeAll(async () => {
    writeFileSync(join(folder, 'watch.mjs'), valueAt(dynamicAddress(demo({ rtc })).find(({ kind }) => kind === 'ConfigMap'), ['data', 'watch.mjs']) as string);
    writeFileSync(join(folder, 'token'), 'TOKEN\n');
    stun.on('message', (request, from) => {
      // An attribute of no interest before the one that counts; its three bytes are padded to four.
      const software = Buffer.from([0x80, 0x22, 0, 3, 97, 98, 99, 0]);
      const address = Buffer.from([0, 0x20, 0, 8, 0, 1, 0, 0, ...seen.map((byte, index) => byte ^ [0x21, 0x12, 0xa4, 0x42][index]!)]);
      const head = Buffer.from([1, 1, 0, software.length + address.length, ...request.subarray(4, 20)]);
      stun.send(Buffer.concat([head, software, address]), from.port, from.address);
    });
    stun.bind(0, '127.0.0.1');
    api.listen(0, '127.0.0.1');
    await Promise.all([once(stun, 'listening'), once(api, 'listening')]);
  });
  afterAll(() => { stun.close(); api.close(); });

  async function run(): Promise<{ status: number; out: string }> {
    requests.length = 0;
    const env = { STUN: `127.0.0.1:${stun.address().port}`, DEPLOYMENT: `http://127.0.0.1:${(api.address() as AddressInfo).port}/d`, TOKEN_FILE: join(folder, 'token') };
    const child = spawn(process.execPath, [join(folder, 'watch.mjs')], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    let out = '';
    child.stdout.on('data', (piece) => { out += piece; });
    const [status] = await once(child, 'close') as [number];
    return { status, out };
  }

  it('waits for a media server that is not there', async () => {
    expect(await run()).toEqual({ status: 0, out: '203.0.113.7; no media server is there yet\n' });
  });

  it('starts it anew when the address is another, and only then', async () => {
    live = { spec: { template: { metadata: {} } } };
    expect((await run()).out).toBe('203.0.113.7 in place of an unknown one: the media server is started anew\n');
    expect(requests[1]).toEqual({ method: 'PATCH', token: 'Bearer TOKEN', type: 'application/strategic-merge-patch+json' });
    expect(live.spec.template.metadata.annotations).toEqual({ 'matrix-fleet/public-address': '203.0.113.7' });
    expect((await run()).out).toBe('203.0.113.7, as before\n');
    expect(requests.map(({ method }) => method)).toEqual(['GET']);
    seen = [198, 51, 100, 250];
    expect((await run()).out).toBe('198.51.100.250 in place of 203.0.113.7: the media server is started anew\n');
  });
});
