import { listAt, valueAt } from '../checks/path';
import { parseQuantity } from '../checks/quantity';
import type { TracedFleet } from '../checks/traced';
import { allocatable } from '../cluster/allocatable';
import { bytes } from '../cluster/quantity';
import type { Homeserver } from '../homeserver/homeserver';
import type { HomeserverDefaults } from '../homeserver/options';
import { resolveHomeserver } from '../homeserver/resolve';
import { surroundingsOf } from '../fleet';
import type { DatabaseCluster, Platform } from '../platform/platform';
import { addDemand, type Demand, demandOfHomeservers } from './demand';
import type { HomeserverDemand } from './ess';
import { type BudgetName, levelOf, type Level, levelsOf } from './levels';
import type { BudgetLevels, BudgetOptions } from './options';
import { emptyNodes, type Node, place, type Placement, shareOf } from './placement';

/** How much of something there is, and how much of it the fleet wants. */
export interface Measure {
  readonly used: number;
  readonly of: number;
  /** 1 is all of it. Of what nodes have: that of the fullest node, since a pod stands on one; of what database clusters have: all is of the fullest. */
  readonly share: number;
  /** The fullest node, where nodes have it. */
  readonly node?: Node;
  /** The fullest database cluster, where they have it and there is one. */
  readonly cluster?: DatabaseCluster;
}

export interface Budget extends Measure {
  readonly name: BudgetName;
  readonly levels: Required<BudgetLevels>;
  readonly level: Level;
}

/** A fleet on its cluster. */
export interface Assessment {
  readonly fleet: TracedFleet;
  readonly demand: Demand;
  readonly placement: Placement;
  readonly budgets: readonly Budget[];
}

/** Names that one certificate of Let's Encrypt can have (letsencrypt.org/docs/rate-limits). */
const certificateNames = 100;

/**
 * The fleet as it is.
 * @param ofPlatform what its platform wants
 * @param ofHomeservers what each of its homeservers does
 */
export function assess(fleet: TracedFleet, ofPlatform: Demand, ofHomeservers: readonly HomeserverDemand[]): Assessment {
  const { model: platform } = fleet.platform;
  const demand = addDemand(ofPlatform, demandOfHomeservers(fleet.homeservers.map(({ model }) => model), ofHomeservers));
  const placement = place(emptyNodes(groupsOf(platform)), demand.pods);
  return { fleet, demand, placement, budgets: budgetsOf(fleet, demand, placement.nodes) };
}

/** How many nodes of what each group has. */
export function groupsOf({ cluster }: Platform) {
  const has = allocatable(cluster);
  return cluster.nodes.map(({ count }, index) => ({ count, has: has[index]! }));
}

/** The fleet with more and more homeservers of default size, one by one, beside what stands already; the last has `most` more. */
export function* growing({ fleet, placement, ...before }: Assessment, most: number): Generator<readonly Budget[]> {
  let { demand } = before;
  const nodes = placement.nodes.map((node) => ({ ...node, used: { ...node.used }, apart: new Set(node.apart), pods: [...node.pods] }));
  const one = demandOfHomeservers([anotherHomeserver(fleet)]);
  const pods = one.pods.filter(({ owner }) => owner === another);
  for (let more = 0; more < most; more++) {
    demand = addDemand(demand, { ...one, pods });
    place(nodes, pods);
    yield budgetsOf(fleet, demand, nodes);
  }
}

const another = 'one more';

function anotherHomeserver({ platform: { model: platform, words } }: TracedFleet): Homeserver {
  const defaults = valueAt(words[0].options, ['defaults']) as HomeserverDefaults | undefined;
  return resolveHomeserver(platform.file, { name: another, serverName: 'example.org', rtc: { tcp: 1, udp: 2 } }, defaults ?? {}, surroundingsOf(platform));
}

const simple = (used: number, of: number): Measure => ({ used, of, share: of > 0 ? used / of : Infinity });

