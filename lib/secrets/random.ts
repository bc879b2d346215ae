import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type { RandomKind } from './secret';

type Name<Kind> = Kind extends `${infer Head} ${string}` ? Head : Kind;

/** A value at random, the same in kind as `bootstrap/secrets.sh` makes in the cluster. */
export function randomValue(kind: RandomKind): Uint8Array {
  const [name, argument = ''] = kind.split(' ') as [Name<RandomKind>, string?];
  return Buffer.from(makers[name](argument));
}

const makers: Readonly<Record<Name<RandomKind>, (argument: string) => string | Uint8Array>> = {
  password: () => alphanumeric(),
  hex64: () => randomBytes(32).toString('hex'),
  'rsa-pem': () => rsa().export({ type: 'pkcs8', format: 'pem' }),
  'rsa-der': () => rsa().export({ type: 'pkcs8', format: 'der' }),
  'ecdsa-der': () => generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey.export({ type: 'pkcs8', format: 'der' }),
  'gitea-internal-token': () => `eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJuYmYiOjB9.${randomBytes(32).toString('base64url')}`,
  base64url32: () => randomBytes(32).toString('base64url'),
  'hookshot-registration': (url) => [
    'id: hookshot', `url: "${url}"`, `as_token: "${alphanumeric()}"`, `hs_token: "${alphanumeric()}"`,
    'sender_localpart: hookshot', 'namespaces: {}', 'rate_limited: false', 'receive_ephemeral: true', '',
  ].join('\n'),
};

const rsa = () => generateKeyPairSync('rsa', { modulusLength: 4096 }).privateKey;

/** 32 of the 64 characters of 48 bytes, + and / left out. */
function alphanumeric(): string {
  const text = randomBytes(48).toString('base64').replaceAll(/[+/]/g, '');
  return text.length < 32 ? alphanumeric() : text.slice(0, 32);
}
