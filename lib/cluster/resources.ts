/**
 * What a container asks for and may use at most.
 * Quantities as Kubernetes writes them: CPU `100m` or `2`, memory `256Mi` or `1Gi`.
 */
export interface Resources {
  /** What is set aside for it on its node. */
  readonly requests?: ComputeQuantities;
  /** What it may use at most: above the memory it is killed, above the CPU it is slowed. */
  readonly limits?: ComputeQuantities;
}

// A type and no interface: Kubernetes takes a map of any resources here, and only a type counts as one.
export type ComputeQuantities = {
  /**
   * Cores or thousandths of one: `2`, `100m`.
   * @pattern ^[0-9]+(\.[0-9]+)?m?$
   */
  readonly cpu?: string;
  /**
   * Bytes: `256Mi`, `1Gi`.
   * @pattern ^[0-9]+(\.[0-9]+)?(Ki|Mi|Gi|Ti|k|M|G|T)?$
   */
  readonly memory?: string;
};

/** CPU and memory requests, and a memory limit: `resources('100m', '256Mi', '1Gi')`. No CPU limit, since it throttles what could run. */
export function resources(cpu: string, memory: string, memoryLimit: string): Resources {
  return { requests: { cpu, memory }, limits: { memory: memoryLimit } };
}

/** Field by field: what the user says, then the default. */
export function mergeResources(defaults: Resources, own: Resources | undefined): Resources {
  return own === undefined ? defaults : { requests: { ...defaults.requests, ...own.requests }, limits: { ...defaults.limits, ...own.limits } };
}
