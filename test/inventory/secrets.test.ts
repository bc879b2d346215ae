import { describe, expect, it } from 'vitest';
import { neededSecrets } from '../../lib/inventory/secrets';
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
