import { describe, expect, it } from 'vitest';
import type { Sealed } from '../../lib/secrets/sealed';
import { type Outcome, sealMissing, type SealerProps } from '../../lib/secrets/sealer';
import type { SecretSpec } from '../../lib/secrets/secret';

const role: SecretSpec = { namespace: 'cnpg', name: 'role', keys: [{ key: 'username', literal: 'synapse' }, { key: 'password', random: 'password' }] };
const copy: SecretSpec = { namespace: 'demo', name: 'postgres', keys: [{ key: 'synapse', copyOf: { namespace: 'cnpg', name: 'role', key: 'password' } }] };
const keys: SecretSpec = {
  namespace: 'demo',
  name: 'keys',
  keys: [{ key: 'A', supplied: 'DEMO_A', what: 'the first' }, { key: 'B', supplied: 'DEMO_B', what: 'the second', optional: true }],
};

let count = 0;
/** Every value is another number, and a sealed one shows what it holds. */
const run = (specs: readonly SecretSpec[], more: Partial<SealerProps> = {}): Outcome => sealMissing(specs, {
  sealed: new Map(),
  renew: new Set(),
  saved: new Map(),
  supply: { env: {}, read: () => Buffer.alloc(0) },
  random: () => Buffer.from(String(++count)),
  seal: (value, { namespace, name }) => `${Buffer.from(value).toString()}@${namespace}/${name}`,
  ...more,
});
const sealed: Sealed = new Map([['cnpg/role', { password: 'old' }], ['demo/postgres', { synapse: 'old' }]]);
const valuesOf = ({ changed }: Outcome, spec: SecretSpec) => changed.get(spec);

describe('sealing what is missing', () => {
  it('makes one value for a key and its copy, and none for what is no secret', () => {
    const outcome = run([role, copy]);
    expect(outcome).toMatchObject({ made: ['cnpg/role/password', 'demo/postgres/synapse'], kept: 0, waiting: [], wrong: [] });
    const { password } = valuesOf(outcome, role)!;
    expect(valuesOf(outcome, role)).toEqual({ password });
    expect(valuesOf(outcome, copy)).toEqual({ synapse: password!.replace('cnpg/role', 'demo/postgres') });
  });

  it('seals what is in use as it is, for every copy, and what only the admin has is not asked for', () => {
    const saved = new Map([['demo/postgres/synapse', Buffer.from('used')], ['demo/keys/A', Buffer.from('mine')]]);
    const outcome = run([role, copy, keys], { saved });
    expect(outcome).toMatchObject({ waiting: [], wrong: [] });
    expect([role, copy, keys].map((spec) => valuesOf(outcome, spec))).toEqual([{ password: 'used@cnpg/role' }, { synapse: 'used@demo/postgres' }, { A: 'mine@demo/keys' }]);
    expect(run([role, copy], { saved: new Map([...saved, ['cnpg/role/password', Buffer.from('other')]]) })).toMatchObject({ made: [], wrong: ['cnpg/role/password and demo/postgres/synapse must be the same, and are not in what was saved'] });
    expect(valuesOf(run([role, copy], { saved, sealed }), role)).toEqual({ password: 'used@cnpg/role' });
    expect(valuesOf(run([role, copy], { saved, sealed, renew: new Set(['cnpg/role/password']) }), role)!['password']).not.toContain('used');
  });

  it('leaves what is sealed as it is', () => {
    const outcome = run([role, copy], { sealed });
    expect(outcome).toMatchObject({ made: [], kept: 2, wrong: [] });
    expect(outcome.changed.size).toBe(0);
  });

  it('renews a value with every copy of it, when told to', () => {
    const outcome = run([role, copy], { sealed, renew: new Set(['cnpg/role/password']) });
    expect(outcome.made).toEqual(['cnpg/role/password', 'demo/postgres/synapse']);
    expect(valuesOf(outcome, copy)!['synapse']).not.toBe('old');
  });

  it('cannot copy what nobody can read, and says what to do', () => {
    const half = new Map([['cnpg/role', { password: 'old' }]]);
    const outcome = run([role, copy], { sealed: half });
    expect(outcome.made).toEqual([]);
    expect(outcome.wrong).toEqual(['cnpg/role/password is sealed, but not every copy of it, and can be read by nobody: seal all of them anew with --renew cnpg/role/password']);
  });

  it('waits for what only the admin has, and keeps the rest of the Secret', () => {
    expect(run([keys])).toMatchObject({ made: [], waiting: [{ variable: 'DEMO_A', what: 'the first' }] });
    expect(run([keys, { ...keys, namespace: 'elsewhere' }]).waiting.map(({ variable }) => variable)).toEqual(['DEMO_A']);
    const given = { sealed: new Map([['demo/keys', { B: 'old' }]]), supply: { env: { DEMO_A: 'a' }, read: () => Buffer.alloc(0) } };
    expect(valuesOf(run([keys], given), keys)).toEqual({ A: 'a@demo/keys', B: 'old' });
  });

  it('keeps the old value where the new one is not given', () => {
    const outcome = run([keys], { sealed: new Map([['demo/keys', { A: 'old' }]]), renew: new Set(['demo/keys/A']) });
    expect(outcome).toMatchObject({ made: [], kept: 1, waiting: [{ variable: 'DEMO_A' }] });
    expect(outcome.changed.size).toBe(0);
  });

  it('says what it cannot use', () => {
    expect(run([keys], { supply: { env: { DEMO_A: 'a\nb' }, read: () => Buffer.alloc(0) } }).wrong).toEqual(['DEMO_A: it is more than one line, or has control characters']);
    expect(run([role, copy], { sealed, renew: new Set(['cnpg/role/pasword', 'demo/postgres/synapse']) }).wrong).toEqual([
      'cnpg/role/pasword is no key of a sealed Secret',
      'demo/postgres/synapse is a copy: renew cnpg/role/password',
    ]);
  });
});
