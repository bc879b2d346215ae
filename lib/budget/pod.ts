import { parseQuantity } from '../checks/quantity';
import { listAt, valueAt } from '../checks/path';

/** Computing resources, in the units that the scheduler counts in. */
export interface Amounts {
  /** Thousandths of a core that are requested. */
  readonly cpu: number;
  /** Bytes that are requested. */
  readonly memory: number;
  /** Bytes that may be used at most; what has no limit counts with what it requests. */
  readonly memoryLimit: number;
}

/** A disk that a pod attaches. */
export interface Volume {
  /** Bytes. */
  readonly size: number;
  readonly storageClass: string | undefined;
}

/** Pods that are alike, as the scheduler sees them. */
export interface Pods extends Amounts {
  readonly name: string;
  /** The homeserver's name, or the Application's. */
  readonly owner: string;
  /** How many; meaningless where one runs on every node. */
  readonly replicas: number;
  readonly everyNode: boolean;
  /** Disks of each. */
  readonly volumes: readonly Volume[];
  /** The higher goes first. */
  readonly priority: number;
  /** No two pods of one word share a node. */
  readonly apart?: string;
}

export const nothing: Amounts = { cpu: 0, memory: 0, memoryLimit: 0 };

export const sum = (amounts: Iterable<Amounts>): Amounts => {
  let [cpu, memory, memoryLimit] = [0, 0, 0];
  for (const one of amounts) {
    cpu += one.cpu;
    memory += one.memory;
    memoryLimit += one.memoryLimit;
  }
  return { cpu, memory, memoryLimit };
};

export const larger = (a: Amounts, b: Amounts): Amounts =>
  ({ cpu: Math.max(a.cpu, b.cpu), memory: Math.max(a.memory, b.memory), memoryLimit: Math.max(a.memoryLimit, b.memoryLimit) });

export const bytesOf = (quantity: unknown): number => Math.ceil(parseQuantity(quantity) ?? 0);

/** Kubernetes rounds a fraction of a thousandth up; a binary fraction such as that of 0.1 is none. */
export const millicoresOf = (quantity: unknown): number => Math.ceil(Math.round((parseQuantity(quantity) ?? 0) * 1e6) / 1e3);

/** What a container's `resources` set aside. Where only a limit is given, the API server takes it for the request, too. */
export function amountsOf(resources: unknown): Amounts {
  if (typeof resources !== 'object' || resources === null) return nothing;
  let amounts = known.get(resources);
  if (amounts === undefined) known.set(resources, amounts = read(resources));
  return amounts;
}

/** What was read before: most homeservers have the same few defaults. */
const known = new WeakMap<object, Amounts>();

function read(resources: object): Amounts {
  const of = (resource: string) => {
    const limit = valueAt(resources, ['limits', resource]) ?? undefined;
    return { limit, request: valueAt(resources, ['requests', resource]) ?? limit };
  };
  const memory = of('memory');
  const request = bytesOf(memory.request);
  return { cpu: millicoresOf(of('cpu').request), memory: request, memoryLimit: memory.limit === undefined ? request : bytesOf(memory.limit) };
}

/**
 * What the scheduler sets aside for a pod: all containers at once, or the hungriest of those that run before them, beside the sidecars
 * that are up by then (kubernetes.io/docs/concepts/workloads/pods/init-containers, "Resource sharing within containers").
 */
export function amountsOfPod(spec: unknown): Amounts {
  const resources = (container: unknown) => amountsOf(valueAt(container, ['resources']));
  let sidecars = nothing;
  let peak = nothing;
  for (const container of listAt(spec, ['initContainers'])) {
    const own = resources(container);
    if (valueAt(container, ['restartPolicy']) === 'Always') sidecars = sum([sidecars, own]);
    else peak = larger(peak, sum([sidecars, own]));
  }
  return larger(peak, sum([sidecars, ...listAt(spec, ['containers']).map(resources)]));
}
