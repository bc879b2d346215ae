import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { isSealed, seal } from '../../lib/secrets/sealing';
import { unseal } from './unseal';

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 4096 });
const place = { namespace: 'cnpg', name: 'synapse-demo' };

describe('a sealed value', () => {
  it.each([['a password', 'x'.repeat(32)], ['nothing', ''], ['bytes', Buffer.from([0, 255, 10, 0])], ['a long text', 'é\n'.repeat(5000)]])('gives %s back to who has the private key', (_, value) => {
    const bytes = Buffer.from(value);
    expect(unseal(seal(bytes, place, publicKey), place, privateKey)).toEqual(bytes);
  });

  it('opens in no other place, and with no other key', () => {
    const sealed = seal(Buffer.from('secret'), place, publicKey);
    expect(() => unseal(sealed, { ...place, name: 'mas-demo' }, privateKey)).toThrow('oaep');
    expect(() => unseal(sealed, { ...place, namespace: 'matrix-demo' }, privateKey)).toThrow('oaep');
    const other = generateKeyPairSync('rsa', { modulusLength: 4096 }).privateKey;
    expect(() => unseal(sealed, place, other)).toThrow(/oaep|too large for modulus/); // the latter where the other key's modulus is below the sealed number
  });

  it('is another text each time', () => {
    expect(seal(Buffer.from('secret'), place, publicKey)).not.toBe(seal(Buffer.from('secret'), place, publicKey));
  });

  it('is told from what anybody can read', () => {
    const sealed = seal(Buffer.from('secret'), place, publicKey);
    expect(sealed).toMatch(/^Ag[A-D]/);
    expect(isSealed(sealed)).toBe(true);
    const key = privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64');
    for (const readable of ['', 'hello', 'aGVsbG8=', key, Buffer.from('-----BEGIN').toString('base64').repeat(99), sealed.slice(0, 400), 7, undefined]) expect(isSealed(readable), String(readable)).toBe(false);
  });
});
