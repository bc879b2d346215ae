import type { BudgetOptions } from './budget/options';
import type { Silence } from './checks/silence';
import { issuers } from './cluster/issuer';
import { priorityClasses, resolveCluster } from './cluster/cluster';
import type { ClusterOptions } from './cluster/options';
import type { Intention } from './guard/intention';
import type { Homeserver, Surroundings } from './homeserver/homeserver';
import type { HomeserverDefaults, HomeserverOptions } from './homeserver/options';
import { resolveHomeserver } from './homeserver/resolve';
import type { PlatformOptions } from './platform/options';
import { namespaces, type Platform, resolvePlatform } from './platform/platform';
import { essChart, pins } from './platform/versions';
import { type SealedFile, sealedValues } from './secrets/sealed';
import type { SecretWay } from './secrets/way';

/** What main.ts describes: one Kubernetes cluster, what is installed on it once, and its homeservers. */
export interface FleetOptions {
  readonly cluster: ClusterOptions;
  readonly platform: PlatformOptions;

  /** What holds for every homeserver whose own file does not say otherwise. */
  readonly defaults?: HomeserverDefaults;

  /**
   * How Secrets reach the cluster; a homeserver may go another way. `bootstrap`: `secrets.sh` makes them there. `sealed`: they stand in
   * git, sealed by `npm run seal`. `external`: External Secrets Operator reads them from a store. `vault-plugin`: Argo CD Vault Plugin
   * puts them into placeholders. What Gitea and Argo CD start with is always made by `secrets.sh`.
   * @default bootstrap
   */
  readonly secrets?: SecretWay;

  /**
   * Homeservers beside those of the files under `instances/`, for who would rather write a loop.
   * @default - none
   */
  readonly homeservers?: readonly HomeserverOptions[];

  /** Dangerous changes of the platform that are meant, each as the refusal prints it. */
  readonly intends?: readonly Intention[];

  /** Rules that are not to speak in this fleet, each with its reason. */
  readonly silenced?: readonly Silence[];

  /** How much of what the cluster has may be promised before `synth` warns or refuses. */
  readonly budgets?: BudgetOptions;
}

/** Options of one homeserver, and the user's file that they stand in. */
export interface Described {
  readonly file: string;
  readonly options: HomeserverOptions;
}

/** The fleet with every default filled in and every name derived. After this, nobody computes a name again. */
export interface Fleet {
  readonly platform: Platform;
  readonly homeservers: readonly Homeserver[];
  readonly intends: readonly Intention[];
  readonly silenced: readonly Silence[];
  readonly budgets: BudgetOptions;
  readonly sealed: readonly SealedFile[];
}

/**
 * Resolves a fleet whose options have passed their schema; homeservers keep their order.
 * @param sealed the files under `sealed/`
 */
export function resolveFleet(file: string, options: FleetOptions, described: readonly Described[], sealed: readonly SealedFile[] = []): Fleet {
  const platform = resolvePlatform(file, options.platform, resolveCluster(options.cluster), options.secrets, sealedValues(sealed));
  const surroundings = surroundingsOf(platform);
  return {
    platform,
    homeservers: described.map((one) => resolveHomeserver(one.file, one.options, options.defaults ?? {}, surroundings)),
    intends: options.intends ?? [],
    silenced: options.silenced ?? [],
    budgets: options.budgets ?? {},
    sealed,
  };
}

export function surroundingsOf({ backups, cluster, ingress, monitoring, secrets, secretSources }: Platform): Surroundings {
  return {
    issuers,
    ingress,
    proxy: cluster.proxy,
    hairpin: cluster.hairpin,
    monitoring: monitoring ? namespaces.monitoring : undefined,
    databaseStorageClass: cluster.storage.fastRetain,
    backups,
    mediaStorageClass: cluster.storage.bulkRetain,
    priorityClass: priorityClasses.homeserver.name,
    postgresImage: pins.postgres.image,
    chart: essChart,
    secrets,
    secretSources,
  };
}
