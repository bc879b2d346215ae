import { createPrivateKey } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { needsBase64, recipe } from '../../lib/secrets/entry';
import type { RandomKind } from '../../lib/secrets/secret';
import { withoutTools } from '../bootstrap/cluster';

const run = (kind: RandomKind) => spawnSync('bash', ['-c', `set -o pipefail; ${recipe(kind)} 2>/dev/null`], { encoding: 'utf8' }).stdout;

describe.skipIf(withoutTools)('the command for a value at random, where bash and openssl are', () => {
  it.each<[RandomKind, RegExp]>([
    ['password', /^[A-Za-z0-9]{32}\n$/],
    ['hex64', /^[0-9a-f]{64}\n$/],
    ['base64url32', /^[-_A-Za-z0-9]{43}\n$/],
  ])('%s', (kind, form) => expect(run(kind)).toMatch(form));

  it('makes keys, in base64 where a store could not hold them otherwise', () => {
    const kind = 'ecdsa-der';
    expect(needsBase64({ key: 'x', random: kind })).toBe(true);
    expect(createPrivateKey({ key: Buffer.from(run(kind), 'base64'), format: 'der', type: 'pkcs8' }).asymmetricKeyDetails).toMatchObject({ namedCurve: 'prime256v1' });
    expect(createPrivateKey(run('rsa-pem')).asymmetricKeyDetails).toMatchObject({ modulusLength: 4096 });
  });

  it('makes a registration of Hookshot', () => {
    const registration = parse(run('hookshot-registration http://hookshot:9993')) as Record<string, string>;
    expect(registration).toMatchObject({ id: 'hookshot', url: 'http://hookshot:9993', namespaces: {} });
    expect(registration['as_token']).toMatch(/^\w{32}$/);
    expect(registration['as_token']).not.toBe(registration['hs_token']);
  });
});
