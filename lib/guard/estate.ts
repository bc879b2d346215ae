import { valueAt } from '../checks/path';
import type { Manifest } from '../gitops/manifest';
import { type Images, mirrored } from '../homeserver/images';
import { type DatabaseService, databaseName, namesOf } from '../homeserver/names';
import { builtInNames, clusterOfHost } from '../homeserver/place';
import { clientName, clientPod } from '../runbook/client';
import { type Pull, pullOf } from '../runbook/mover';
import { chartValue, written } from './scene';
import { create, inPrimary } from './steps';

/** What a homeserver has stored and how one gets to it, by the values of its chart. */
export interface Estate {
  readonly name: string;
  readonly release: string;
  /** As messages call it: a cluster, `built-in`, or the host of another server. */
  readonly place: string;
  readonly kind: 'cluster' | 'built-in' | 'external';
  readonly databases: readonly Stored[];
  readonly pull: Pull;
  /** The pod from which an external server is asked; absent elsewhere. */
  readonly client?: object;
}

export interface Stored {
  readonly service: DatabaseService;
  readonly name: string;
  readonly role: string;
  readonly release: string;
  /** As the values name it; undefined: the chart's own PostgreSQL. */
  readonly host: unknown;
  readonly port: number;
}

const components = { synapse: 'synapse', mas: 'matrixAuthenticationService' } as const satisfies Record<DatabaseService, string>;

const setting = (application: Manifest, service: DatabaseService, field: string) => chartValue(application, `${components[service]}.postgres.${field}`);

/** MAS has a host as long as it keeps accounts, be the homeserver stopped or not. */
const keepsAccounts = (application: Manifest) => chartValue(application, 'matrixAuthenticationService.ingress.host') !== undefined;

/** @param of the services whose databases are meant; all, unless it says which */
export function estateOf(name: string, application: Manifest, of: readonly DatabaseService[] = ['synapse', 'mas']): Estate {
  const { release, pullSecret } = namesOf(name);
  const services = of.filter((service) => service === 'synapse' || keepsAccounts(application));
  const databases = services.map((service): Stored => {
    const host = setting(application, service, 'host');
    const [database, role] = ['database', 'user'].map((field) => written(setting(application, service, field) ?? databaseName(service, name))) as [string, string];
    return { service, release, host, port: Number(setting(application, service, 'port') ?? 5432), ...host === undefined ? builtInNames[service] : { name: database, role } };
  });
  const { host } = databases[0]!;
  const pull = pullOf(imagesOf(application), pullSecret);
  const external = databases.filter((one) => one.host !== undefined && clusterOfHost(one.host) === undefined);
  return {
    name,
    release,
    place: placeName(host),
    kind: host === undefined ? 'built-in' : clusterOfHost(host) === undefined ? 'external' : 'cluster',
    databases,
    pull,
    ...external.length > 0 && { client: clientPod({ ...pull, connections: external.map((one) => connectionOf(application, one)), caVolumes: caVolumesOf(application) }) },
  };
}

export const placeName = (host: unknown): string => clusterOfHost(host) ?? (host === undefined ? 'built-in' : written(host));

function connectionOf(application: Manifest, { service, host, port, role }: Stored) {
  const [sslMode, secret, key] = ['sslMode', 'password.secret', 'password.secretKey'].map((field) => setting(application, service, field));
  return { service, host: written(host), port, sslMode: written(sslMode ?? 'prefer'), role, password: { secret: written(secret), key: written(key) } };
}

function caVolumesOf(application: Manifest): readonly object[] {
  const volumes = chartValue(application, 'synapse.extraVolumes');
  return Array.isArray(volumes) ? volumes.filter((volume) => valueAt(volume, ['name']) === 'database-ca') as object[] : [];
}

/** What Synapse's image is called by the chart (26.2.3 to 26.8.1). */
const synapseImage = 'oci.element.io/synapse';

/** The mirror of a homeserver, by where its values look for Synapse's image; undefined where that is the image's own registry. */
function imagesOf(application: Manifest): Images | undefined {
  const [registry, repository] = ['registry', 'repository'].map((field) => chartValue(application, `synapse.image.${field}`));
  const is = `${written(registry)}/${written(repository)}`;
  const pullSecret = chartValue(application, 'image.pullSecrets') !== undefined;
  return (['full', 'name'] as const)
    .map((paths) => ({ paths, end: mirrored(synapseImage, { registry: '', paths, pullSecret }) }))
    .filter(({ end }) => registry !== undefined && is.endsWith(end))
    .map(({ paths, end }) => ({ registry: is.slice(0, -end.length), paths, pullSecret }))[0];
}

/** A program of PostgreSQL's where a database is, with the rights to save, empty and fill it. */
export function inPlaceOf({ service, host, release }: Stored, program: string, args: string, takesInput = false): string {
  const cluster = clusterOfHost(host);
  if (cluster !== undefined) return inPrimary(`${program} ${args}`, cluster, takesInput);
  const [pod, container, as] = host === undefined ? [`${release}-postgres-0`, 'postgres', '-U postgres '] : [clientName, service, ''];
  return `kubectl -n ${release} exec ${takesInput ? '-i ' : ''}${pod} -c ${container} -- ${program} ${as}${args}`;
}

/** Commands that reach databases, with what an external server needs before and after them. */
export function asking({ release, client }: Pick<Estate, 'release' | 'client'>, commands: readonly string[]): readonly string[] {
  return client === undefined ? commands : [
    create(release, client),
    `kubectl -n ${release} wait --for=condition=Ready pod/${clientName} --timeout=10m`,
    ...commands,
    `kubectl -n ${release} delete pod ${clientName} --wait`,
  ];
}
