import type { Cluster } from './cluster';
import { bytes } from './quantity';

/** What of a node pods may request. */
export interface Allocatable {
  /** Thousandths of a core. */
  readonly cpu: number;
  /** Bytes. */
  readonly memory: number;
  /** Disks; infinite where nothing limits them. */
  readonly volumes: number;
}

/** Shares that go to the kubelet, step by step: of so much, such a part. */
type Steps = readonly (readonly [size: number, part: number])[];

const gib = 2 ** 30;

/**
 * What Yandex Cloud keeps of a node for the kubelet, as its documentation has it ("Dynamic resource allocation", concepts of node groups);
 * other clouds have the same steps. Of the memory, 100 MiB more are the mark at which pods are evicted.
 */
const kubelet: { readonly cpu: Steps; readonly memory: Steps; readonly eviction: number } = {
  cpu: [[1000, 0.06], [1000, 0.01], [2000, 0.005], [Infinity, 0.0025]],
  memory: [[4 * gib, 0.25], [4 * gib, 0.2], [8 * gib, 0.1], [112 * gib, 0.06], [Infinity, 0.02]],
  eviction: 100 * 2 ** 20,
};

/** An estimate of what the provider's own pods request on a node (DNS, proxy, disks, metrics), which differs with its version. */
const systemPods = { cpu: 200, memory: 192 * 2 ** 20 };

/** What pods of this program may request on one node of each group. */
export function allocatable({ provider, nodes }: Pick<Cluster, 'provider' | 'nodes'>): Allocatable[] {
  return nodes.map(({ cpu, memory, volumes, reserved }) => {
    const has = { cpu: millicores(cpu), memory: bytes(memory) };
    const kept = reserved ? { cpu: millicores(reserved.cpu), memory: bytes(reserved.memory) } : keptOf(provider, has);
    return {
      cpu: Math.max(0, Math.floor(has.cpu - kept.cpu)),
      memory: Math.max(0, Math.floor(has.memory - kept.memory)),
      volumes: volumes === Number.MAX_SAFE_INTEGER ? Infinity : volumes,
    };
  });
}

function keptOf(provider: Cluster['provider'], { cpu, memory }: { readonly cpu: number; readonly memory: number }) {
  if (provider === 'k3s') return systemPods;
  return { cpu: partOf(cpu, kubelet.cpu) + systemPods.cpu, memory: partOf(memory, kubelet.memory) + kubelet.eviction + systemPods.memory };
}

function partOf(amount: number, steps: Steps): number {
  let [rest, part] = [amount, 0];
  for (const [size, share] of steps) {
    part += Math.min(rest, size) * share;
    rest = Math.max(0, rest - size);
  }
  return part;
}

/** Thousandths of a core of an amount as the options take it: `2`, `1.5`, `100m`. */
function millicores(cpu: string): number {
  return cpu.endsWith('m') ? Number(cpu.slice(0, -1)) : Number(cpu) * 1000;
}
