import type { Issuer } from '../cluster/issuer';
import type { Resources } from '../cluster/resources';
import type { Manifest } from '../gitops/manifest';

/** What is installed on the cluster once, beside the homeservers. */
export interface PlatformOptions {
  /** The git server that holds the fleet, installed first. */
  readonly gitea: GiteaOptions;
  /** Makes the cluster what git says. */
  readonly argocd: ArgocdOptions;
  /** Certificates, from Let's Encrypt. `false` where a proxy outside the cluster has them (`cluster.proxy`). */
  readonly certManager: false | CertManagerOptions;
  /**
   * The ingress controller. `false` where the cluster brings its own Traefik, as k3s does, or where a proxy takes its place.
   * @default - on in Yandex Cloud, false in k3s and behind `cluster.proxy`
   */
  readonly traefik?: false | TraefikOptions;
  /**
   * The database cluster `shared-pg`, which homeservers use that name no other place. `false` for a fleet without it: each of them then
   * says its `database`.
   */
  readonly postgres?: false | PostgresOptions;
  /**
   * Further database clusters, for homeservers that are to have one of their own, or one that a few share.
   * @default - none
   */
  readonly databaseClusters?: readonly DatabaseClusterOptions[];
  /** Backups of PostgreSQL to S3-compatible storage. `false` means that a lost volume is lost data. */
  readonly backups: false | BackupOptions;
  /** Prometheus, VictoriaMetrics, Grafana, Loki and Alloy; `false` for a cluster that is watched from elsewhere, or not at all. */
  readonly monitoring: false | MonitoringOptions;
  /**
   * The controller that opens sealed Secrets.
   * @default - on where the fleet's `secrets` are `sealed`
   */
  readonly sealedSecrets?: false | SealedSecretsOptions;
  /**
   * The operator that reads Secrets from a store.
   * @default - off
   */
  readonly externalSecrets?: false | ExternalSecretsOptions;
  /** Further objects, applied by the platform's own Application `extra`. */
  readonly manifests?: readonly Manifest[];
}

export interface GiteaOptions {
  /** Public host name of its web interface and of git over SSH. */
  readonly host: string;
  /**
   * Where a proxy outside the cluster reaches its web interface, on every node; unique in the fleet, in the cluster's range.
   * @asType integer
   * @minimum 1
   * @maximum 65535
   * @default - none: it takes `cluster.proxy`
   */
  readonly nodePort?: number;
  /**
   * Owner of the fleet's repository: the administrator's account, which Gitea's own start makes.
   * @default ops
   * @pattern ^[A-Za-z0-9][-A-Za-z0-9_.]*$
   */
  readonly owner?: string;
  /**
   * Name of the fleet's repository.
   * @default fleet
   * @pattern ^[A-Za-z0-9][-A-Za-z0-9_.]*$
   */
  readonly repository?: string;
  /**
   * Branch that Argo CD reads.
   * @default main
   * @pattern ^[A-Za-z0-9][-A-Za-z0-9_./]*$
   */
  readonly branch?: string;
  /**
   * Size of its volume. It can grow, but never shrink.
   * @default 10Gi
   * @pattern ^[1-9][0-9]*(Mi|Gi|Ti)$
   */
  readonly size?: string;
  /**
   * What it asks for and may use.
   * @default - 100m CPU and 256Mi, at most 1Gi
   */
  readonly resources?: Resources;
}

export interface ArgocdOptions {
  /** Public host name of its web interface. */
  readonly host: string;
  /**
   * Where a proxy outside the cluster reaches its web interface, on every node; unique in the fleet, in the cluster's range.
   * @asType integer
   * @minimum 1
   * @maximum 65535
   * @default - none: it takes `cluster.proxy`
   */
  readonly nodePort?: number;
  /**
   * Argo CD Vault Plugin, which you have set up in the repo-server by `values`, and where it finds the fleet's Secrets.
   * @default - none
   */
  readonly vaultPlugin?: VaultPluginOptions;
  /** Raw values of the chart, merged last. */
  readonly values?: Readonly<Record<string, unknown>>;
}

export interface VaultPluginOptions {
  /**
   * Its name, by which Applications ask for it.
   * @default argocd-vault-plugin
   * @pattern ^[A-Za-z0-9][-A-Za-z0-9_.]*$
   */
  readonly name?: string;
  /**
   * Where the Secrets are, each an entry of its own name, as the plugin's placeholders say it: `secret/data/matrix-fleet`.
   * @pattern ^[A-Za-z0-9][-A-Za-z0-9_./]*[A-Za-z0-9]$
   */
  readonly path: string;
}

