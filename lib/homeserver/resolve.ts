import { mergeResources, resources, type Resources } from '../cluster/resources';
import { merge } from '../merge';
import { type Database, type Homeserver, type Hookshot, type HostedComponent, masKeepsAccounts, type Maubot, type MediaBackup, type Replicated, type Surroundings, type Worker } from './homeserver';
import { resolveIdentityProvider } from './identity-providers';
import { databaseName, namesOf, type DatabaseService } from './names';
import { builtInNames, databaseOptions, objectNameIn, type Place, resolvePlace } from './place';
import type { DatabaseOptions, ElementWebOptions, HomeserverDefaults, HomeserverOptions, HookshotOptions, MaubotOptions, MediaOptions, ReplicatedOptions, ScalableWorkerOptions, WorkerType } from './options';
import { profiles } from './profiles';

const defaultChartVersion = '26.8.1';

/**
 * Requests hold what a small homeserver uses when idle, limits what keeps one from taking a node with it: the chart's own
 * limits allow Synapse and the media server 4 GiB each.
 */
const defaultResources = {
  synapse: resources('100m', '256Mi', '1Gi'),
  worker: resources('50m', '128Mi', '512Mi'),
  mas: resources('50m', '96Mi', '350Mi'),
  elementWeb: resources('10m', '24Mi', '200Mi'),
  elementAdmin: resources('10m', '24Mi', '200Mi'),
  sfu: resources('100m', '128Mi', '1Gi'),
  authoriser: resources('10m', '24Mi', '200Mi'),
  elementCall: resources('10m', '24Mi', '128Mi'),
  maubot: resources('25m', '128Mi', '512Mi'),
  hookshot: resources('10m', '100Mi', '512Mi'),
  haproxy: resources('25m', '64Mi', '256Mi'),
  redis: resources('10m', '32Mi', '96Mi'),
} satisfies Record<string, Resources>;

/** Single-process workers: the chart has no `replicas` for them. */
const singleWorkers: ReadonlySet<string> = new Set<WorkerType>([
  'account-data', 'appservice', 'background', 'encryption', 'media-repository', 'presence-writer', 'push-rules',
  'sso-login', 'typing-persister', 'user-dir',
]);

/** Connections that one process opens at most: `cp_max` of Synapse and the pool of MAS, both 10 in the chart. */
const connectionsPerProcess = 10;

/** Room for a migration or an admin's psql beside the running processes. */
const spareConnections = 5;

