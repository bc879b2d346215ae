import { valueAt } from '../checks/path';
import type { Manifest } from '../gitops/manifest';
import type { Homeserver } from '../homeserver/homeserver';
import type { Platform } from '../platform/platform';
import { podsOfChart } from './charts';
import { demandOfHomeserver, type HomeserverDemand, storedOf } from './ess';
import { podsOfManifests, portsOfServices, priorityOf } from './manifests';
import { bytesOf, larger, nothing, type Pods, sum, type Volume } from './pod';

/** What is wanted of a database cluster. */
export interface DatabaseDemand {
  /** Connections that roles may open at one time. */
  readonly connections: number;
  /** Bytes that databases are expected to take. */
  readonly bytes: number;
}

/** Everything that a fleet, or a part of it, wants of its cluster. */
export interface Demand {
  readonly pods: readonly Pods[];
  /** Volumes of homeservers that do not run: stored, and attached to no node. */
  readonly detached: readonly Volume[];
  /** Of each database cluster, by its name. */
  readonly databases: ReadonlyMap<string, DatabaseDemand>;
  /** Ports of nodes. */
  readonly nodePorts: number;
}

/**
 * Connections beside those of homeservers: three that PostgreSQL keeps for superusers (superuser_reserved_connections), and what the
 * operator, its metrics and an admin open.
 */
const ownConnections = 15;

/**
 * What homeservers want: linear in their number. Their databases stay for ever, their connections come and go with their processes.
 * @param own what each of them makes of the cluster
 */
export function demandOfHomeservers(homeservers: readonly Homeserver[], own: readonly HomeserverDemand[] = homeservers.map((one) => demandOfHomeserver(one))): Demand {
  const sync = own.reduce((most, one) => larger(most, sum([one.sync, one.initialise])), nothing);
  return {
    pods: [
      ...own.flatMap(({ pods }) => pods),
      // Argo CD makes the Jobs of one homeserver after the other's, as a rule; a push that changes them all takes its time.
      ...sync.memory > 0 ? [{ ...sync, name: 'jobs of a sync', owner: 'homeservers', replicas: 1, everyNode: false, volumes: [], priority: priorityOf(undefined) }] : [],
    ],
    detached: homeservers.filter(({ state }) => state !== 'running').flatMap(storedOf),
    databases: homeservers.map(databasesOf).reduce(addDatabases, new Map()),
    nodePorts: own.reduce((all, { nodePorts }) => all + nodePorts, 0),
  };
}

/** Of the cluster that it lives on; a PostgreSQL of its own or outside of the fleet takes nothing that others want. */
function databasesOf({ place, state, databases, synapse }: Homeserver): Demand['databases'] {
  if (place.kind !== 'cluster') return new Map();
  const connections = state === 'running' ? databases.reduce((all, { connectionLimit }) => all + connectionLimit, 0) : 0;
  return new Map([[place.cluster, { connections, bytes: bytesOf(synapse.expectedDatabaseSize) }]]);
}

function addDatabases(a: Demand['databases'], b: Demand['databases']): Demand['databases'] {
  const both = new Map(a);
  for (const [cluster, { connections, bytes }] of b) {
    const before = both.get(cluster) ?? { connections: 0, bytes: 0 };
    both.set(cluster, { connections: before.connections + connections, bytes: before.bytes + bytes });
  }
  return both;
}

/**
 * What the platform wants.
 * @param manifests everything that it emits
 */
export function demandOfPlatform({ databaseClusters, traefik, ingress, manifests: own }: Platform, manifests: readonly Manifest[]): Demand {
  return {
    pods: podsOfPlatform(manifests),
    detached: [],
    databases: new Map(databaseClusters.map(({ name }) => [name, { connections: ownConnections, bytes: 0 }])),
    // Of the load balancer: web, websecure and, where Traefik is ours, ssh; without one, the proxy's, which are among the manifests.
    nodePorts: ingress ? (traefik ? 3 : 2) + portsOfServices(own) : portsOfServices(manifests),
  };
}

/** Both together. */
export function addDemand(a: Demand, b: Demand): Demand {
  return {
    pods: [...a.pods, ...b.pods],
    detached: [...a.detached, ...b.detached],
    databases: addDatabases(a.databases, b.databases),
    nodePorts: a.nodePorts + b.nodePorts,
  };
}

/** Read off the very objects that the platform emits, whoever wrote them. */
function podsOfPlatform(manifests: readonly Manifest[]): Pods[] {
  const charts = manifests.filter(({ kind }) => kind === 'Application').map(({ metadata, spec }) => ({ name: metadata.name, source: valueAt(spec, ['source']) }));
  const byNamespace = new Map<string, Manifest[]>();
  for (const manifest of manifests) {
    const namespace = manifest.metadata.namespace ?? 'default';
    byNamespace.set(namespace, [...byNamespace.get(namespace) ?? [], manifest]);
  }
  return [
    ...[...byNamespace].flatMap(([namespace, all]) => [...podsOfManifests(namespace, all)]),
    ...charts.flatMap(({ name, source }) => podsOfChart(name, String(valueAt(source, ['chart'])), valueAt(source, ['helm', 'valuesObject']))),
  ];
}
