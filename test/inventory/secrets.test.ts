import { describe, expect, it } from 'vitest';
import { neededSecrets, secretValueSources } from '../../lib/inventory/secrets';
import { fleetOf } from './fleet';

const needed = (...args: Parameters<typeof fleetOf>) => neededSecrets(fleetOf(...args).homeservers[0]!.model);

describe('the Secrets that a homeserver needs', () => {
  it('are its databases\', which nobody has to bring', () => {
    expect(needed([{}])).toEqual(['cnpg/synapse-h0', 'cnpg/mas-h0', 'matrix-h0/matrix-h0-databases'].map((secret) => ({ secret, supplied: [] })));
    expect(needed([{ mas: false, elementAdmin: false }]).map(({ secret }) => secret)).not.toContain('cnpg/mas-h0');
  });

  it('are the keys that a restored one brings along, each by its variable', () => {
    const keys = needed([{ origin: { restoredFrom: 'ess' } }]).at(-1)!;
    expect(keys.secret).toBe('matrix-h0/matrix-h0-generated');
    expect(keys.supplied).toContainEqual({ variable: 'MATRIX_H0_SYNAPSE_SIGNING_KEY', what: expect.stringContaining('signing key') });
  });
});

describe('where a secret value comes from', () => {
  const stores = { sealedSecrets: {}, externalSecrets: { vault: { server: 'https://vault.example.net' } }, argocd: { host: 'argocd.example.net', vaultPlugin: { path: 'secret/data/fleet' } } };
  const sources = (own: Record<string, unknown>) => secretValueSources(fleetOf([own], { platform: stores })).filter(({ who }) => who === 'h0');

  it('is the bootstrap, where nothing else is said', () => {
    expect(sources({ mas: false })).toEqual([
      { secret: 'cnpg/synapse-h0', key: 'password', who: 'h0', way: 'bootstrap', from: 'secrets.sh makes it' },
      { secret: 'matrix-h0/matrix-h0-databases', key: 'synapse', who: 'h0', way: 'bootstrap', from: 'copy of cnpg/synapse-h0/password' },
    ]);
  });

  it('is an entry of a store, with the command that makes its value; a copy has none of its own', () => {
    for (const [secrets, at] of [['external', 'matrix-fleet/synapse-h0#password'], ['vault-plugin', 'secret/data/fleet/synapse-h0#password']] as const) {
      const [password, copy] = sources({ mas: false, secrets });
      expect(password).toMatchObject({ way: secrets, at, from: expect.stringContaining('openssl rand') });
      expect(copy!.at).toBeUndefined();
    }
  });

  it('is yours, in base64 where a store could not hold it otherwise', () => {
    const from = sources({ secrets: 'external', origin: { restoredFrom: 'ess' } }).find(({ key }) => key === 'MAS_RSA_PRIVATE_KEY')!;
    expect(from.from).toBe('the RSA key that MAS signs tokens with, in base64');
  });

  it('is a file that is still to be sealed', () => {
    expect(sources({ mas: false, secrets: 'sealed' })[0]).toMatchObject({ at: 'sealed/cnpg/synapse-h0.yaml', from: 'missing: seal makes it' });
  });
});