/** Fills in every default and derives every name. The options have passed their schema. */
export function resolveHomeserver(file: string, own: HomeserverOptions, defaults: HomeserverDefaults, surroundings: Surroundings): Homeserver {
  const profile = own.profile ?? defaults.profile;
  const options = merge(merge(profile ? profiles[profile] : {}, defaults), own) as HomeserverOptions;
  const databases = databaseOptions(own.database, defaults.database);
  const { name, serverName, origin = 'fresh', registration = 'closed', hookshot = false, rehearsal, wellKnown = {}, rtc, elementCall = false, companions: { maubot = false } = {} } = options;
  const host = (label: string, own?: string) => (rehearsal ? `${label}.${rehearsal.domain}` : own ?? `${label}.${serverName}`);
  const mas = options.mas !== false && { syn2mas: options.mas?.syn2mas, ...hosted(options.mas, host('account', options.mas?.host), defaultResources.mas) };
  const workers = Object.entries(options.synapse?.workers ?? {}).map(([type, worker]) => resolveWorker(type as WorkerType, worker));
  const processes = 1 + workers.reduce((sum, { replicas }) => sum + (replicas ?? 1), 0);
  const place = resolvePlace(databases, name, surroundings.databaseStorageClass);
  return {
    file,
    name,
    names: namesOf(name),
    serverName,
    chartVersion: options.chartVersion ?? defaultChartVersion,
    issuer: surroundings.issuers[options.issuer ?? 'production'],
    origin,
    rehearsal: rehearsal !== undefined,
    state: options.state ?? 'running',
    registration,
    identityProviders: (options.identityProviders ?? []).map(resolveIdentityProvider),
    passwordLogin: options.passwordLogin ?? true,
    synapse: {
      host: host('matrix', options.synapse?.host),
      resources: mergeResources(defaultResources.synapse, options.synapse?.resources),
      media: { size: '10Gi', storageClass: surroundings.mediaStorageClass, maxUploadSize: '100M', ...options.synapse?.media, ...options.synapse?.media?.nfs && { storageClass: '' }, backup: resolveBackup(options.synapse?.media?.backup) },
      expectedDatabaseSize: options.synapse?.expectedDatabaseSize ?? '5Gi',
      workers,
    },
    mas,
    elementWeb: options.elementWeb !== false && { config: webConfig(options.elementWeb), ...hosted(options.elementWeb, host('chat', options.elementWeb?.host), defaultResources.elementWeb) },
    elementAdmin: masKeepsAccounts({ mas }) && options.elementAdmin !== false && hosted(options.elementAdmin, host('admin', options.elementAdmin?.host), defaultResources.elementAdmin),
    rtc: rtc && {
      host: host('mrtc', rtc.host),
      tcp: rtc.tcp,
      udp: rtc.udp,
      exposure: rtc.exposure ?? 'NodePort',
      annotations: rtc.loadBalancer?.annotations ?? {},
      publicIp: rtc.publicIp,
      dynamicAddress: rtc.dynamicAddress ? { everyMinutes: 5, stun: 'stun.l.google.com:19302', ...rtc.dynamicAddress === true ? {} : rtc.dynamicAddress } : false,
      resources: mergeResources(defaultResources.sfu, rtc.resources),
      authoriser: { resources: mergeResources(defaultResources.authoriser, rtc.authoriser?.resources) },
    },
    hookshot: hookshot && resolveHookshot(hookshot === true ? {} : hookshot, rehearsal),
    wellKnown: !rehearsal && wellKnown && { redirect: wellKnown.redirect },
    nodePorts: options.nodePorts ?? {},
    elementCall: elementCall && hosted(elementCall === true ? {} : elementCall, host('call', elementCall === true ? undefined : elementCall.host), defaultResources.elementCall),
    companions: { maubot: maubot && resolveMaubot(maubot === true ? {} : maubot, host) },
    images: options.images && { paths: 'name', pullSecret: false, ...options.images },
    validity: options.certificates ?? {},
    haproxy: { resources: mergeResources(defaultResources.haproxy, options.haproxy?.resources), ...resolveReplicas(options.haproxy?.replicas) },
    redis: { resources: mergeResources(defaultResources.redis, options.redis?.resources) },
    place,
    databases: [
      database('synapse', name, processes),
      ...mas ? [database('mas', name, mas.scale ? mas.scale.max : mas.replicas)] : [],
    ].map((one) => ({ ...one, ...placed(one, place, databases) })),
    quota: options.quota,
    networkPolicy: options.networkPolicy ?? 'ingress',
    secrets: options.secrets ?? surroundings.secrets,
    values: options.values ?? {},
    manifests: options.manifests ?? [],
    intends: options.intends ?? [],
    surroundings,
  };
}

function webConfig({ brand, theme, config }: ElementWebOptions = {}): Readonly<Record<string, unknown>> {
  return { ...brand !== undefined && { brand }, ...theme && { default_theme: theme }, ...config };
}

function resolveMaubot({ host: own, size = '1Gi', resources: some }: MaubotOptions, host: (label: string, own?: string) => string): Maubot {
  return { host: host('bots', own), size, resources: mergeResources(defaultResources.maubot, some) };
}

function hosted(own: ReplicatedOptions & { readonly resources?: Resources } | undefined, host: string, defaults: Resources): HostedComponent {
  return { host, ...resolveReplicas(own?.replicas), resources: mergeResources(defaults, own?.resources) };
}

function resolveReplicas(replicas: ReplicatedOptions['replicas'] = 1): Replicated {
  if (typeof replicas === 'number') return { replicas, scale: false };
  const { min = 1, max, cpu = 80 } = replicas;
  return { replicas: min, scale: { max, cpu } };
}

function resolveBackup(own: MediaOptions['backup'] = false): false | MediaBackup {
  return own !== false && { schedule: '30 3 * * *', retention: '30d', claim: undefined, ...own === true ? {} : own };
}

/** In a rehearsal it has no host of its own. */
function resolveHookshot({ host, resources: own }: HookshotOptions, rehearsal: object | undefined): Hookshot {
  return { host: rehearsal ? undefined : host, resources: mergeResources(defaultResources.hookshot, own) };
}

function resolveWorker(type: WorkerType, own: ScalableWorkerOptions): Worker {
  return {
    type,
    replicas: singleWorkers.has(type) ? undefined : own.replicas ?? 1,
    resources: mergeResources(defaultResources.worker, own.resources),
  };
}

function database(service: DatabaseService, name: string, processes: number): Database {
  const own = databaseName(service, name);
  const secretName = `${service}-${name}`;
  return { service, name: own, role: own, objectName: secretName, secretName, connectionLimit: connectionsPerProcess * processes + spareConnections };
}

/** What a database is called in its place. */
function placed({ service, name, role, objectName }: Database, place: Place, { external }: DatabaseOptions): Partial<Database> {
  if (place.kind === 'built-in') return builtInNames[service];
  if (place.kind === 'external') return { name: external?.[service]?.database ?? name, role: external?.[service]?.user ?? role };
  return { objectName: objectNameIn(place.cluster, objectName) };
}
