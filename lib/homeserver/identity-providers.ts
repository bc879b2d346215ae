import { createHash } from 'node:crypto';
import type { SecretSpec } from '../secrets/secret';
import { type Homeserver, runsMas } from './homeserver';
import type { IdentityProviderOptions } from './options';
import { yamlText } from './yaml';

type Values = Record<string, unknown>;

/** A provider of identities with every default filled in. */
export type IdentityProvider = Required<IdentityProviderOptions>;

export function resolveIdentityProvider(options: IdentityProviderOptions): IdentityProvider {
  return {
    name: options.id,
    scopes: ['openid', 'profile', 'email'],
    localpart: '{{ user.preferred_username }}',
    displayName: '{{ user.name }}',
    existingUsers: false,
    ...options,
  };
}

const mountPath = '/etc/fleet/identity-providers';
const configFile = 'fleet-identity-providers.yaml';

/** Where who logs in with what is said: Synapse, as long as accounts are or are just being moved from there, and MAS, as soon as it runs. */
export function identityProviderValues(homeserver: Homeserver): Values {
  const { identityProviders: providers, passwordLogin, mas } = homeserver;
  if (providers.length === 0) return {};
  const name = secretName(homeserver);
  const volumes = { extraVolumes: [{ name: 'identity-providers', secret: { secretName: name } }], extraVolumeMounts: [{ name: 'identity-providers', mountPath, readOnly: true }] };
  const configured = (config: Values) => ({ ...volumes, additional: { [configFile]: { config: yamlText(config, { lineWidth: 0 }) } } });
  const synapse = { ...!passwordLogin && { password_config: { enabled: false } }, oidc_providers: providers.map(synapseEntry) };
  const own = { ...!passwordLogin && { passwords: { enabled: false } }, upstream_oauth2: { providers: providers.map((provider) => masEntry(homeserver, provider)) } };
  return {
    ...(!mas || mas.syn2mas) && { synapse: configured(synapse) },
    ...runsMas(homeserver) && { matrixAuthenticationService: { ...configured(own), ...mas && mas.syn2mas && { syn2mas: volumes } } },
  };
}

/** An entry of `oidc_providers`: its templates are Jinja's, which Helm does not see in this place. */
function synapseEntry({ id, name, issuer, clientId, scopes, localpart, displayName, existingUsers }: IdentityProvider): Values {
  return {
    idp_id: id,
    idp_name: name,
    issuer,
    client_id: clientId,
    client_secret_path: `${mountPath}/${id}`,
    scopes,
    allow_existing_users: existingUsers,
    user_mapping_provider: { config: { localpart_template: localpart, display_name_template: displayName } },
  };
}

/** An entry of `upstream_oauth2.providers`, which also says who it was in Synapse. */
function masEntry({ serverName }: Homeserver, { id, name, issuer, clientId, scopes, localpart, displayName, existingUsers }: IdentityProvider): Values {
  return {
    id: ulid(`${serverName}/${id}`),
    synapse_idp_id: ofSynapse(id),
    human_name: name,
    issuer,
    client_id: clientId,
    client_secret_file: `${mountPath}/${id}`,
    token_endpoint_auth_method: 'client_secret_basic',
    scope: scopes.join(' '),
    claims_imports: {
      localpart: { action: 'require', template: localpart, ...existingUsers && { on_conflict: 'add' } },
      displayname: { action: 'suggest', template: displayName },
      email: { action: 'suggest' },
    },
  };
}

/** What Synapse links accounts to that come from a provider (synapse/config/oidc.py). */
export const ofSynapse = (id: string): string => (id === 'oidc' ? id : `oidc-${id}`);

/** A ULID (26 characters of Crockford's base32, the first at most 7) that is always the same for the same text: MAS links accounts to it. */
export function ulid(text: string): string {
  let rest = BigInt(`0x${createHash('sha256').update(text).digest('hex').slice(0, 32)}`);
  let written = '';
  for (let digit = 0; digit < 26; digit++, rest >>= 5n) written = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'[Number(rest & 31n)] + written;
  return written;
}

const secretName = ({ names }: Homeserver) => `${names.release}-identity-providers`;

/** The variable that the secret of a provider is read from. */
export const clientSecretVariable = ({ names: { variables } }: Homeserver, id: string): string => `${variables}_${id.toUpperCase().replaceAll('-', '_')}_CLIENT_SECRET`;

/** The secrets that the providers know this homeserver by. */
export function identityProviderSecrets(homeserver: Homeserver): readonly SecretSpec[] {
  const { identityProviders, names: { release } } = homeserver;
  if (identityProviders.length === 0) return [];
  return [{
    namespace: release,
    name: secretName(homeserver),
    keys: identityProviders.map(({ id, name }) => ({ key: id, supplied: clientSecretVariable(homeserver, id), what: `the client secret that ${name} gave` })),
  }];
}
