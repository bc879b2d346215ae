import { isMap } from '../merge';
import { BoundTree } from './bound-tree';
import type { Complaint } from './complaint';
import { patternSteps } from './path-pattern';

type Self = Readonly<Record<string, unknown>>;

/** A rule in CEL of a custom resource's definition, said again: the words are the definition's own, and a test holds them against it. */
export interface CelCheck {
  readonly kinds: readonly string[];
  readonly path: string;
  readonly rule: string;
  /** Whether the rule holds. */
  readonly holds: (self: unknown) => boolean;
  readonly message: string;
  readonly fix: string;
}

const has = (self: unknown, field: string) => isMap(self) && self[field] !== undefined && self[field] !== null;
const count = (self: unknown, ...fields: readonly string[]) => fields.filter((field) => has(self, field)).length;
const on = (holds: (self: Self) => boolean) => (self: unknown) => !isMap(self) || holds(self);

const cnpg = (kind: string) => [`postgresql.cnpg.io/v1/${kind}`];
const stores = ['external-secrets.io/v1/SecretStore', 'external-secrets.io/v1/ClusterSecretStore'];

const locales = (kind: string, path: string): CelCheck[] => ([['builtinLocale', 'builtin'], ['icuLocale', 'icu'], ['icuRules', 'icu']] as const).map(([field, provider]) => ({
  kinds: cnpg(kind),
  path,
  rule: `!has(self.${field}) || self.localeProvider == '${provider}'`,
  holds: on((self) => !has(self, field) || self['localeProvider'] === provider),
  message: `${field} is for the localeProvider ${provider} alone`,
  fix: `take ${field} away, or write localeProvider: ${provider}`,
}));

const catalogue = (kind: string, path: string): CelCheck[] => [
  {
    kinds: cnpg(kind), path, rule: `self.kind == 'ImageCatalog' || self.kind == 'ClusterImageCatalog'`,
    holds: on(({ kind: own }) => own === 'ImageCatalog' || own === 'ClusterImageCatalog'), message: 'kind is no catalogue of images', fix: 'write ImageCatalog or ClusterImageCatalog',
  },
  {
    kinds: cnpg(kind), path, rule: `self.apiGroup == 'postgresql.cnpg.io'`,
    holds: on(({ apiGroup }) => apiGroup === 'postgresql.cnpg.io'), message: 'apiGroup is not that of catalogues', fix: 'write apiGroup: postgresql.cnpg.io',
  },
];

const uniqueBy = (kind: string, path: string, key: string): CelCheck => ({
  kinds: cnpg(kind), path, rule: `self.all(e, self.filter(f, f.${key}==e.${key}).size() == 1)`,
  holds: (self) => !Array.isArray(self) || new Set(self.map((entry: unknown) => (isMap(entry) ? entry[key] : entry))).size === self.length,
  message: `two entries have one ${key}`, fix: 'make them differ',
});

const reserved = (kind: string, rule: string, holds: (name: string) => boolean, path = 'spec.name'): CelCheck => ({
  kinds: cnpg(kind), path, rule, holds: (self) => holds(String(path === 'spec' && isMap(self) ? self['name'] : self)), message: 'the name is reserved', fix: 'choose another name',
});

