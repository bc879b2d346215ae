import { createPrivateKey } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { withoutTools } from '../bootstrap/cluster';
import { unseal } from '../secrets/unseal';
import { FleetFolder } from './fleet-folder';

let fleet: FleetFolder;
let outside: string;
let keyFile: string;
beforeEach(() => {
  fleet = new FleetFolder();
  for (const name of ['roglog', 't0rt1k', 'uretra']) fleet.delete(`instances/${name}.ts`);
  fleet.write('instances/demo.ts', "import { homeserver } from '../lib';\nexport default homeserver({ name: 'demo', serverName: 'example.org', rtc: false, mas: false, secrets: 'sealed', origin: { restoredFrom: 'matrix-chart' } });\n");
  fleet.edit('main.ts', { '  platform: {': '  platform: {\n    sealedSecrets: {},' });
  outside = mkdtempSync(join(tmpdir(), 'outside-'));
  keyFile = join(outside, 'key.yaml');
});
afterEach(() => {
  fleet.remove();
  rmSync(outside, { recursive: true });
});

const read = (file: string) => readFileSync(join(fleet.path, file), 'utf8');
const values = (file: string) => (parse(read(file)) as { spec: { encryptedData: Record<string, string> } }).spec.encryptedData;
const privateKey = () => createPrivateKey(Buffer.from((parse(readFileSync(keyFile, 'utf8')) as { data: Record<string, string> }).data['tls.key']!, 'base64'));
const role = { namespace: 'cnpg', name: 'synapse-demo' };
const copy = { namespace: 'matrix-demo', name: 'matrix-demo-databases' };
const keys = { namespace: 'matrix-demo', name: 'matrix-demo-generated' };
const given = { MATRIX_DEMO_SYNAPSE_SIGNING_KEY: `ed25519 a_AbCd ${'A'.repeat(43)}`, MATRIX_DEMO_SYNAPSE_MACAROON: 'hunter2' };

describe.skipIf(withoutTools)('seal, where openssl is', () => {
  it('makes a key pair before there is a cluster, and everything of a homeserver but what only the admin has', () => {
    const { status, stdout } = fleet.run(['seal', '--new-key-pair', keyFile]);
    expect(status).toBe(1);
    expect(statSync(keyFile).mode & 0o777).toBe(0o600);
    expect(parse(readFileSync(keyFile, 'utf8'))).toMatchObject({
      kind: 'Secret',
      type: 'kubernetes.io/tls',
      metadata: { namespace: 'kube-system', labels: { 'sealedsecrets.bitnami.com/sealed-secrets-key': 'active' } },
    });
    const password = unseal(values('sealed/cnpg/synapse-demo.yaml')['password']!, role, privateKey()).toString();
    expect(password).toMatch(/^[A-Za-z0-9]{32}$/);
    expect(unseal(values('sealed/matrix-demo/matrix-demo-databases.yaml')['synapse']!, copy, privateKey()).toString()).toBe(password);
    expect(stdout).toContain('  MATRIX_DEMO_SYNAPSE_SIGNING_KEY ');
    expect(stdout).not.toContain(password);

    // What waits is left out whole, and synth seals nothing anew.
    const first = fleet.run(['synth']);
    expect(first).toMatchObject({ status: 0 });
    expect(first.stderr).toContain('[secret-not-sealed]');
    const files = [...fleet.dist().keys()].filter((file) => file.includes('sealedsecret'));
    expect(files).toEqual([
      'manifests/matrix-demo-passwords/cnpg-sealedsecret-synapse-demo.yaml',
      'manifests/matrix-demo-secrets/matrix-demo-sealedsecret-matrix-demo-databases.yaml',
    ]);
    expect(fleet.run(['synth', '--check']).status).toBe(0);
  });

  it('takes what only the admin has from the environment, keeps what is sealed, and renews what it is told to', () => {
    fleet.run(['seal', '--new-key-pair', keyFile]);
    const before = read('sealed/cnpg/synapse-demo.yaml');
    expect(fleet.run(['seal', 'demo'], given)).toMatchObject({ status: 0, stderr: '' });
    expect(read('sealed/cnpg/synapse-demo.yaml')).toBe(before);
    const { SYNAPSE_SIGNING_KEY, SYNAPSE_MACAROON } = values('sealed/matrix-demo/matrix-demo-generated.yaml');
    expect(unseal(SYNAPSE_MACAROON!, keys, privateKey()).toString()).toBe('hunter2');
    expect(unseal(SYNAPSE_SIGNING_KEY!, keys, privateKey()).toString()).toBe(`${given.MATRIX_DEMO_SYNAPSE_SIGNING_KEY}\n`);
    expect(fleet.run(['synth'])).toMatchObject({ status: 0, stderr: '' });

    expect(fleet.run(['seal', '--renew', 'cnpg/synapse-demo/password']).stdout).toContain('sealed  cnpg/synapse-demo/password\nsealed  matrix-demo/matrix-demo-databases/synapse\n2 sealed, ');
    expect(read('sealed/cnpg/synapse-demo.yaml')).not.toBe(before);
    const renewed = ['sealed/cnpg/synapse-demo.yaml', 'sealed/matrix-demo/matrix-demo-databases.yaml'] as const;
    expect(unseal(values(renewed[1])['synapse']!, copy, privateKey())).toEqual(unseal(values(renewed[0])['password']!, role, privateKey()));
  });

  it('never lets the private key near git, and overwrites nothing', () => {
    mkdirSync(join(outside, '.git'));
    const refused = fleet.run(['seal', '--new-key-pair', keyFile]);
    expect(refused).toMatchObject({ status: 2, stdout: '' });
    expect(refused.stderr).toContain('which the private key must never be in');
    expect([existsSync(keyFile), existsSync(join(fleet.path, 'sealed'))]).toEqual([false, false]);
    rmSync(join(outside, '.git'), { recursive: true });
    fleet.run(['seal', '--new-key-pair', keyFile]);
    expect(fleet.run(['seal', '--new-key-pair', join(outside, 'other.yaml')]).stderr).toContain('sealed/certificate.pem is there already');
  });
});

describe('seal', () => {
  it('says where a certificate comes from', () => {
    const { status, stderr } = fleet.run(['seal']);
    expect(status).toBe(2);
    expect(stderr).toContain('sealed-secrets-controller');
    expect(stderr).toContain('--new-key-pair FILE');
    fleet.write('cert.pem', 'hello');
    expect(fleet.run(['seal', '--cert', join(fleet.path, 'cert.pem')]).stderr).toContain('is no certificate to seal with');
  });

  it('knows its homeservers', () => {
    expect(fleet.run(['seal', 'dmeo']).stderr).toBe('matrix-fleet: there is no homeserver dmeo; did you mean demo?\n');
    expect(fleet.run(['seal', 'platform'])).toMatchObject({ status: 0, stdout: "No Secret of platform goes the sealed way: secrets: 'sealed' in main.ts, or in the file of a homeserver, says that it does.\n" });
  });
});
