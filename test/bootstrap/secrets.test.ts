import { createPrivateKey, randomBytes } from 'node:crypto';
import { chmodSync } from 'node:fs';
import { delimiter } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { secretsScript } from '../../lib/bootstrap/secrets';
import { listFile } from '../../lib/secrets/list';
import type { RandomKind, SecretKey, SecretSpec } from '../../lib/secrets/secret';
import { Cluster, withoutTools } from './cluster';

const role: SecretSpec = {
  namespace: 'cnpg',
  name: 'role',
  type: 'kubernetes.io/basic-auth',
  labels: { 'cnpg.io/reload': 'true' },
  keys: [{ key: 'username', literal: 'synapse_demo' }, { key: 'password', random: 'password' }],
};
const copy: SecretSpec = {
  namespace: 'demo',
  name: 'postgres',
  keys: [{ key: 'synapse', copyOf: { namespace: 'cnpg', name: 'role', key: 'password' } }],
};
const restored: SecretSpec = {
  namespace: 'demo',
  name: 'keys',
  keys: [
    { key: 'SIGNING', supplied: 'DEMO_SIGNING', what: 'the signing key', format: 'signing-key' },
    { key: 'RSA', supplied: 'DEMO_RSA', what: 'the RSA key', format: 'bytes' },
    { key: 'MACAROON', random: 'password' },
  ],
};
const signingKey = `ed25519 a_AbCd ${'A'.repeat(43)}`;