function fullest(clusters: readonly DatabaseCluster[], measure: (one: DatabaseCluster) => Measure): Measure {
  return clusters
    .map((cluster) => ({ ...measure(cluster), cluster }))
    .reduce<Measure>((most, one) => (most.cluster === undefined || one.share > most.share ? one : most), { used: 0, of: 0, share: 0 });
}

function budgetsOf({ platform: { model: platform }, homeservers, budgets: options }: TracedFleet, demand: Demand, nodes: readonly Node[]): Budget[] {
  const { cluster, databaseClusters } = platform;
  const measures: Record<BudgetName, Measure> = {
    connections: fullest(databaseClusters, (one) => simple(demand.databases.get(one.name)?.connections ?? 0, connectionsOf(one))),
    cpu: nodeMeasures.cpu(nodes),
    memory: nodeMeasures.memory(nodes),
    memoryLimits: nodeMeasures.memoryLimits(nodes),
    volumes: nodeMeasures.volumes(nodes),
    databaseStorage: fullest(databaseClusters, (one) => simple(demand.databases.get(one.name)?.bytes ?? 0, bytes(one.size))),
    nodePorts: simple(demand.nodePorts, cluster.nodePorts.to - cluster.nodePorts.from + 1),
    certificateNames: simple(namesOfCertificate(platform, homeservers.map(({ model }) => model)), certificateNames),
  };
  return (Object.keys(measures) as BudgetName[]).map((name) => judged(name, measures[name], options));
}

function judged(name: BudgetName, measure: Measure, options: BudgetOptions): Budget {
  const levels = levelsOf(options, name);
  return { ...measure, name, levels, level: levelOf(measure.share, levels) };
}

/** The user's own setting wins, as it does in the manifest. */
function connectionsOf({ maxConnections, parameters }: DatabaseCluster): number {
  return parseQuantity(parameters['max_connections']) ?? maxConnections;
}

/** What nodes have, and how full they are. */
export const nodeMeasures = {
  cpu: (nodes: readonly Node[]) => ofNodes(nodes, ({ used }) => used.cpu, ({ has }) => has.cpu),
  memory: (nodes: readonly Node[]) => ofNodes(nodes, ({ used }) => used.memory, ({ has }) => has.memory),
  memoryLimits: (nodes: readonly Node[]) => ofNodes(nodes, ({ used }) => used.memoryLimit, ({ has }) => has.memory),
  volumes: volumesOf,
} satisfies Partial<Record<BudgetName, (nodes: readonly Node[]) => Measure>>;

function ofNodes(nodes: readonly Node[], usedOf: (node: Node) => number, hasOf: (node: Node) => number): Measure {
  let [used, of, share] = [0, 0, -1];
  let fullest: Node | undefined;
  for (const node of nodes) {
    used += usedOf(node);
    of += hasOf(node);
    const own = shareOf(usedOf(node), hasOf(node));
    if (own > share) [share, fullest] = [own, node];
  }
  return { used, of, share, ...fullest && { node: fullest } };
}

/** A node with no disk left to attach is no harm, as long as another has: what counts is all of them, or the one that lacks some. */
function volumesOf(nodes: readonly Node[]): Measure {
  const measure = ofNodes(nodes, ({ used }) => used.volumes, ({ has }) => has.volumes);
  return measure.share > 1 ? measure : { used: measure.used, of: measure.of, share: shareOf(measure.used, measure.of) };
}

/** The most names that one certificate has: each of ours has one, so only Ingresses and Certificates of the user's own can have more. */
function namesOfCertificate({ manifests }: Platform, homeservers: readonly Homeserver[]): number {
  let most = 1;
  for (const manifest of [...manifests, ...homeservers.flatMap((homeserver) => homeserver.manifests)]) {
    const kind = valueAt(manifest, ['kind']);
    if (kind === 'Certificate') most = Math.max(most, listAt(manifest, ['spec', 'dnsNames']).length);
    if (kind === 'Ingress') for (const tls of listAt(manifest, ['spec', 'tls'])) most = Math.max(most, listAt(tls, ['hosts']).length);
  }
  return most;
}
