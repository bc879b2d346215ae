import { listAt, valueAt } from '../checks/path';
import { parseYaml } from '../checks/yaml-text';
import { ofSynapse } from '../homeserver/identity-providers';
import { isMap } from '../merge';

/** Who asks the providers, by what the chart's values call it. */
const services = ['synapse', 'matrixAuthenticationService'] as const;

type Service = typeof services[number];

/** A provider of identities in the configuration of Synapse or MAS. */
export interface ConfiguredProvider {
  readonly service: Service;
  /** Of the entry in `additional` that it stands in. */
  readonly file: string;
  /** What the sources call it, be it in `identityProviders` or in raw values. */
  readonly id: string;
  /** What accounts are linked to in the service's database. */
  readonly link: string;
  /** What they are linked to in Synapse's, from where MAS has them. */
  readonly linkOfSynapse: string;
  readonly issuer: string;
  readonly clientId: string;
  /** What users are called here, as a template; empty where that is the service's own choice. */
  readonly localpart: string;
  /** Whether who comes under the name of an account that is here gets that. */
  readonly existingUsers: boolean;
}

/** What becomes of providers. */
export interface ProviderChanges {
  /** Those that are known no more, and what has come in their place, if it asks the same client of the same issuer. */
  readonly gone: readonly { readonly provider: ConfiguredProvider; readonly successor?: ConfiguredProvider }[];
  /** Those that are somebody else now. */
  readonly moved: readonly { readonly provider: ConfiguredProvider; readonly now: ConfiguredProvider }[];
  /** Those that find accounts by names, and call users otherwise now. */
  readonly renaming: readonly { readonly provider: ConfiguredProvider; readonly now: ConfiguredProvider }[];
  readonly come: readonly ConfiguredProvider[];
}

/** The providers in the values of an ESS chart, as far as they are written out there. */
export function providersIn(values: unknown): readonly ConfiguredProvider[] {
  return services.flatMap((service) => {
    const files = valueAt(values, [service, 'additional']);
    return Object.entries(isMap(files) ? files : {}).flatMap(([file, entry]) => providersOf(service, file, valueAt(entry, ['config'])));
  });
}

function providersOf(service: Service, file: string, text: unknown): readonly ConfiguredProvider[] {
  if (typeof text !== 'string' || !/oidc_providers|upstream_oauth2/.test(text)) return [];
  const read = parseYaml(text);
  const config = 'value' in read ? read.value : undefined;
  const entries = service === 'synapse' ? listAt(config, ['oidc_providers']) : listAt(config, ['upstream_oauth2', 'providers']).filter((entry) => valueAt(entry, ['enabled']) !== false);
  return entries.map((entry) => {
    const said = (...path: readonly string[]) => String(valueAt(entry, path) ?? '');
    const names = service === 'synapse'
      ? {
        id: said('idp_id'),
        link: ofSynapse(said('idp_id')),
        linkOfSynapse: ofSynapse(said('idp_id')),
        localpart: said('user_mapping_provider', 'config', 'localpart_template'),
        existingUsers: valueAt(entry, ['allow_existing_users']) === true,
      }
      : {
        id: said('synapse_idp_id').replace(/^oidc-/, '') || said('id'),
        link: said('id'),
        linkOfSynapse: said('synapse_idp_id'),
        localpart: said('claims_imports', 'localpart', 'template'),
        existingUsers: !['', 'fail'].includes(said('claims_imports', 'localpart', 'on_conflict')),
      };
    return { service, file, ...names, issuer: said('issuer'), clientId: said('client_id') };
  });
}

/** Whether accounts that are linked to one are found by the other: in the same database, or after they have moved from Synapse to MAS. */
const sameLinks = (a: ConfiguredProvider) => (b: ConfiguredProvider) => (a.service === b.service ? a.link === b.link : a.linkOfSynapse === b.linkOfSynapse);

/** What becomes of the providers in the values of an ESS chart. While accounts move, both services have them; each is one. */
export function providerChanges(before: unknown, after: unknown): ProviderChanges {
  const [old, now] = [providersIn(before), providersIn(after)];
  const changed = (differs: (was: ConfiguredProvider, is: ConfiguredProvider) => boolean) => each(old).flatMap((provider) => {
    const other = now.find((one) => sameLinks(provider)(one) && differs(provider, one));
    return other ? [{ provider, now: other }] : [];
  });
  const come = each(now.filter((one) => !old.some(sameLinks(one))));
  return {
    gone: each(old.filter((one) => !now.some(sameLinks(one)))).map((provider) => {
      const successor = come.find(({ issuer, clientId }) => issuer === provider.issuer && clientId === provider.clientId);
      return { provider, ...successor && { successor } };
    }),
    moved: changed((was, is) => was.issuer !== is.issuer),
    renaming: changed((was, is) => was.existingUsers && is.existingUsers && was.localpart !== is.localpart),
    come,
  };
}

const each = (providers: readonly ConfiguredProvider[]) => [...new Map(providers.map((one) => [one.id, one])).values()];
