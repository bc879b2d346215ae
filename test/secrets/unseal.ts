import { constants, createDecipheriv, type KeyObject, privateDecrypt } from 'node:crypto';
import type { SecretPlace } from '../../lib/secrets/sealing';

/** As the controller opens it: see the wire format in sealing.ts. */
export function unseal(sealed: string, { namespace, name }: SecretPlace, key: KeyObject): Buffer {
  const blob = Buffer.from(sealed, 'base64');
  const length = blob.readUInt16BE();
  const sessionKey = privateDecrypt(
    { key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256', oaepLabel: Buffer.from(`${namespace}/${name}`) }, blob.subarray(2, 2 + length));
  const text = blob.subarray(2 + length);
  const decipher = createDecipheriv('aes-256-gcm', sessionKey, Buffer.alloc(12)).setAuthTag(text.subarray(-16));
  return Buffer.concat([decipher.update(text.subarray(0, -16)), decipher.final()]);
}
