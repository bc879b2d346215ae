import { mergeResources, resources, type Resources } from '../cluster/resources';
import { merge } from '../merge';
import { type DatabaseService, namesOf } from './names';
import type { BuiltInDatabaseOptions, CaReference, DatabaseOptions, ExternalDatabaseOptions, InitialiseOptions } from './options';

/** Where the databases of a homeserver are. */
export type Place = ClusterPlace | BuiltInPlace | ExternalPlace;

/** In a database cluster of the platform. */
export interface ClusterPlace {
  readonly kind: 'cluster';
  readonly cluster: string;
  /** Of the cluster, and so of its roles, databases and their passwords. */
  readonly namespace: string;
  readonly host: string;
}

/** In the PostgreSQL that the chart brings along. */
export interface BuiltInPlace {
  readonly kind: 'built-in';
  readonly size: string;
  readonly storageClass: string;
  readonly resources: Resources;
}

/** On a server that neither the fleet nor the chart runs. */
export interface ExternalPlace extends Required<Pick<ExternalDatabaseOptions, 'host' | 'port' | 'sslMode'>> {
  readonly kind: 'external';
  readonly ca: string | Required<CaReference> | undefined;
  /** What makes roles and databases there, in a namespace of its own. */
  readonly initialise: Required<InitialiseOptions> & { readonly namespace: string } | undefined;
}

/** The database cluster of homeservers that name no other place. */
export const sharedCluster = 'shared-pg';

/** Namespace of all database clusters. */
export const clusterNamespace = 'cnpg';

/** The host name of the instance that writes. */
export function clusterHost(cluster: string): string {
  return `${cluster}-rw.${clusterNamespace}.svc.cluster.local`;
}

/** A host name as it is compared: in DNS it is the same in any case, and with a dot at its end. */
export const plainHost = (host: string): string => host.toLowerCase().replace(/\.$/, '');

/** The database cluster that a host name is of; undefined where it is none. */
export function clusterOfHost(host: unknown): string | undefined {
  const suffix = clusterHost('');
  return typeof host === 'string' && host.endsWith(suffix) ? host.slice(0, -suffix.length) : undefined;
}

/** Name of the objects of a database: none can move to another cluster, so those of another have other names. */
export function objectNameIn(cluster: string, name: string): string {
  return cluster === sharedCluster ? name : `${name}.${cluster}`;
}

/** The chart's own names for databases and roles in its own PostgreSQL (26.2.3 to 26.8.1, configs/postgres). */
export const builtInNames = {
  synapse: { name: 'synapse', role: 'synapse_user' },
  mas: { name: 'matrixauthenticationservice', role: 'matrixauthenticationservice_user' },
} satisfies Record<DatabaseService, { readonly name: string; readonly role: string }>;

const kinds = ['cluster', 'builtIn', 'external'] as const satisfies readonly (keyof DatabaseOptions)[];

/** The kinds of place that options name: one, if they are right. */
export function kindsOf(options: DatabaseOptions): readonly (keyof DatabaseOptions)[] {
  return kinds.filter((kind) => options[kind] !== undefined);
}

/** What a homeserver says of its database, over the fleet's defaults for the same kind of place. */
export function databaseOptions(own: DatabaseOptions = {}, defaults: DatabaseOptions = {}): DatabaseOptions {
  const [kind] = kindsOf(own);
  if (kind === undefined) return defaults;
  const under = defaults[kind] === undefined ? {} : { [kind]: defaults[kind] === true ? {} : defaults[kind] };
  return merge(under, own.builtIn === true ? { ...own, builtIn: {} } : own) as DatabaseOptions;
}

/** Fills in every default. That options name one place is a rule. */
export function resolvePlace({ cluster = sharedCluster, builtIn, external }: DatabaseOptions, name: string, storageClass: string): Place {
  if (external) return externalPlace(external, name);
  if (builtIn) return builtInPlace(builtIn === true ? {} : builtIn, storageClass);
  return { kind: 'cluster', cluster, namespace: clusterNamespace, host: clusterHost(cluster) };
}

/** Requests hold what a small homeserver uses; by the limit, the chart gives it 64 connections. */
function builtInPlace(own: BuiltInDatabaseOptions, storageClass: string): BuiltInPlace {
  return { kind: 'built-in', size: '10Gi', storageClass, ...own, resources: mergeResources(resources('100m', '256Mi', '1Gi'), own.resources) };
}

function externalPlace({ host, port = 5432, ca, sslMode = ca === undefined ? 'require' : 'verify-full', initialise }: ExternalDatabaseOptions, name: string): ExternalPlace {
  return {
    kind: 'external',
    host: plainHost(host),
    port,
    sslMode,
    ca: typeof ca === 'object' ? { key: 'ca.crt', ...ca } : ca,
    initialise: initialise && { user: 'postgres', database: 'postgres', ...initialise, namespace: namesOf(name).databases },
  };
}
