import { describe, expect, it } from 'vitest';
import { difference } from '../../lib/diff/difference';
import { Redaction, redactText } from '../../lib/diff/redact';
import { renderManifest } from '../../lib/output/render';

const values = (values: object) => ({ kind: 'Application', apiVersion: 'argoproj.io/v1alpha1', spec: { source: { helm: { valuesObject: values } } } });

/** What is shown of the change between two contents of an object. */
function shown(before: object, after: object): string {
  const text = (content: object) => renderManifest({ apiVersion: 'v1', kind: 'A', metadata: { name: 'a' }, ...content });
  const [change] = difference([{ path: 'a.yaml', before: text(before), after: text(after) }]);
  const redaction = new Redaction(change!);
  return JSON.stringify(change!.what === 'changes' ? change!.fields.map((field) => redaction.field(field)) : []);
}

describe('is never shown', () => {
  it.each([
    ['what a Secret holds', { kind: 'Secret', data: { x: 'b2xkLXZhbHVl' }, stringData: { y: 'old-value' } }, { kind: 'Secret', data: { x: 'bmV3LXZhbHVl' }, stringData: { y: 'new-value' } }],
    ['what a SealedSecret holds', { kind: 'SealedSecret', spec: { encryptedData: { x: 'old-value' } } }, { kind: 'SealedSecret', spec: { encryptedData: { x: 'new-value' } } }],
    ['what its key calls so', { spec: { adminPassword: 'old-value' } }, { spec: { adminPassword: 'new-value' } }],
    ['what its name calls so', { env: [{ name: 'DB_PASSWORD', value: 'old-value' }] }, { env: [{ name: 'DB_PASSWORD', value: 'new-value' }] }],
    ['a variable that comes or goes', { env: [{ name: 'DB_TOKEN', value: 'old-value' }] }, { env: [{ name: 'API_KEY', value: 'new-value' }] }],
    ['a ConfigMap\'s', { kind: 'ConfigMap', data: { APP_SECRET: 'old-value' } }, { kind: 'ConfigMap', data: { APP_SECRET: 'new-value' } }],
    ['a short name\'s', { env: [{ name: 'SMTP_PASS', value: 'old-value' }] }, { env: [{ name: 'SMTP_PASS', value: 'new-value' }] }],
    ['what stands behind a flag', { args: ['-u', 'demo', '-p', 'old-value', '--password=old-value'] }, { args: ['-u', 'demo', '-p', 'new-value', '--password=new-value'] }],
    ['a header\'s', { kind: 'ConfigMap', data: { a: 'Authorization: Bearer old-value\nX-Api-Key "old-value"\npassword old-value;\n' } }, { kind: 'ConfigMap', data: { a: 'Authorization: Bearer new-value\nX-Api-Key "new-value"\npassword new-value;\n' } }],
    ['a credential of the chart', values({ synapse: { macaroon: { value: 'old-value' } } }), values({ synapse: { macaroon: { value: 'new-value' } } })],
    ['a URL\'s', { spec: { url: 'https://me:old-value@example.org/' } }, { spec: { url: 'https://me:new-value@example.org/' } }],
    ['one in embedded YAML', values({ synapse: { additional: { a: { config: 'a: 1\nturn_shared_secret: old-value\nb:\n  - token: "old-value"\n' } } } }), values({ synapse: { additional: { a: { config: 'a: 1\nturn_shared_secret: new-value\nb:\n  - token: "new-value"\n' } } } })],
    ['one in embedded JSON', { data: '{"a": 1, "client_secret": "old-value"}' }, { data: '{"a": 1, "client_secret": "new-value"}' }],
    ['one in lines of a block', { data: 'form_secret: |\n  old-value\n  old-value\nb: 1\n' }, { data: 'form_secret: |\n  new-value\n  new-value\nb: 1\n' }],
    ['one in a text that is no YAML', { data: '[database]\nPASSWORD = old-value\n%%\n' }, { data: '[database]\nPASSWORD = new-value\n%%\n' }],
    ['a key of a certificate', { data: 'x: |\n  -----BEGIN RSA PRIVATE KEY-----\n  old-value\n  -----END RSA PRIVATE KEY-----\n' }, { data: 'x: |\n  -----BEGIN RSA PRIVATE KEY-----\n  new-value\n  -----END RSA PRIVATE KEY-----\n' }],
  ])('%s', (_, before, after) => {
    const text = shown(before, after);
    expect(text).not.toMatch(/old-value|new-value|b2xkLXZhbHVl|bmV3LXZhbHVl/);
    expect(text).toMatch(/\(secret(, changed)?\)/);
  });

  it('but that it changed is said, also where nothing else did', () => {
    expect(shown({ a: { password: 'old-value' } }, { a: { password: 'new-value' } })).toBe('[{"path":["a","password"],"before":"(secret)","after":"(secret, changed)"}]');
    expect(shown({ a: 'x: 1\npassword: old-value\n' }, { a: 'x: 1\npassword: new-value\n' })).toContain('"after":"x: 1\\npassword: (secret, changed)\\n"');
  });

  it('nor in a sentence', () => {
    const text = (password: string) => renderManifest({ apiVersion: 'v1', kind: 'A', metadata: { name: 'a' }, password });
    const [change] = difference([{ path: 'a.yaml', before: text('old-value'), after: text('new-value') }]);
    expect(new Redaction(change!).sentence('sets old-value to new-value at https://a:b@c')).toBe('sets (secret) to (secret) at https://a:(secret)@c');
  });
});

describe('is shown as it is', () => {
  it.each([
    ['the name of a Secret', { password: { secret: 'matrix-demo', secretKey: 'synapse' } }, { password: { secret: 'matrix-other', secretKey: 'synapse' } }, 'matrix-other'],
    ['a reference', { env: [{ name: 'PASSWORD', value: '$(OLD)' }] }, { env: [{ name: 'PASSWORD', value: '$(NEW)' }] }, '$(NEW)'],
    ['any other value', { spec: { memory: '1Gi' } }, { spec: { memory: '2Gi' } }, '2Gi'],
  ])('%s', (_, before, after, value) => {
    expect(shown(before, after)).toContain(value);
    expect(shown(before, after)).not.toContain('(secret');
  });

  it('a text without secrets', () => {
    for (const text of ['#!/bin/sh\necho "$PASSWORD"\n', 'secret cnpg/mas Opaque\nkey password random password\n', 'a: [', 'https://example.org/a@b']) expect(redactText(text)).toBe(text);
  });
});
