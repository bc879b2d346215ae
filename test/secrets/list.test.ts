import { describe, expect, test } from 'vitest';
import { listFile } from '../../lib/secrets/list';

const lines = (text: string) => text.split('\n').filter((line) => line && !line.startsWith('#'));

describe('the list of some Secrets', () => {
  test('has a block a Secret and a line a label and key, in their order', () => {
    expect(lines(listFile([
      {
        namespace: 'cnpg',
        name: 'synapse-demo',
        type: 'kubernetes.io/basic-auth',
        labels: { 'cnpg.io/reload': 'true' },
        keys: [{ key: 'username', literal: 'synapse_demo' }, { key: 'password', random: 'password' }],
      },
      {
        namespace: 'matrix-demo',
        name: 'keys',
        keys: [
          { key: 'synapse', copyOf: { namespace: 'cnpg', name: 'synapse-demo', key: 'password' } },
          { key: 'registration', random: 'hookshot-registration http://hookshot:9993' },
          { key: 'id', supplied: 'S3_ID', what: 'the key of the bucket' },
          { key: 'rsa', supplied: 'RSA', what: 'a key', format: 'bytes', optional: true },
        ],
      },
    ]))).toEqual([
      'secret cnpg/synapse-demo kubernetes.io/basic-auth',
      'label cnpg.io/reload true',
      'key username literal synapse_demo',
      'key password random password',
      'secret matrix-demo/keys Opaque',
      'key synapse copy cnpg/synapse-demo/password',
      'key registration random hookshot-registration http://hookshot:9993',
      'key id supplied S3_ID text required the key of the bucket',
      'key rsa supplied RSA bytes optional a key',
    ]);
  });

  test('explains its words, also where there is no Secret', () => {
    const text = listFile([]);
    expect(lines(text)).toEqual([]);
    for (const word of ['secret', 'label', 'literal', 'random', 'copy', 'supplied']) {
      expect(text).toMatch(new RegExp(`^#.*\\b${word}\\b`, 'm'));
    }
  });

  test.each(['two words', '', 'a\nkey b literal c', 'tab\t'])('refuses %j as a value, which would be read as something else', (literal) => {
    expect(() => listFile([{ namespace: 'a', name: 'b', keys: [{ key: 'c', literal }] }])).toThrow(RangeError);
  });
});