/** The rules that an object can break on its own. Those that compare with the former object (`oldSelf`) only the cluster can tell. */
export const celChecks: readonly CelCheck[] = [
  {
    kinds: cnpg('Cluster'), path: 'spec', rule: '!(has(self.imageCatalogRef) && has(self.imageName))',
    holds: (self) => count(self, 'imageCatalogRef', 'imageName') < 2, message: 'has both imageCatalogRef and imageName', fix: 'give one of them',
  },
  ...locales('Cluster', 'spec.bootstrap.initdb'),
  ...catalogue('Cluster', 'spec.imageCatalogRef'),
  {
    kinds: cnpg('Cluster'), path: 'spec.postgresql.synchronous',
    rule: `self.dataDurability!='preferred' || ((!has(self.standbyNamesPre) || self.standbyNamesPre.size()==0) && (!has(self.standbyNamesPost) || self.standbyNamesPost.size()==0))`,
    holds: on((self) => self['dataDurability'] !== 'preferred' || ['standbyNamesPre', 'standbyNamesPost'].every((field) => !(self[field] as unknown[] | undefined)?.length)),
    message: 'names standbys, which dataDurability preferred does not allow', fix: 'take standbyNamesPre and standbyNamesPost away, or write dataDurability: required',
  },
  {
    kinds: cnpg('Cluster'), path: 'spec.postgresql.synchronous.number', rule: 'self > 0',
    holds: (self) => Number(self) > 0, message: 'must be 1 at least', fix: 'write how many standbys must confirm',
  },
  reserved('DatabaseRole', `self.name != 'postgres'`, (name) => name !== 'postgres', 'spec'),
  reserved('DatabaseRole', `self.name != 'streaming_replica'`, (name) => name !== 'streaming_replica', 'spec'),
  reserved('DatabaseRole', `!self.name.startsWith('pg_')`, (name) => !name.startsWith('pg_'), 'spec'),
  reserved('DatabaseRole', `!self.name.startsWith('cnpg_')`, (name) => !name.startsWith('cnpg_'), 'spec'),
  reserved('DatabaseRole', 'self.name.size() != 0', (name) => name !== '', 'spec'),
  {
    kinds: cnpg('DatabaseRole'), path: 'spec', rule: `!has(self.ensure) || self.ensure != 'absent'`,
    holds: on(({ ensure }) => ensure !== 'absent'), message: 'ensure cannot be absent', fix: 'delete the object, with databaseRoleReclaimPolicy: delete',
  },
  {
    kinds: cnpg('DatabaseRole'), path: 'spec', rule: '!has(self.passwordSecret) || !has(self.disablePassword) || !self.disablePassword',
    holds: on((self) => !has(self, 'passwordSecret') || self['disablePassword'] !== true), message: 'has a passwordSecret and disablePassword', fix: 'take one of them away',
  },
  {
    kinds: cnpg('DatabaseRole'), path: 'spec', rule: '!has(self.clientCertificate) || !self.clientCertificate.enabled || self.login',
    holds: on(({ clientCertificate, login }) => !isMap(clientCertificate) || clientCertificate['enabled'] === false || login === true),
    message: 'has a client certificate and may not log in', fix: 'write login: true',
  },
  ...locales('Database', 'spec'),
  ...['postgres', 'template0', 'template1'].map((name) => reserved('Database', `self != '${name}'`, (own) => own !== name)),
  ...([['spec.fdws[].usage[].name', 'self != \'\''], ['spec.servers[].fdw', 'self != \'\''], ['spec.servers[].usage[].name', 'self != \'\'']] as const).map(([path, rule]) => ({
    kinds: cnpg('Database'), path, rule, holds: (self: unknown) => self !== '', message: 'is empty', fix: 'name it',
  })),
  uniqueBy('ImageCatalog', 'spec.componentImages', 'key'),
  uniqueBy('ImageCatalog', 'spec.images', 'major'),
  {
    kinds: cnpg('Pooler'), path: 'spec.pgbouncer', rule: '!(has(self.image) && has(self.imageCatalogRef))',
    holds: (self) => count(self, 'image', 'imageCatalogRef') < 2, message: 'has both image and imageCatalogRef', fix: 'give one of them',
  },
  ...catalogue('Pooler', 'spec.pgbouncer.imageCatalogRef'),
  {
    kinds: ['barmancloud.cnpg.io/v1/ObjectStore'], path: 'spec.configuration', rule: '!has(self.serverName)',
    holds: (self) => count(self, 'serverName') === 0, message: 'must not have serverName', fix: 'give it to the plugin, in the Cluster\'s parameters',
  },
  {
    kinds: ['barmancloud.cnpg.io/v1/ObjectStore'], path: 'spec.instanceSidecarConfiguration.additionalContainerArgs', rule: `!self.exists(a, a.startsWith('--log-level'))`,
    holds: (self) => !Array.isArray(self) || !self.some((argument) => String(argument).startsWith('--log-level')), message: 'must not set --log-level', fix: 'write logLevel',
  },
  {
    kinds: ['monitoring.coreos.com/v1alpha1/ScrapeConfig'], path: 'spec', rule: '[has(self.basicAuth), has(self.authorization), has(self.oauth2)].filter(x, x).size() <= 1',
    holds: (self) => count(self, 'basicAuth', 'authorization', 'oauth2') <= 1, message: 'has more than one of basicAuth, authorization and oauth2', fix: 'give one of them',
  },
  {
    kinds: ['traefik.io/v1alpha1/Middleware'], path: 'spec.addPrefix.prefix', rule: `self.startsWith('/')`,
    holds: (self) => String(self).startsWith('/'), message: 'must begin with a slash', fix: 'write a slash before it',
  },
  {
    kinds: stores, path: 'spec.provider.aws.customSessionTags', rule: `!('esoNamespace' in self) && !('esoStoreName' in self) && !('esoStoreKind' in self)`,
    holds: (self) => count(self, 'esoNamespace', 'esoStoreName', 'esoStoreKind') === 0, message: 'has a tag that the operator sets itself', fix: 'take it away',
  },
];

const trees = new Map<string, BoundTree>();
for (const { kinds, path, holds, message, fix } of celChecks) {
  for (const kind of kinds) {
    const tree = trees.get(kind) ?? new BoundTree();
    tree.add(patternSteps(path), (self) => (holds(self) ? undefined : { message, fix }));
    trees.set(kind, tree);
  }
}

/** What the definitions of custom resources have against an object beyond its structure. */
export function customResourceComplaints(manifest: Self): Complaint[] {
  return trees.get(`${String(manifest['apiVersion'])}/${String(manifest['kind'])}`)?.complaints(manifest) ?? [];
}
