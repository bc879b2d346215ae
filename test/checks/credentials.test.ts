import { describe, expect, it } from 'vitest';
import { credentialsIn, isSecretName, secretSpans, type Where } from '../../lib/checks/credentials';

describe('a name is that of a secret', () => {
  const names: Readonly<Record<Where, { readonly yes: string; readonly no: string }>> = {
    object: {
      yes: 'password adminPassword smtp_pass token botToken privateKey apiKey api_key secretAccessKey clientSecret shared_secret macaroon_secret_key',
      no: 'key secret secretKey existingSecret passwordSecret passwordKey userKey secretName tokenSecretRef publicKey topologyKey project_api_key projectApiKey compass passwordFile tokenPath',
    },
    config: { yes: 'secret webhook_secret token secret_key encryption form_secret registration_shared_secret', no: 'key secretKey public_key signing_key_path token_lifetime tokens encryption_at_rest' },
    variable: {
      yes: 'SMTP_PASS DB_PWD GH_PAT FOO_KEY SECRET_KEY JWT_SECRET API_KEY_PROD TOKEN_2 db-password X-Api-Key ApiKey tls.key',
      no: 'KEY PUBLIC_KEY SSH_PUB_KEY PASSWORD_FILE TOKEN_URL SECRET_NAME TLS_SECRET application.instanceLabelKey BYPASS PATH PATTERN COMPAT MONKEY is_key',
    },
  };
  it.each(Object.entries(names) as [Where, { yes: string; no: string }][])('of an %s', (where, { yes, no }) => {
    expect(yes.split(' ').filter((name) => !isSecretName(name, where))).toEqual([]);
    expect(no.split(' ').filter((name) => isSecretName(name, where))).toEqual([]);
  });
});

describe('a text gives away', () => {
  const found = (text: string) => secretSpans(text).map(([start, end]) => text.slice(start, end));

  it.each([
    ['Authorization: Bearer hunter2', ['hunter2']],
    ['curl -H "Authorization: token hunter2" https://example.org', ['hunter2']],
    ['A=1\nAPI_KEY_PROD=hunter2 # x\nexport DB_PASS="hunter 3"', ['hunter2', 'hunter 3']],
    ['--password=hunter2 --token hunter3 --verbose', ['hunter2', 'hunter3']],
    ['host=pg user=demo password=hunter2 dbname=x', ['hunter2']],
    ['  password hunter2;\n  proxy_set_header X-Api-Key "hunter3";', ['hunter2', 'hunter3']],
    ['ALTER ROLE demo PASSWORD \'hunter2\';', ['hunter2']],
    ['{"a": {"client_secret": "hunter2"}, "token":"hunter3"}', ['hunter2', 'hunter3']],
    ['- token: hunter2\n  password: \'hunter3\'', ['hunter2', 'hunter3']],
    ['https://me:hunter2@example.org/?token=hunter3&b=1', ['hunter2', 'hunter3']],
    ['x ghp_abcdefghijklmnopqrstuvwxyz0123456789 glpat-abcdefghijklmnopqrst xoxb-1234567890-abc AKIAIOSFODNN7EXAMPLE', ['ghp_abcdefghijklmnopqrstuvwxyz0123456789', 'glpat-abcdefghijklmnopqrst', 'xoxb-1234567890-abc', 'AKIAIOSFODNN7EXAMPLE']],
    ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJkZW1vIn0.c2lnbmF0dXJl', ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJkZW1vIn0.c2lnbmF0dXJl']],
    ['syt_ZGVtbw_abcdefghijklmnopqrst_0a1B2c', ['syt_ZGVtbw_abcdefghijklmnopqrst_0a1B2c']],
    ['-----BEGIN PRIVATE KEY-----\nhunter2\n-----END PRIVATE KEY-----', ['\nhunter2\n']],
  ])('%s', (text, secrets) => expect(found(text)).toEqual(secrets));

  it.each([
    'password=$PASSWORD --token "$(cat token)" --password="${PASSWORD}" API_KEY=`cat key`',
    'Authorization: Bearer ${TOKEN}\npassword: <your password>\ntoken: "{{ .token }}"',
    'the password is in the Secret, and Basic authentication is off; a token; say what the key is',
    'secretKeyRef: {name: x, key: password}\npublicKey: abc\npassword_file: /run/secrets/x\ntls_key: /etc/tls/tls.key',
    'if (token == other || password => x) sum by (key) (kube_secret_info{namespace="a"})',
    'https://example.org/a@b -----BEGIN CERTIFICATE----- sha256:eyJ ghp_ task-AKIA',
  ])('nothing: %s', (text) => expect(found(text)).toEqual([]));

  it('its whole length, however long it is', () => expect(secretSpans('a: b c="d" e=f --g h\n'.repeat(20_000))).toEqual([]));
});

it('finds what stands behind a flag, beside a name, and under a ConfigMap\'s key', () => {
  const paths = (value: unknown) => [...credentialsIn(value)].map(({ path, secrets }) => `${path.join('.')}: ${secrets.join()}`);
  expect(paths({ args: ['--password', 'a', '--port', '1'] })).toEqual(['args.1: a']);
  expect(paths({ args: ['mysql', '-u', 'demo', '-p', 'a'] })).toEqual(['args.4: a']);
  expect(paths({ args: ['mkdir', '-p', 'a'] })).toEqual([]);
  expect(paths({ env: [{ name: 'FOO_KEY', value: 'a' }, { name: 'BAR', value: 'x --token=b' }] })).toEqual(['env.0.value: a', 'env.1.value: b']);
  expect(paths({ kind: 'ConfigMap', data: { FOO_KEY: 'a' } })).toEqual(['data.FOO_KEY: a']);
  expect(paths({ kind: 'Other', data: { FOO_KEY: 'a' } })).toEqual([]);
});
