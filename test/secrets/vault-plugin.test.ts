import { describe, expect, it } from 'vitest';
import { valueAt } from '../../lib/checks/path';
import type { SecretSpec } from '../../lib/secrets/secret';
import { isPlaceholderSecret, placeholderSecret } from '../../lib/secrets/vault-plugin';

const plugin = { name: 'avp', path: 'secret/data/fleet' };
const spec: SecretSpec = {
  namespace: 'matrix-demo', name: 'keys', labels: { a: 'b' },
  keys: [
    { key: 'user', literal: 'demo' },
    { key: 'copy', copyOf: { namespace: 'cnpg', name: 'role', key: 'password' } },
    { key: 'KEY', supplied: 'KEY', what: 'a key', format: 'bytes' },
  ],
};
const secret = (fields: object, apiVersion = 'v1') => ({ apiVersion, kind: 'Secret', metadata: { name: 'x' }, ...fields });

describe('a Secret of placeholders', () => {
  it('names entries of the store, a copy the one that it is a copy of, and decodes what is bytes', () => {
    const { data, ...rest } = placeholderSecret(spec, plugin);
    expect(rest).toEqual({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'keys', namespace: 'matrix-demo', labels: { a: 'b' }, annotations: expect.objectContaining({ 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' }) },
      type: 'Opaque',
      stringData: { user: 'demo', copy: '<path:secret/data/fleet/role#password>' },
    });
    expect(Buffer.from(valueAt(data, ['KEY']) as string, 'base64').toString()).toBe('<path:secret/data/fleet/keys#KEY | base64decode>');
  });

  it('names the entry that the store has, where that is called otherwise', () => {
    expect(placeholderSecret({ ...spec, entry: 'own', keys: [{ key: 'password', random: 'password' }] }, plugin)).toHaveProperty('stringData', { password: '<path:secret/data/fleet/own#password>' });
  });

  it('is told from one that can be read', () => {
    const placeholder = '<path:secret/data/x#a>';
    const encoded = Buffer.from('<path:secret/data/x#a | base64decode>').toString('base64');
    expect(isPlaceholderSecret(secret({ stringData: { a: placeholder, b: '<path:secret/data/x#b#2>' }, data: { c: encoded } }))).toBe(true);
    const readable = [{}, { stringData: {} }, { stringData: { a: 'hello' } }, { stringData: { a: placeholder, b: 'hello' } }, { stringData: { a: `x${placeholder}` } },
      { stringData: { a: '<password>' } }, { stringData: { a: placeholder }, data: { b: 'aGVsbG8=' } }, { stringData: { a: 7 } }, { data: { a: placeholder } }];
    for (const fields of readable) expect(isPlaceholderSecret(secret(fields)), JSON.stringify(fields)).toBe(false);
    expect(isPlaceholderSecret({ kind: 'ConfigMap', stringData: { a: placeholder } })).toBe(false);
  });
});