describe.skipIf(withoutTools)('secrets.sh, where bash and openssl are', () => {
  let cluster: Cluster;
  const list = (name: string, specs: readonly SecretSpec[]) => cluster.file(`bootstrap/secrets/${name}.list`, listFile(specs));
  const run = (env: Record<string, string> = {}, ...args: string[]) => cluster.run('bootstrap/secrets.sh', args, env);

  beforeEach(() => {
    cluster = new Cluster();
    cluster.file('bootstrap/secrets.sh', secretsScript);
    list('platform', []);
  });
  afterEach(() => cluster.remove());

  test('makes what is missing, with both copies of a password from one value, and nothing the second time', () => {
    list('demo', [role, copy]);
    const first = run();
    expect(first).toMatchObject({ status: 0, stderr: '' });
    expect(first.lines).toEqual(['made cnpg/role', 'made demo/postgres', '2 made, 0 completed, 0 kept, 0 waiting, 0 wrong', '']);
    expect(cluster.secret('cnpg/role')).toMatchObject({ type: role.type, metadata: { labels: role.labels } });
    expect(cluster.value('cnpg/role/username').toString()).toBe('synapse_demo');
    expect(cluster.value('demo/postgres/synapse')).toEqual(cluster.value('cnpg/role/password'));

    const before = [cluster.secret('cnpg/role'), cluster.secret('demo/postgres')];
    expect(run().lines).toEqual(['kept cnpg/role', 'kept demo/postgres', '0 made, 0 completed, 2 kept, 0 waiting, 0 wrong', '']);
    expect([cluster.secret('cnpg/role'), cluster.secret('demo/postgres')]).toEqual(before);
  });

  test('leaves no value in an argument, in the environment of another process, or on the disk', () => {
    list('demo', [role, copy, restored]);
    const { status, left } = run({ DEMO_SIGNING: signingKey, DEMO_RSA: 'the-rsa-key' });
    expect({ status, left }).toEqual({ status: 0, left: [] });
    const given = [signingKey, 'the-rsa-key'].map((text) => Buffer.from(text));
    for (const value of [cluster.value('cnpg/role/password'), cluster.value('demo/keys/MACAROON'), ...given]) {
      expect(cluster.log('calls')).not.toContain(value.toString());
      expect(cluster.log('calls')).not.toContain(value.toString('base64'));
    }
  });

  test('adds a missing key to a Secret, and touches none of its others', () => {
    list('demo', [role, copy]);
    cluster.put('cnpg/role', { username: 'synapse_demo', own: 'x' }, 'kubernetes.io/basic-auth');
    expect(run().lines[0]).toBe('completed cnpg/role: password');
    expect(cluster.value('cnpg/role/own').toString()).toBe('x');
    expect(cluster.value('demo/postgres/synapse')).toEqual(cluster.value('cnpg/role/password'));
  });

  test('overwrites no key that somebody else made in between', () => {
    list('platform', [role]);
    cluster.put('cnpg/role', { username: 'synapse_demo' }, 'kubernetes.io/basic-auth');
    const { status, stderr, lines } = run({ FAKE_RIVAL: 'role', FAKE_RIVAL_KEY: 'password' });
    expect({ status, stderr, line: lines[0] }).toEqual({ status: 1, stderr: 'Conflict\n', line: 'wrong cnpg/role: kubectl failed' });
    expect(cluster.value('cnpg/role/password').toString()).toBe('rival');
  });

  test('heals a lost half from the other one', () => {
    list('demo', [role, copy]);
    cluster.put('demo/postgres', { synapse: 'the one that PostgreSQL knows' });
    expect(run().lines.slice(0, 2)).toEqual(['made cnpg/role', 'kept demo/postgres']);
    expect(cluster.value('cnpg/role/password').toString()).toBe('the one that PostgreSQL knows');
    cluster.delete('demo/postgres');
    expect(run().lines.slice(0, 2)).toEqual(['kept cnpg/role', 'made demo/postgres']);
    expect(cluster.value('demo/postgres/synapse').toString()).toBe('the one that PostgreSQL knows');
  });

  test('asks for no value whose copy is still there', () => {
    const source: SecretSpec = { namespace: 's3', name: 's3', keys: [{ key: 'id', supplied: 'S3_ID', what: 'the key' }] };
    const copied: SecretSpec = { namespace: 'loki', name: 's3', keys: [{ key: 'id', copyOf: { namespace: 's3', name: 's3', key: 'id' } }] };
    list('platform', [source, copied]);
    cluster.put('loki/s3', { id: 'YCAJE' });
    expect(run().lines.slice(0, 2)).toEqual(['made s3/s3', 'kept loki/s3']);
    expect(cluster.value('s3/s3/id').toString()).toBe('YCAJE');
  });

  test('reports what is not as it must be, and leaves it as it is', () => {
    list('demo', [role, copy, restored]);
    cluster.put('cnpg/role', { username: 'other', password: 'a' }, 'kubernetes.io/basic-auth');
    cluster.put('demo/postgres', { synapse: 'b' });
    cluster.put('demo/keys', {}, 'kubernetes.io/tls');
    expect(run()).toMatchObject({
      status: 1,
      lines: [
        'wrong demo/keys: its type is kubernetes.io/tls, not Opaque, and cannot be changed',
        'wrong cnpg/role: username is not literal synapse_demo; left as it is',
        'kept cnpg/role',
        'wrong demo/postgres: synapse is not copy cnpg/role/password; left as it is',
        'kept demo/postgres',
        '0 made, 0 completed, 2 kept, 0 waiting, 3 wrong',
        '',
      ],
    });
    expect(cluster.value('demo/postgres/synapse').toString()).toBe('b');
    expect(cluster.secret('demo/keys')?.data).toEqual({});
  });

  test('takes what only the admin has byte for byte, from variables and files', () => {
    list('platform', [restored, { namespace: 's3', name: 's3', keys: [{ key: 'id', supplied: 'S3_ID', what: 'the key' }] }]);
    const rsa = randomBytes(3000);
    rsa[0] = 0;
    rsa[2999] = 10;
    const env = {
      DEMO_RSA_FILE: cluster.file('rsa.der', rsa),
      DEMO_SIGNING_FILE: cluster.file('signing.key', `${signingKey}\n`),
      S3_ID_FILE: cluster.file('id', 'YCAJE\n'),
    };
    expect(run(env).status).toBe(0);
    expect(cluster.value('demo/keys/RSA')).toEqual(rsa);
    expect(cluster.value('demo/keys/SIGNING').toString()).toBe(`${signingKey}\n`);
    expect(cluster.value('s3/s3/id').toString()).toBe('YCAJE');
  });

  test('names what is missing, makes everything else, and never half a Secret nor a copy of what waits', () => {
    const copyOf = { namespace: 'demo', name: 'keys', key: 'MACAROON' };
    const copied = { namespace: 'demo', name: 'copied', keys: [{ key: 'a', copyOf }] };
    list('demo', [restored, copied, role]);
    expect(run({ DEMO_SIGNING: signingKey })).toMatchObject({
      status: 3,
      lines: [
        'waits demo/keys for',
        ' DEMO_RSA: the RSA key',
        'waits demo/copied for',
        ' secret demo/keys',
        'made cnpg/role',
        '1 made, 0 completed, 0 kept, 2 waiting, 0 wrong',
        'Set what is waited for: VARIABLE=value, or VARIABLE_FILE=path of a file. Then run this again.',
        '',
      ],
    });
    expect(cluster.secret('demo/keys')).toBeUndefined();
    const second = run({ DEMO_SIGNING: signingKey, DEMO_RSA: 'x' });
    expect(second.status).toBe(0);
    expect(second.lines.slice(0, 3)).toEqual(['made demo/keys', 'made demo/copied', 'kept cnpg/role']);
    expect(run().status).toBe(0);
  });

  test.each([
    ['signing-key', 'ed25519 0 AAAA', 'a key that begins with "ed25519 0" is a weak one (CVE-2026-24044); sign with a new one'],
    ['signing-key', 'ed25519 a_AbCd', 'a line of it is not "ed25519 VERSION BASE64"'],
    ['signing-key', `${signingKey}\nx`, 'a line of it is not "ed25519 VERSION BASE64"'],
    ['hex64', 'abc', 'it is not 64 hexadecimal digits'],
    ['database-password', 'ab$1cdefg', 'it is not a letter followed by 7 or more letters, digits, _ and -, which is all that Synapse gets through unharmed'],
    ['text', 'a\nb', 'it is more than one line, or has control characters'],
  ] as const)('refuses a %s that is %j', (format, value, why) => {
    list('platform', [{ namespace: 'a', name: 'b', keys: [{ key: 'c', supplied: 'VALUE', what: 'it', format, optional: true }] }]);
    expect(run({ VALUE: value })).toMatchObject({ status: 3, lines: expect.arrayContaining(['waits a/b for', ` VALUE: ${why}`]) });
    expect(cluster.secret('a/b')).toBeUndefined();
  });

  test('refuses a file that says nothing or is not there, and a value that is given twice', () => {
    const keys: SecretKey[] = ['NONE', 'BLANK', 'TWICE'].map((name) => ({ key: name, supplied: name, what: 'it' }));
    list('platform', [{ namespace: 'a', name: 'b', keys: [...keys, { key: 'EMPTY', supplied: 'EMPTY', what: 'it', format: 'bytes' }] }]);
    const empty = cluster.file('empty', '');
    const { lines } = run({ NONE_FILE: '/nowhere', EMPTY_FILE: empty, BLANK_FILE: empty, TWICE: 'x', TWICE_FILE: empty });
    expect(lines.slice(0, 5)).toEqual([
      'waits a/b for',
      ' NONE_FILE: cannot read /nowhere',
      ' BLANK: it is empty',
      ' TWICE: it and TWICE_FILE are both set',
      ` EMPTY_FILE: ${empty} is empty`,
    ]);
  });

  test('makes a Secret without its optional keys, none if it has no others, and adds them when they are given', () => {
    const optional = { key: 'user', supplied: 'SMTP_USER', what: 'the user', optional: true };
    list('platform', [
      { namespace: 'a', name: 'some', keys: [optional, { key: 'made', random: 'password' }] },
      { namespace: 'a', name: 'none', keys: [optional] },
    ]);
    expect(run().lines).toEqual(['made a/some', 'optional a/none', '1 made, 0 completed, 0 kept, 0 waiting, 0 wrong', '']);
    expect(Object.keys(cluster.secret('a/some')!.data)).toEqual(['made']);
    expect(run({ SMTP_USER: 'me' }).lines.slice(0, 2)).toEqual(['completed a/some: user', 'made a/none']);
  });

  test('makes every kind of random value in its form', () => {
    const kinds: readonly RandomKind[] = [
      'password', 'hex64', 'base64url32', 'gitea-internal-token', 'rsa-pem', 'rsa-der', 'ecdsa-der',
      'hookshot-registration http://h.m.svc:9993',
    ];
    list('platform', [{ namespace: 'a', name: 'b', keys: kinds.map((random) => ({ key: random.split(' ')[0]!, random })) }]);
    expect(run().status).toBe(0);
    const text = (key: string) => cluster.value(`a/b/${key}`).toString();
    expect(text('password')).toMatch(/^[A-Za-z0-9]{32}$/);
    expect(text('hex64')).toMatch(/^[0-9a-f]{64}$/);
    expect(text('base64url32')).toMatch(/^[-_A-Za-z0-9]{43}$/);
    const [header, claims, signature] = text('gitea-internal-token').split('.').map((part) => Buffer.from(part, 'base64url'));
    expect(JSON.parse(header!.toString())).toEqual({ alg: 'HS256', typ: 'JWT' });
    expect(JSON.parse(claims!.toString())).toEqual({ nbf: 0 });
    expect(signature).toHaveLength(32);
    const rsa = { asymmetricKeyType: 'rsa', asymmetricKeyDetails: { modulusLength: 4096 } };
    expect(createPrivateKey(text('rsa-pem'))).toMatchObject(rsa);
    expect(createPrivateKey({ key: cluster.value('a/b/rsa-der'), format: 'der', type: 'pkcs8' })).toMatchObject(rsa);
    expect(createPrivateKey({ key: cluster.value('a/b/ecdsa-der'), format: 'der', type: 'pkcs8' }))
      .toMatchObject({ asymmetricKeyType: 'ec', asymmetricKeyDetails: { namedCurve: 'prime256v1' } });
    const registration = parse(text('hookshot-registration')) as Record<string, unknown>;
    expect(registration).toEqual({
      id: 'hookshot',
      url: 'http://h.m.svc:9993',
      as_token: expect.stringMatching(/^[A-Za-z0-9]{32}$/),
      hs_token: expect.stringMatching(/^[A-Za-z0-9]{32}$/),
      sender_localpart: 'hookshot',
      namespaces: {},
      rate_limited: false,
      receive_ephemeral: true,
    });
    expect(registration['as_token']).not.toBe(registration['hs_token']);
  });

  test('says what it would do, and does nothing, with --dry-run', () => {
    list('demo', [role, copy, restored]);
    cluster.put('cnpg/role', { username: 'synapse_demo' }, 'kubernetes.io/basic-auth');
    const { status, lines } = run({ DEMO_RSA: 'x' }, '--dry-run');
    expect(status).toBe(3);
    expect(lines.slice(0, 5)).toEqual([
      'incomplete cnpg/role: password',
      'missing demo/postgres',
      'waits demo/keys for',
      ' DEMO_SIGNING: the signing key',
      '1 missing, 1 incomplete, 0 kept, 1 waiting, 0 wrong',
    ]);
    expect(cluster.log('calls')).not.toMatch(/"args":\["(create|patch)"/);
  });

  test('reads the platform first, and with --only one list beside it', () => {
    const copyOf = { namespace: 'p', name: 's', key: 'k' };
    list('platform', [{ namespace: 'p', name: 's', keys: [{ key: 'k', random: 'hex64' }] }]);
    for (const namespace of ['a', 'z']) list(namespace, [{ namespace, name: 's', keys: [{ key: 'k', copyOf }] }]);
    expect(run({}, '--only', 'z').lines.slice(0, 2)).toEqual(['made p/s', 'made z/s']);
    expect(run().lines.slice(0, 3)).toEqual(['kept p/s', 'made a/s', 'kept z/s']);
    expect(run({}, '--only', 'nobody')).toMatchObject({ status: 2, stderr: expect.stringMatching(/cannot read .*\/nobody\.list/) });
    expect(run({}, '--only')).toMatchObject({ status: 2, stderr: 'secrets.sh: --only needs a value (see --help)\n' });
  });

  test('asks the context that it is told to', () => {
    list('platform', [role]);
    run({}, '--context', 'other');
    expect(cluster.log('calls')).not.toMatch(/"args":\["(?!--context=other")/);
    expect(cluster.secret('cnpg/role')).toBeDefined();
  });

  test('makes nothing when a list is wrong, and names every mistake with its file and line', () => {
    cluster.file('bootstrap/secrets/bad.list', [
      'key early random password',
      'sekret a/b Opaque',
      'secret a Opaque',
      'secret a/b Opaqe',
      'secret a/b Opaque x',
      'label two words here',
      'key a random pasword',
      'key b random password x',
      'key b literal',
      'key c copy a/b/z',
      'key d supplied lower text required it',
      'key e supplied E txt requird',
      'key f invented',
      'key g random hookshot-registration nowhere',
    ].join('\n'));
    const { status, stderr, stdout } = run();
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr.split('\n').map((line) => line.replace(/^.*\/bad\.list/, 'bad'))).toEqual([
      'bad:1: a key before the first secret',
      'bad:2: unknown word sekret; known are secret, label, key',
      'bad:3: a is not NAMESPACE/NAME',
      'bad:4: unknown type Opaqe; known are Opaque, kubernetes.io/basic-auth, kubernetes.io/dockerconfigjson',
      'bad:5: unexpected x',
      'bad:5: secret a/b is there twice',
      'bad:6: not a label: two words here',
      "bad:7: unknown kind of random value 'pasword'",
      'bad:8: unexpected x',
      'bad:9: key b is there twice',
      'bad:9: a literal needs its value',
      'bad:10: no earlier key a/b/z to copy from',
      "bad:11: 'lower' is not a variable's name",
      "bad:12: unknown format 'txt'",
      "bad:12: required or optional, not 'requird'",
      'bad:12: say what it is',
      "bad:13: unknown word 'invented'; known are literal, random, copy, supplied",
      "bad:14: hookshot-registration needs a URL, not 'nowhere'",
      'secrets.sh: nothing was made',
      '',
    ]);
    expect(cluster.log('calls')).toBe('');
  });

  test('writes nothing that openssl did not give it', () => {
    list('platform', [role, { namespace: 'a', name: 'b', keys: [{ key: 'c', supplied: 'GIVEN', what: 'it' }] }]);
    chmodSync(cluster.file('bin/openssl', '#!/bin/sh\nexit 1\n'), 0o755);
    const { status, lines } = run({ GIVEN: 'x', PATH: [`${cluster.dist}/bin`, cluster.path].join(delimiter) });
    expect({ status, waits: lines.filter((line) => line === ' openssl, which failed').length }).toEqual({ status: 1, waits: 2 });
    expect(cluster.log('calls')).not.toMatch(/"args":\["(create|patch)"/);
  });

  test('stops when the cluster is away, or an argument is unknown', () => {
    expect(run({}, '--dry')).toMatchObject({ status: 2, stderr: 'secrets.sh: unknown argument --dry (see --help)\n' });
    expect(run({}, '--help')).toMatchObject({ status: 0, stdout: expect.stringContaining('exit status: 0 all is there') });
    cluster.mark('down');
    expect(run()).toMatchObject({ status: 1, stderr: expect.stringContaining('the cluster cannot be reached') });
  });
});