export interface CertManagerOptions {
  /** Address that Let's Encrypt warns about expiring certificates. */
  readonly email: string;
  /**
   * Issuer of the platform's own certificates.
   * @default production
   */
  readonly issuer?: Issuer;
  /**
   * How Let's Encrypt sees that a host name is yours. `http01`: it asks this cluster at port 80, where the name must lead. `cloudflare`: a
   * record of the zone says so (DNS-01), which Cloudflare's API makes with a token that may read zones and edit their DNS; no port need be
   * open, and certificates are there before the name leads here.
   * @default http01
   */
  readonly solver?: 'http01' | 'cloudflare';
  /** Raw values of the chart, merged last. */
  readonly values?: Readonly<Record<string, unknown>>;
}

export interface TraefikOptions {
  /**
   * A reserved public address for the load balancer, so that DNS records outlive the Service.
   * @default - whatever the cloud gives
   */
  readonly loadBalancerIp?: string;
  /**
   * How many copies run.
   * @asType integer
   * @minimum 1
   * @maximum 20
   * @default 1
   */
  readonly replicas?: number;
  /** Raw values of the chart, merged last. */
  readonly values?: Readonly<Record<string, unknown>>;
}

/** A database cluster. */
export interface PostgresOptions {
  /**
   * Instances, each on a node of its own: one writes, the others follow and take over.
   * @asType integer
   * @minimum 1
   * @maximum 9
   * @default 3
   */
  readonly instances?: number;
  /**
   * Volume for data, of each instance. It can grow, but never shrink.
   * @default 50Gi
   * @pattern ^[1-9][0-9]*(Mi|Gi|Ti)$
   */
  readonly size?: string;
  /**
   * Volume for the write-ahead log, of each instance. It can grow, but never shrink nor be taken away.
   * @default 10Gi
   * @pattern ^[1-9][0-9]*(Mi|Gi|Ti)$
   */
  readonly walSize?: string;
  /**
   * Connections that PostgreSQL accepts. A homeserver without workers needs about 20; a change restarts PostgreSQL.
   * @asType integer
   * @minimum 20
   * @maximum 10000
   * @default 200
   */
  readonly maxConnections?: number;
  /**
   * Of each instance.
   * @default - 250m CPU and 1Gi, at most 1Gi
   */
  readonly resources?: Resources;
  /** PostgreSQL settings, as strings; they win over this program's own. */
  readonly parameters?: Readonly<Record<string, string>>;
  /**
   * It begins with what another database cluster had, at some moment, instead of empty: point-in-time recovery. Read once, when the
   * cluster is made; leave it where it is afterwards.
   * @default - empty
   */
  readonly recovery?: RecoveryOptions;
}

/** A database cluster beside `shared-pg`, with volumes, backups, metrics and isolation of its own. */
export interface DatabaseClusterOptions extends PostgresOptions {
  /**
   * Its name, unique in the fleet and frozen after the first deployment: volumes, backups and host name are called after it.
   * @pattern ^[a-z]([-a-z0-9]*[a-z0-9])?$
   * @maxLength 50
   */
  readonly name: string;
}

export interface RecoveryOptions {
  /**
   * Name of the database cluster whose backups it begins with. They are read only; its own go elsewhere. That cluster may be gone
   * from the fleet, or from the world.
   * @pattern ^[a-z]([-a-z0-9]*[a-z0-9])?$
   * @maxLength 50
   */
  readonly from: string;
  /**
   * The moment: `2026-11-20T09:41:00Z`, after the end of a base backup.
   * @default - as late as the backups reach
   * @pattern ^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,6})?(Z|[-+][0-9]{2}:[0-9]{2})$
   */
  readonly targetTime?: string;
}

export interface BackupOptions {
  /**
   * Bucket, which must exist.
   * @pattern ^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$
   */
  readonly bucket: string;
  /** URL of the S3 service, e.g. `https://storage.yandexcloud.net`. */
  readonly endpoint: string;
  /**
   * Region that requests are signed for.
   * @default - ru-central1 in Yandex Cloud, else us-east-1, which most other services take
   * @pattern ^[a-z0-9]+(-[a-z0-9]+)*$
   */
  readonly region?: string;
  /**
   * When a base backup is made: six cron fields, seconds first, in UTC.
   * @default 0 0 3 * * *
   */
  readonly schedule?: string;
  /**
   * How long backups and the log between them are kept.
   * @default 30d
   * @pattern ^[1-9][0-9]*[dwm]$
   */
  readonly retention?: string;
}

