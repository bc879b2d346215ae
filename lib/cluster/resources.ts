/**
 * What a container asks for and may use at most.
 * Quantities as Kubernetes writes them: CPU `100m` or `2`, memory `256Mi` or `1Gi`.
 */
export interface Resources {
  readonly requests?: ComputeQuantities;
  readonly limits?: ComputeQuantities;
}

export interface ComputeQuantities {
  /** @pattern ^[0-9]+(\.[0-9]+)?m?$ */
  readonly cpu?: string;
  /** @pattern ^[0-9]+(\.[0-9]+)?(Ki|Mi|Gi|Ti|k|M|G|T)?$ */
  readonly memory?: string;
}

/** CPU and memory requests, and a memory limit: `resources('100m', '256Mi', '1Gi')`. No CPU limit, since it throttles what could run. */
export function resources(cpu: string, memory: string, memoryLimit: string): Resources {
  return { requests: { cpu, memory }, limits: { memory: memoryLimit } };
}

/** Field by field: what the user says, then the default. */
export function mergeResources(defaults: Resources, own: Resources | undefined): Resources {
  return { requests: { ...defaults.requests, ...own?.requests }, limits: { ...defaults.limits, ...own?.limits } };
}
