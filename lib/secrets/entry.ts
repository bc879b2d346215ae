import type { RandomKind, SecretKey } from './secret';

/** Whether a store, which holds text, has the value in base64. */
export function needsBase64(key: SecretKey): boolean {
  return ('supplied' in key && key.format === 'bytes') || ('random' in key && key.random.endsWith('-der'));
}

/** A command that prints a value at random, as it goes into a store. */
export function recipe(kind: RandomKind): string {
  const rsa = 'openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:4096';
  const der = 'openssl pkcs8 -topk8 -nocrypt -outform DER | openssl base64 -A';
  const password = "openssl rand -base64 48 | tr -d '+/' | cut -c -32";
  switch (kind) {
    case 'password': return password;
    case 'hex64': return 'openssl rand -hex 32';
    case 'rsa-pem': return rsa;
    case 'rsa-der': return `${rsa} | ${der}`;
    case 'ecdsa-der': return `openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:prime256v1 -pkeyopt ec_param_enc:named_curve | ${der}`;
    case 'gitea-internal-token': return 'gitea generate secret INTERNAL_TOKEN';
    case 'base64url32': return "openssl rand -base64 32 | tr '+/' '-_' | tr -d =";
    default: {
      const token = `"$(${password})"`;
      const lines = ['id: hookshot', `url: ${kind.slice(kind.indexOf(' ') + 1)}`, 'as_token: %s', 'hs_token: %s', 'sender_localpart: hookshot', 'namespaces: {}', 'rate_limited: false', 'receive_ephemeral: true'];
      return `printf '${lines.join('\\n')}\\n' ${token} ${token}`;
    }
  }
}
