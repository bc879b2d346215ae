import { expect, it } from 'vitest';
import { providerChanges, providersIn } from '../../lib/diff/identity-providers';

const synapse = (...ids: readonly string[]) => ({ synapse: { additional: { 'a.yaml': { config: JSON.stringify({ oidc_providers: ids.map((idp_id) => ({ idp_id, issuer: 'https://a.example.org', client_id: '1' })) }) } } } });
const mas = (...providers: readonly object[]) => ({ matrixAuthenticationService: { additional: { 'a.yaml': { config: JSON.stringify({ upstream_oauth2: { providers } }) } } } });
const gone = (before: object, after: object) => providerChanges(before, after).gone.map(({ provider: { id } }) => id);

it('are read where they are written out, and nowhere else', () => {
  expect(providersIn({ ...synapse('a'), ...mas({ id: 'U', synapse_idp_id: 'oidc-a', issuer: 'https://a.example.org' }) }))
    .toMatchObject([{ service: 'synapse', id: 'a', link: 'oidc-a' }, { service: 'matrixAuthenticationService', id: 'a', link: 'U', linkOfSynapse: 'oidc-a' }]);
  expect(providersIn({ synapse: { additional: { 'a.yaml': { configSecret: 'a', configSecretKey: 'b' }, 'b.yaml': { config: 'oidc_providers: [' }, 'c.yaml': { config: '# oidc_providers' } } } })).toEqual([]);
});

it('are known by what accounts are linked to: within MAS its own id, and from Synapse to MAS what Synapse called them', () => {
  expect(gone(mas({ id: 'U', synapse_idp_id: 'oidc-a' }), mas({ id: 'V', synapse_idp_id: 'oidc-a' }))).toEqual(['a']);
  expect(gone(mas({ id: 'U', synapse_idp_id: 'oidc-a' }), mas({ id: 'U', synapse_idp_id: 'oidc-b' }))).toEqual([]);
  expect(gone(synapse('a', 'oidc'), mas({ id: 'U', synapse_idp_id: 'oidc-a' }, { id: 'V', synapse_idp_id: 'oidc' }))).toEqual([]);
  expect(gone(synapse('a'), mas({ id: 'U' }))).toEqual(['a']);
});

it('of MAS are gone when they are switched off', () => {
  expect(gone(mas({ id: 'U' }), mas({ id: 'U', enabled: false }))).toEqual(['U']);
});