export interface MonitoringOptions {
  /** Public host name of Grafana. */
  readonly host: string;
  /**
   * Where a proxy outside the cluster reaches its web interface, on every node; unique in the fleet, in the cluster's range.
   * @asType integer
   * @minimum 1
   * @maximum 65535
   * @default - none: it takes `cluster.proxy`
   */
  readonly nodePort?: number;
  /**
   * How long VictoriaMetrics keeps metrics.
   * @default 90d
   * @pattern ^[1-9][0-9]*[dwy]$
   */
  readonly metricsRetention?: string;
  /**
   * How long Loki keeps logs.
   * @default 14d
   * @pattern ^[1-9][0-9]*d$
   */
  readonly logsRetention?: string;
  /** Sizes of the volumes. */
  readonly sizes?: {
    /**
     * Metrics.
     * @default 20Gi
     * @pattern ^[1-9][0-9]*(Mi|Gi|Ti)$
     */
    readonly victoriaMetrics?: string;
    /**
     * Logs.
     * @default 20Gi
     * @pattern ^[1-9][0-9]*(Mi|Gi|Ti)$
     */
    readonly loki?: string;
  };
  /**
   * Whom Alertmanager tells.
   * @default - nobody: it shows them
   */
  readonly alerts?: AlertOptions;
  /** Raw values of the charts, by chart, each merged last. */
  readonly values?: {
    /** Of the chart kube-prometheus-stack. */
    readonly 'kube-prometheus-stack'?: Readonly<Record<string, unknown>>;
    /** Of the chart victoria-metrics-single. */
    readonly 'victoria-metrics-single'?: Readonly<Record<string, unknown>>;
    /** Of the chart loki. */
    readonly loki?: Readonly<Record<string, unknown>>;
    /** Of the chart alloy. */
    readonly alloy?: Readonly<Record<string, unknown>>;
  };
}

/** Receivers of alerts, each told of all of them. */
export interface AlertOptions {
  /** By mail. */
  readonly email?: AlertMailOptions;
  /**
   * By an HTTP request with a JSON body, such as to a webhook of Hookshot's. Its URL, by which anybody could send, is a Secret.
   * @default false
   */
  readonly webhook?: boolean;
}

/** The password of the account is a Secret. */
export interface AlertMailOptions {
  /** Address that mails go to. */
  readonly to: string;
  /** Address that they come from. */
  readonly from: string;
  /**
   * The mail server, with its port; it must offer STARTTLS, or TLS from the start at port 465.
   * @pattern ^[A-Za-z0-9][-A-Za-z0-9.]*:[1-9][0-9]{0,4}$
   */
  readonly server: string;
  /**
   * Name of the account there.
   * @pattern ^[^\s\p{Cc}]+( [^\s\p{Cc}]+)*$
   */
  readonly user: string;
}

/** The controller that opens sealed Secrets, in kube-system under the name that `kubeseal` knows. */
export interface SealedSecretsOptions {
  /** Raw values of the chart, merged last. */
  readonly values?: Readonly<Record<string, unknown>>;
}

/** External Secrets Operator, and the one store that it reads: Lockbox or Vault. */
export interface ExternalSecretsOptions {
  /** Yandex Lockbox. */
  readonly yandexLockbox?: YandexLockboxOptions;
  /** HashiCorp Vault, its key-value engine of version 2. */
  readonly vault?: VaultOptions;
  /** Raw values of the chart, merged last. */
  readonly values?: Readonly<Record<string, unknown>>;
}

export interface YandexLockboxOptions {
  /**
   * The cloud folder whose Lockbox secrets bear the names of the fleet's Secrets.
   * @pattern ^[a-z0-9]+$
   */
  readonly folderId: string;
}

export interface VaultOptions {
  /** URL of the server, as the cluster reaches it. */
  readonly server: string;
  /**
   * Where the engine is mounted.
   * @default secret
   * @pattern ^[A-Za-z0-9][-A-Za-z0-9_./]*$
   */
  readonly mount?: string;
  /**
   * The path below it under which the fleet's Secrets are, each by its name.
   * @default matrix-fleet
   * @pattern ^[A-Za-z0-9][-A-Za-z0-9_./]*$
   */
  readonly prefix?: string;
  /**
   * The role that the operator's account `external-secrets` logs in with, by Kubernetes authentication.
   * @default matrix-fleet
   * @pattern ^[A-Za-z0-9][-A-Za-z0-9_]*$
   */
  readonly role?: string;
  /**
   * Certificate of the authority that signs the server's, in PEM.
   * @default - one that everybody knows
   */
  readonly ca?: string;
}
