import { type Path, valueAt } from '../checks/path';
import type { Manifest } from '../gitops/manifest';
import { has } from '../homeserver/chart-version';
import { type Content, contentOf } from '../homeserver/content';
import type { Homeserver } from '../homeserver/homeserver';
import { initialiseObjects, isInitialised } from '../homeserver/initialise';
import { mostReplicas } from '../homeserver/scaling';
import { isMap, merge } from '../merge';
import { isOn, podsOfWorkload, type Workload } from './charts';
import { podsOfManifests, portsOfServices } from './manifests';
import { type Amounts, amountsOf, bytesOf, larger, nothing, type Pods, sum, type Volume } from './pod';

const priority = 'priorityClassName';

/** The ESS chart's own workloads. The containers that run before the main one have its `resources`, so they never count for more. */
const workloads: readonly Workload[] = [
  { name: 'mas', on: ['matrixAuthenticationService.enabled', true], replicas: 'matrixAuthenticationService.replicas', containers: ['matrixAuthenticationService.resources'], priority },
  { name: 'element-web', on: ['elementWeb.enabled', true], replicas: 'elementWeb.replicas', containers: ['elementWeb.resources'], priority },
  { name: 'element-admin', on: ['elementAdmin.enabled', true], replicas: 'elementAdmin.replicas', containers: ['elementAdmin.resources'], priority },
  { name: 'rtc-authoriser', on: ['matrixRTC.enabled', true], replicas: 'matrixRTC.replicas', containers: ['matrixRTC.resources'], priority },
  { name: 'hookshot', on: ['hookshot.enabled', false], replicas: 'hookshot.replicas', containers: ['hookshot.resources'], priority },
];
const synapse: Workload = { name: 'synapse', on: ['synapse.enabled', true], replicas: 'synapse.replicas', containers: ['synapse.resources'], priority };
const sfu: Workload = { name: 'rtc-sfu', on: ['matrixRTC.sfu.enabled', true], replicas: 'matrixRTC.sfu.replicas', containers: ['matrixRTC.sfu.resources'], priority };
const haproxy: Workload = { name: 'haproxy', replicas: 'haproxy.replicas', containers: ['haproxy.resources'], priority };
const redis: Workload = { name: 'redis', containers: ['redis.resources'], priority };
const redisWithExporter: Workload = { ...redis, containers: ['redis.resources', ['redis.redisExporter.resources', ['redis.redisExporter.enabled', true]]] };

/** The container that sets passwords has the resources of PostgreSQL itself, and waits for ever when it has done so. */
const postgres: Workload = { name: 'postgres', on: ['postgres.enabled', true], containers: ['postgres.resources', 'postgres.resources', 'postgres.postgresExporter.resources'], priority };

/** Media servers in the nodes' own network want the same ports, so they share no node. */
const portsOfNodes = 'ports of nodes';

/** What a homeserver makes of its cluster: nothing runs where it is stopped or retired. */
export interface HomeserverDemand {
  readonly pods: readonly Pods[];
  /** What the chart's hooks take for the time of a sync. */
  readonly sync: Amounts;
  /** What the Job takes that makes its databases on an external server, beside the hooks, and in a namespace of its own. */
  readonly initialise: Amounts;
  /** Ports of nodes. */
  readonly nodePorts: number;
}

export function demandOfHomeserver(homeserver: Homeserver, { values: atRest, objects }: Content = contentOf(homeserver)): HomeserverDemand {
  const values = merge(atRest, mostReplicas(homeserver));
  const running = homeserver.state === 'running';
  return {
    pods: running ? podsOf(homeserver, values, objects) : [],
    sync: running ? syncOf(values) : nothing,
    initialise: isInitialised(homeserver.place) ? sum(podsOfManifests(homeserver.name, initialiseObjects(homeserver, homeserver.place))) : nothing,
    // Those of one that is stopped are kept for its return.
    nodePorts: (running ? exposedServices(values).length : nodePortsOfCalls(homeserver)) + portsOfServices([...homeserver.manifests, ...objects]),
  };
}

