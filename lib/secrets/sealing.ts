import { constants, createCipheriv, type KeyObject, publicEncrypt, randomBytes, X509Certificate } from 'node:crypto';

/** A Secret's place. Strict scope: what is sealed for one place opens in no other. */
export interface SecretPlace {
  readonly namespace: string;
  readonly name: string;
}

/** Bytes of the session key, AES-256, and of what AES-GCM adds to a text. */
const sessionKeyLength = 32;
const tagLength = 16;

/**
 * Seals one value for one place, as the SealedSecrets controller opens it (its pkg/crypto): a fresh session key encrypts the value by
 * AES-256-GCM under a nonce of zeros, and RSA-OAEP (SHA-256, the place as label) encrypts that key. Two calls never give the same text.
 * @returns base64 of: length of the sealed key, 2 bytes big-endian; the sealed key; the sealed value
 */
export function seal(value: Uint8Array, { namespace, name }: SecretPlace, key: KeyObject): string {
  const sessionKey = randomBytes(sessionKeyLength);
  const sealedKey = publicEncrypt(
    { key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256', oaepLabel: Buffer.from(`${namespace}/${name}`) }, sessionKey);
  // A key is used once, so the nonce need not differ.
  const cipher = createCipheriv('aes-256-gcm', sessionKey, Buffer.alloc(12));
  const length = Buffer.alloc(2);
  length.writeUInt16BE(sealedKey.length);
  return Buffer.concat([length, sealedKey, cipher.update(value), cipher.final(), cipher.getAuthTag()]).toString('base64');
}

/** Whether a text is built as a sealed value is. What it holds, and whether it opens, only the controller can tell. */
export function isSealed(text: unknown): boolean {
  if (typeof text !== 'string' || !/^(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)) return false;
  const bytes = Buffer.from(text, 'base64');
  const length = bytes.readUInt16BE();
  return length >= 256 && length % 8 === 0 && bytes.length >= 2 + length + tagLength;
}

/**
 * The public key of the controller's certificate, in PEM.
 * @throws Error - it is no certificate, or one of another key than RSA's
 */
export function sealingKey(certificate: string | Uint8Array): KeyObject {
  const key = new X509Certificate(certificate).publicKey;
  if (key.asymmetricKeyType !== 'rsa') throw new Error(`its key is ${key.asymmetricKeyType}, not RSA`);
  return key;
}
