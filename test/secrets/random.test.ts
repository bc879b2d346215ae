import { createPrivateKey } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { randomValue } from '../../lib/secrets/random';
import type { RandomKind } from '../../lib/secrets/secret';

const text = (kind: RandomKind) => Buffer.from(randomValue(kind)).toString();

describe('a value at random', () => {
  it.each<[RandomKind, RegExp]>([
    ['password', /^[A-Za-z0-9]{32}$/],
    ['hex64', /^[0-9a-f]{64}$/],
    ['base64url32', /^[-_A-Za-z0-9]{43}$/],
    ['gitea-internal-token', /^[\w-]+\.[\w-]+\.[\w-]{43}$/],
  ])('of kind %s is a text of its form, and never the same', (kind, form) => {
    expect(text(kind)).toMatch(form);
    expect(text(kind)).not.toBe(text(kind));
  });

  it('is a key that can be used', () => {
    expect(createPrivateKey(text('rsa-pem')).asymmetricKeyDetails).toMatchObject({ modulusLength: 4096 });
    const der = (kind: RandomKind) => createPrivateKey({ key: Buffer.from(randomValue(kind)), format: 'der', type: 'pkcs8' });
    expect(der('rsa-der').asymmetricKeyDetails).toMatchObject({ modulusLength: 4096 });
    expect(der('ecdsa-der').asymmetricKeyDetails).toMatchObject({ namedCurve: 'prime256v1' });
  });

  it('is a registration of Hookshot with two tokens', () => {
    const registration = parse(text('hookshot-registration http://hookshot:9993')) as Record<string, string>;
    expect(registration).toMatchObject({ id: 'hookshot', url: 'http://hookshot:9993', sender_localpart: 'hookshot', rate_limited: false });
    expect(registration['as_token']).toMatch(/^\w{32}$/);
    expect(registration['as_token']).not.toBe(registration['hs_token']);
  });
});