function podsOf(homeserver: Homeserver, values: unknown, objects: readonly Manifest[]): Pods[] {
  const { name, chartVersion, manifests } = homeserver;
  const make = (workload: Workload) => podsOfWorkload(name, workload, values);
  const on = (component: string) => isOn(values, [`${component}.enabled`, component !== 'hookshot']);
  const workers = workersOf(values);
  const needsRedis = workers.length > 0 && !valueAt(values, ['synapse', 'redis']) || on('hookshot') && !valueAt(values, ['hookshot', 'redis']);
  const inNodeNetwork = valueAt(values, ['matrixRTC', 'sfu', 'hostNetwork']) === true;
  return [
    ...make(synapse).map((pods) => ({ ...pods, volumes: mediaOf(homeserver) })),
    ...databaseVolumes(homeserver).flatMap((volume) => make(postgres).map((pods) => ({ ...pods, volumes: [volume] }))),
    ...workers.flatMap(make),
    ...workloads.flatMap(make),
    ...on('matrixRTC') ? make(sfu).map((pods) => (inNodeNetwork ? { ...pods, apart: portsOfNodes } : pods)) : [],
    ...on('synapse') || on('wellKnownDelegation') ? make(haproxy) : [],
    ...needsRedis ? make(has(chartVersion, '26.6.0') ? redisWithExporter : redis) : [],
    ...podsBeside(homeserver, objects),
    ...podsOfManifests(name, manifests),
  ];
}

/**
 * Pods of our own beside the chart's. Media that they mount are attached already, to the node of Synapse, where they run. A job that is
 * suspended runs when somebody wants it.
 */
function podsBeside(homeserver: Homeserver, objects: readonly Manifest[]): Pods[] {
  const own = objects.filter(({ metadata: { name }, spec }) => name !== homeserver.names.mediaClaim && valueAt(spec, ['suspend']) !== true);
  const claims = homeserver.manifests.filter(({ kind }) => kind === 'PersistentVolumeClaim');
  return [...podsOfManifests(homeserver.name, [...own, ...claims])].map((pods) => ({ ...pods, volumes: pods.volumes.filter(({ size }) => size > 0) }));
}

function workersOf(values: unknown): Workload[] {
  const workers = valueAt(values, ['synapse', 'workers']);
  return !isMap(workers) ? [] : Object.keys(workers)
    .filter((type) => isOn(values, [`synapse.workers.${type}.enabled`, false]))
    .map((type): Workload => {
      const at = `synapse.workers.${type}`;
      return { name: `synapse-${type}`, replicas: `${at}.replicas`, containers: [`${at}.resources`], priority };
    });
}

/** The disk of uploaded files; none where a server of files has them. */
function mediaOf({ synapse: { media } }: Homeserver): Volume[] {
  return media.nfs ? [] : [{ size: bytesOf(media.size), storageClass: media.storageClass }];
}

/** Disks that stay when nothing runs. */
export function storedOf(homeserver: Homeserver): Volume[] {
  const { companions: { maubot }, surroundings } = homeserver;
  return [...mediaOf(homeserver), ...databaseVolumes(homeserver), ...maubot ? [{ size: bytesOf(maubot.size), storageClass: surroundings.mediaStorageClass }] : []];
}

function nodePortsOfCalls({ rtc }: Homeserver): number {
  return rtc && rtc.exposure === 'NodePort' ? (rtc.udp === false ? 1 : 2) : 0;
}

/** That of a PostgreSQL of its own, if it has one; it stays, too. */
function databaseVolumes({ place }: Homeserver): readonly Volume[] {
  return place.kind === 'built-in' ? [{ size: bytesOf(place.size), storageClass: place.storageClass }] : [];
}

/** The hungriest phase of a sync, of which each runs its Jobs at once: secrets and markers, then the check of the configuration beside a migration to MAS. */
function syncOf(values: unknown): Amounts {
  const job = (on: string, byDefault: boolean, ...path: Path) => (isOn(values, [on, byDefault]) ? amountsOf(valueAt(values, [...path, 'resources'])) : nothing);
  const first = sum([job('initSecrets.enabled', true, 'initSecrets'), job('deploymentMarkers.enabled', true, 'deploymentMarkers')]);
  const second = sum([
    job('synapse.checkConfigHook.enabled', true, 'synapse', 'checkConfigHook'),
    job('matrixAuthenticationService.syn2mas.enabled', false, 'matrixAuthenticationService', 'syn2mas'),
  ]);
  return larger(first, second);
}

/** Services of the chart's that take a port of every node. */
function exposedServices(values: unknown): string[] {
  const services = valueAt(values, ['matrixRTC', 'sfu', 'exposedServices']);
  if (!isMap(services) || !isOn(values, ['matrixRTC.enabled', true])) return [];
  return Object.keys(services).filter((name) => valueAt(services, [name, 'enabled']) === true && ['NodePort', 'LoadBalancer', undefined].includes(valueAt(services, [name, 'portType']) as string));
}
