import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { HomeserverOptions } from '../../lib/homeserver/options';
import { ulid } from '../../lib/homeserver/identity-providers';
import { secretsOf } from '../../lib/homeserver/secrets';
import { chartValues } from '../../lib/homeserver/values';
import { valueAt } from '../../lib/checks/path';
import { demo } from './example';

const zitadel = { id: 'zitadel', name: 'OTC', issuer: 'https://auth.example.org', clientId: '42@otc', existingUsers: true } as const;
const configOf = (component: string, own: Partial<HomeserverOptions>) => {
  const text = valueAt(chartValues(demo({ identityProviders: [zitadel], ...own })), [component, 'additional', 'fleet-identity-providers.yaml', 'config']);
  return text === undefined ? undefined : parse(text as string) as Record<string, unknown>;
};

describe('an identity provider', () => {
  it('is Synapse\'s without MAS, and reads its secret from a file', () => {
    expect(configOf('synapse', { mas: false })).toEqual({ oidc_providers: [{
      idp_id: 'zitadel', idp_name: 'OTC', issuer: 'https://auth.example.org', client_id: '42@otc',
      client_secret_path: '/etc/fleet/identity-providers/zitadel', scopes: ['openid', 'profile', 'email'], allow_existing_users: true,
      user_mapping_provider: { config: { localpart_template: '{{ user.preferred_username }}', display_name_template: '{{ user.name }}' } },
    }] });
    expect(configOf('matrixAuthenticationService', { mas: false })).toBeUndefined();
  });

  it('is MAS\'s where that is on, under an id that never changes', () => {
    expect(configOf('synapse', {})).toBeUndefined();
    expect(configOf('matrixAuthenticationService', {})).toMatchObject({ upstream_oauth2: { providers: [{
      id: ulid('example.org/zitadel'), synapse_idp_id: 'oidc-zitadel', scope: 'openid profile email',
      client_secret_file: '/etc/fleet/identity-providers/zitadel', claims_imports: { localpart: { action: 'require', on_conflict: 'add' } },
    }] } });
  });

  it('is everybody\'s while accounts move, since the move reads who is who on both sides', () => {
    const moving = { mas: { syn2mas: 'dry-run' } } as const;
    expect(configOf('synapse', moving)).toHaveProperty('oidc_providers');
    expect(configOf('matrixAuthenticationService', moving)).toHaveProperty('upstream_oauth2');
    expect(chartValues(demo({ identityProviders: [zitadel], ...moving }))).toHaveProperty(['matrixAuthenticationService', 'syn2mas', 'extraVolumeMounts']);
    expect(configOf('matrixAuthenticationService', { mas: { syn2mas: 'prepare' } })).toBeUndefined();
  });

  it('is to MAS what it was to Synapse, whose own name for one called oidc is just that', () => {
    expect(configOf('matrixAuthenticationService', { identityProviders: [{ ...zitadel, id: 'oidc' }] })).toMatchObject({ upstream_oauth2: { providers: [{ synapse_idp_id: 'oidc' }] } });
  });

  it('leaves no password where none is wanted', () => {
    expect(configOf('synapse', { mas: false, passwordLogin: false })).toMatchObject({ password_config: { enabled: false } });
    expect(configOf('matrixAuthenticationService', { passwordLogin: false })).toMatchObject({ passwords: { enabled: false } });
  });

  it('has a secret that only the admin knows', () => {
    expect(secretsOf(demo({ identityProviders: [zitadel] })).at(-1)).toMatchObject({
      name: 'matrix-demo-identity-providers', keys: [{ key: 'zitadel', supplied: 'MATRIX_DEMO_ZITADEL_CLIENT_SECRET' }],
    });
  });
});

describe('a ULID made of a text', () => {
  it('is always the same, and one that MAS takes', () => {
    expect(ulid('example.org/zitadel')).toMatch(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/);
    expect(ulid('example.org/zitadel')).toBe(ulid('example.org/zitadel'));
    expect(ulid('example.org/a')).not.toBe(ulid('example.org/b'));
  });
});
