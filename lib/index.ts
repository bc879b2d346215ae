/** What main.ts and the files under `instances/` import. */
import type { FleetOptions } from './fleet';
import type { HomeserverOptions } from './homeserver/options';

export type { BudgetLevels, BudgetOptions } from './budget/options';
export type { Silence } from './checks/silence';
export type { ClusterOptions, NodeGroup, StorageOptions } from './cluster/options';
export type { ComputeQuantities, Resources } from './cluster/resources';
export type { FleetOptions } from './fleet';
export type { Manifest } from './gitops/manifest';
export type { Intention } from './guard/intention';
export type * from './homeserver/options';
export type * from './platform/options';

/** Describes the cluster and its platform: the default export of `main.ts`. */
export function fleet(options: FleetOptions): FleetOptions {
  return options;
}

/** Describes one homeserver: the default export of a file under `instances/`, or an entry of a list of them. */
export function homeserver(options: HomeserverOptions): HomeserverOptions {
  return options;
}
