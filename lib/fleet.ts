import { issuers } from './cluster/issuer';
import { priorityClasses, resolveCluster } from './cluster/cluster';
import type { ClusterOptions } from './cluster/options';
import type { Unit } from './gitops/folder';
import type { Homeserver, Surroundings } from './homeserver/homeserver';
import type { HomeserverOptions } from './homeserver/options';
import { type HomeserverDefaults, resolveHomeserver } from './homeserver/resolve';
import { HomeserverUnit } from './homeserver/unit';
import type { PlatformOptions } from './platform/options';
import { namespaces, type Platform, resolvePlatform, sharedCluster } from './platform/platform';
import { PlatformUnit } from './platform/unit';
import { essChart } from './platform/versions';

/** What main.ts describes: one Kubernetes cluster, what is installed on it once, and its homeservers. */
export interface FleetOptions {
  readonly cluster: ClusterOptions;
  readonly platform: PlatformOptions;

  /** What holds for every homeserver whose own file does not say otherwise. */
  readonly defaults?: HomeserverDefaults;

  /**
   * Homeservers beside those of the files under `instances/`, for who would rather write a loop.
   * @default - none
   */
  readonly homeservers?: readonly HomeserverOptions[];
}

/** Options of one homeserver, and where they stand. */
export interface Described {
  /** The user's file, e.g. `instances/demo.ts`. */
  readonly file: string;
  /** The path in what the file exports; empty where it exports just this homeserver, else e.g. `[2]` or `homeservers[0]`. */
  readonly path: string;
  readonly options: HomeserverOptions;
}

/** The fleet with every default filled in and every name derived. After this, nobody computes a name again. */
export interface Fleet {
  readonly platform: Platform;
  readonly homeservers: readonly Homeserver[];
}

/** Resolves a fleet whose options have passed their schema. Homeservers come in the order of their names. */
export function resolveFleet(file: string, options: FleetOptions, described: readonly Described[]): Fleet {
  const platform = resolvePlatform(file, options.platform, resolveCluster(options.cluster));
  const surroundings = surroundingsOf(platform);
  return {
    platform,
    homeservers: described
      .map((one) => resolveHomeserver(one.file, one.options, options.defaults ?? {}, surroundings))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

/**
 * The fleet's construct trees: the platform's, then one a homeserver. Each is built when it is asked for, so that a large
 * fleet never stands in memory at once, and so that no tree is resolved for another's sake.
 */
export function* units({ platform, homeservers }: Fleet): Generator<Unit> {
  yield new PlatformUnit(platform);
  for (const homeserver of homeservers) yield new HomeserverUnit(homeserver, platform.repository);
}

function surroundingsOf({ cluster, ingress, monitoring }: Platform): Surroundings {
  return {
    database: { cluster: sharedCluster, namespace: namespaces.postgres, host: `${sharedCluster}-rw.${namespaces.postgres}.svc.cluster.local` },
    issuers,
    ingress,
    monitoring: monitoring ? namespaces.monitoring : undefined,
    mediaStorageClass: cluster.storage.bulkRetain,
    priorityClass: priorityClasses.homeserver.name,
    chart: essChart,
  };
}
