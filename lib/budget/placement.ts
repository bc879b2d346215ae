import type { Allocatable } from '../cluster/allocatable';
import type { Pods } from './pod';

/** A node, and what stands on it. */
export interface Node {
  /** `node 2`, counted through all groups. */
  readonly name: string;
  readonly has: Allocatable;
  readonly used: { cpu: number; memory: number; memoryLimit: number; volumes: number };
  readonly apart: Set<string>;
  readonly pods: Pods[];
}

export interface Placement {
  readonly nodes: readonly Node[];
  /** What no node takes, since each has one already that it refuses to stand beside; each entry is one pod. */
  readonly homeless: readonly Pods[];
}

/** Empty nodes, group by group. */
export function emptyNodes(groups: readonly { readonly count: number; readonly has: Allocatable }[]): Node[] {
  return groups
    .flatMap(({ count, has }) => Array.from({ length: count }, () => has))
    .map((has, index) => ({ name: `node ${index + 1}`, has, used: { cpu: 0, memory: 0, memoryLimit: 0, volumes: 0 }, apart: new Set(), pods: [] }));
}

/** Nodes with room that are compared for one pod; the real scheduler looks at no more of them than this either in a large cluster (kube-scheduler, minFeasibleNodesToFind). */
const compared = 100;

/**
 * Puts pods on nodes as the scheduler would: what runs everywhere, then by priority, each where the most is left. A pod that no node has
 * room for goes where it exceeds least, so that the node shows by how much it is over.
 */
export function place(nodes: readonly Node[], pods: readonly Pods[]): Placement {
  const homeless: Pods[] = [];
  let start = 0;
  for (const one of pods) if (one.everyNode) for (const node of nodes) put(node, one);
  const room = roomOf(nodes);
  const rest = pods.filter(({ everyNode }) => !everyNode).sort((a, b) => b.priority - a.priority);
  for (const one of rest) {
    for (let replica = 0; replica < one.replicas; replica++) {
      const index = roomiest(nodes, room, one, start) ?? leastExceeded(nodes, one);
      start = (start + 1) % nodes.length;
      if (index === undefined) {
        homeless.push(one);
        continue;
      }
      put(nodes[index]!, one);
      take(room, index, one);
    }
  }
  return { nodes, homeless };
}

function put({ used, apart, pods }: Node, one: Pods): void {
  used.cpu += one.cpu;
  used.memory += one.memory;
  used.memoryLimit += one.memoryLimit;
  used.volumes += one.volumes.length;
  if (one.apart !== undefined) apart.add(one.apart);
  pods.push(one);
}

const accepts = (node: Node, { apart }: Pods) => apart === undefined || !node.apart.has(apart);

/** What each node has, and what of it is taken, in columns: a large fleet goes down them a million times. */
interface Room {
  readonly cpu: Column;
  readonly memory: Column;
  readonly volumes: Column;
}

interface Column {
  readonly has: Float64Array;
  readonly used: Float64Array;
}

function roomOf(nodes: readonly Node[]): Room {
  const column = (key: keyof Room): Column => ({ has: Float64Array.from(nodes, ({ has }) => has[key]), used: Float64Array.from(nodes, ({ used }) => used[key]) });
  return { cpu: column('cpu'), memory: column('memory'), volumes: column('volumes') };
}

function take({ cpu, memory, volumes }: Room, index: number, one: Pods): void {
  cpu.used[index]! += one.cpu;
  memory.used[index]! += one.memory;
  volumes.used[index]! += one.volumes.length;
}

/**
 * Of the nodes with room, the best; the first where they are equal. With hundreds of nodes, the next hundred that have room are compared.
 * What counts is what is left of CPU and memory, and how evenly they are used (kube-scheduler, LeastAllocated and
 * NodeResourcesBalancedAllocation, of equal weight): half of both shares together, and half of their difference, are the larger share.
 */
function roomiest(nodes: readonly Node[], { cpu, memory, volumes }: Room, one: Pods, start: number): number | undefined {
  const disks = one.volumes.length;
  let best: number | undefined;
  let least = Infinity;
  let index = nodes.length > compared ? start : 0;
  for (let left = nodes.length, seen = 0; left > 0 && seen < compared; left--, index = index + 1 === nodes.length ? 0 : index + 1) {
    const share = Math.max((cpu.used[index]! + one.cpu) / cpu.has[index]!, (memory.used[index]! + one.memory) / memory.has[index]!);
    if (!(share <= 1) || volumes.used[index]! + disks > volumes.has[index]! || !accepts(nodes[index]!, one)) continue;
    seen++;
    if (share < least) {
      best = index;
      least = share;
    }
  }
  return best;
}

function leastExceeded(nodes: readonly Node[], one: Pods): number | undefined {
  const after = ({ has, used }: Node) =>
    Math.max(shareOf(used.cpu + one.cpu, has.cpu), shareOf(used.memory + one.memory, has.memory), shareOf(used.volumes + one.volumes.length, has.volumes));
  let best: number | undefined;
  let least = Infinity;
  for (const [index, node] of nodes.entries()) {
    if (!accepts(node, one)) continue;
    const share = after(node);
    if (best === undefined || share < least) [best, least] = [index, share];
  }
  return best;
}

/** A node without disks has none of them taken. */
export const shareOf = (part: number, whole: number): number => (part === 0 ? 0 : part / whole);
