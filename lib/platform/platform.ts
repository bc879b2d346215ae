import type { Path } from '../checks/path';
import type { Cluster, Ingress } from '../cluster/cluster';
import { issuers } from '../cluster/issuer';
import type { Manifest } from '../gitops/manifest';
import type { Repository } from '../gitops/repository';
import { clusterNamespace, sharedCluster } from '../homeserver/place';
import type { Lockbox, Vault } from '../secrets/external';
import type { VaultPlugin } from '../secrets/vault-plugin';
import type { SecretWay } from '../secrets/way';
import { noSources, type SecretSources } from '../secrets/ways';
import type { AlertOptions, BackupOptions, CertManagerOptions, DatabaseClusterOptions, ExternalSecretsOptions, GiteaOptions, MonitoringOptions, PlatformOptions, PostgresOptions, TraefikOptions } from './options';
import { mergeResources, resources } from '../cluster/resources';

/** The platform with every default filled in: plain data, computed once. */
export interface Platform {
  /** The user's file that describes it, `main.ts`. */
  readonly file: string;
  readonly cluster: Cluster;
  readonly repository: Repository;
  /** `false` where a proxy takes its place. */
  readonly ingress: false | Ingress;
  /** Name of the ClusterIssuer of the platform's own certificates. */
  readonly issuer: string;
  readonly gitea: Required<Omit<GiteaOptions, 'nodePort'>> & Pick<GiteaOptions, 'nodePort'>;
  readonly argocd: { readonly host: string; readonly nodePort: number | undefined; readonly vaultPlugin: VaultPlugin | undefined; readonly values: Values };
  readonly certManager: false | { readonly email: string; readonly solver: NonNullable<CertManagerOptions['solver']>; readonly values: Values };
  readonly traefik: false | { readonly loadBalancerIp: string | undefined; readonly replicas: number; readonly values: Values };
  readonly databaseClusters: readonly DatabaseCluster[];
  readonly backups: false | Required<BackupOptions>;
  readonly monitoring: false | Monitoring;
  /** How its Secrets reach the cluster. */
  readonly secrets: SecretWay;
  readonly secretSources: SecretSources;
  readonly sealedSecrets: false | { readonly values: Values };
  readonly externalSecrets: false | { readonly yandexLockbox: Lockbox | undefined; readonly vault: Vault | undefined; readonly values: Values };
  readonly manifests: readonly Manifest[];
}

type Values = Readonly<Record<string, unknown>>;

/** A database cluster, and where main.ts describes it. */
export interface DatabaseCluster extends Required<Omit<PostgresOptions, 'recovery'>>, Pick<PostgresOptions, 'recovery'> {
  readonly name: string;
  readonly path: Path;
}

export interface Monitoring {
  readonly host: string;
  readonly nodePort: number | undefined;
  readonly metricsRetention: string;
  readonly logsRetention: string;
  readonly sizes: { readonly victoriaMetrics: string; readonly loki: string };
  readonly alerts: AlertOptions;
  readonly values: NonNullable<MonitoringOptions['values']>;
}

/** Namespaces of the platform's components. */
export const namespaces = {
  gitea: 'gitea',
  certManager: 'cert-manager',
  traefik: 'traefik',
  operator: 'cnpg-system',
  postgres: clusterNamespace,
  monitoring: 'monitoring',
} as const;

/** Fills in every default. The options have passed their schema. */
export function resolvePlatform(file: string, options: PlatformOptions, cluster: Cluster, secrets: SecretWay = 'bootstrap', sealed = noSources.sealed): Platform {
  const { gitea, argocd, certManager, postgres, databaseClusters = [], backups, monitoring, manifests = [] } = options;
  const sealedSecrets = options.sealedSecrets ?? (secrets === 'sealed' && {});
  const externalSecrets = options.externalSecrets ? resolveExternalSecrets(options.externalSecrets) : false;
  const vaultPlugin = argocd.vaultPlugin && { name: 'argocd-vault-plugin', ...argocd.vaultPlugin };
  const traefik = resolveTraefik(options.traefik ?? (cluster.proxy || cluster.ingress || cluster.provider === 'k3s' ? false : {}));
  const owner = gitea.owner ?? 'ops';
  const repository = gitea.repository ?? 'fleet';
  const branch = gitea.branch ?? 'main';
  return {
    file,
    cluster,
    // In-cluster and over HTTP: the public URL needs the ingress and the certificate that Argo CD itself brings.
    repository: { url: `http://gitea-http.${namespaces.gitea}.svc:3000/${owner}/${repository}.git`, branch, path: 'dist' },
    ingress: cluster.proxy === undefined && (cluster.ingress ?? { controller: 'traefik', className: 'traefik', namespace: traefik ? namespaces.traefik : 'kube-system' }),
    issuer: issuers[certManager && certManager.issuer || 'production'],
    gitea: { size: '10Gi', ...gitea, owner, repository, branch, resources: mergeResources(resources('100m', '256Mi', '1Gi'), gitea.resources) },
    argocd: { host: argocd.host, nodePort: argocd.nodePort, vaultPlugin, values: argocd.values ?? {} },
    certManager: certManager && { email: certManager.email, solver: certManager.solver ?? 'http01', values: certManager.values ?? {} },
    traefik,
    databaseClusters: [
      ...postgres === false ? [] : [resolveDatabaseCluster({ ...postgres, name: sharedCluster }, ['platform', 'postgres'])],
      ...databaseClusters.map((own, index) => resolveDatabaseCluster(own, ['platform', 'databaseClusters', index])),
    ],
    backups: backups && {
      region: cluster.provider === 'yandex-cloud' ? 'ru-central1' : 'us-east-1',
      schedule: '0 0 3 * * *',
      retention: '30d',
      ...backups,
      // Paths are put behind it.
      endpoint: backups.endpoint.replace(/\/+$/, ''),
    },
    monitoring: monitoring && {
      host: monitoring.host,
      nodePort: monitoring.nodePort,
      metricsRetention: monitoring.metricsRetention ?? '90d',
      logsRetention: monitoring.logsRetention ?? '14d',
      sizes: { victoriaMetrics: '20Gi', loki: '20Gi', ...monitoring.sizes },
      alerts: { webhook: false, ...monitoring.alerts },
      values: monitoring.values ?? {},
    },
    secrets,
    secretSources: { sealed, store: externalSecrets ? externalSecrets.yandexLockbox ?? externalSecrets.vault : undefined, vaultPlugin },
    sealedSecrets: sealedSecrets && { values: sealedSecrets.values ?? {} },
    externalSecrets,
    manifests,
  };
}

/** That there is one store, and only one, is a rule. */
function resolveExternalSecrets({ yandexLockbox, vault, values = {} }: ExternalSecretsOptions): Platform['externalSecrets'] {
  return { yandexLockbox, vault: vault && { mount: 'secret', prefix: 'matrix-fleet', role: 'matrix-fleet', ...vault }, values };
}

function resolveDatabaseCluster(own: DatabaseClusterOptions, path: Path): DatabaseCluster {
  return {
    instances: 3,
    size: '50Gi',
    walSize: '10Gi',
    maxConnections: 200,
    parameters: {},
    ...own,
    resources: mergeResources(resources('250m', '1Gi', '1Gi'), own.resources),
    path,
  };
}

function resolveTraefik(options: false | TraefikOptions): Platform['traefik'] {
  return options && { loadBalancerIp: options.loadBalancerIp, replicas: options.replicas ?? 1, values: options.values ?? {} };
}
