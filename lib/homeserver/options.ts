import type { EssVersion } from '../../imports';
import type { EssValues } from '../../imports/ess-values';
import type { Issuer } from '../cluster/issuer';
import type { Resources } from '../cluster/resources';
import type { Manifest } from '../gitops/manifest';
import type { Intention } from '../guard/intention';
import type { SecretWay } from '../secrets/way';

/** What an instance file says of one homeserver. Only `name`, `serverName` and `rtc` have no default. */
export interface HomeserverOptions {
  /**
   * Short name, unique in the fleet and frozen after the first deployment: every name derives from it. `demo` gives the
   * Helm release and namespace `matrix-demo` and the databases `synapse_demo` and `mas_demo`.
   * At most 22 characters, since the chart's object names end beyond what Kubernetes allows otherwise.
   * @pattern ^[a-z]([-a-z0-9]*[a-z0-9])?$
   * @maxLength 22
   */
  readonly name: string;

  /**
   * The domain in user and room addresses (`@user:example.org`), unique in the fleet and frozen after the first deployment.
   * Lower case, no port.
   */
  readonly serverName: string;

  /**
   * Calls: the ports that reach Element Call's media server from the internet, or `false` for none.
   */
  readonly rtc: false | RtcOptions;

  /**
   * Where the homeserver's identity comes from: `fresh` lets the chart make new keys; a restored one waits for the keys
   * that it brings along and never starts with others.
   * @default fresh
   */
  readonly origin?: 'fresh' | RestoredOrigin;

  /**
   * A trial beside the old server that still answers for `serverName`: with a copy of its data, which is thrown away afterwards, under other
   * host names, without well-known documents, and with Synapse cut off from other servers, since two with one signing key must never speak.
   * @default - none
   */
  readonly rehearsal?: RehearsalOptions;

  /**
   * `stopped`: none of its processes run, and all that it stores stays: volume, databases, keys, namespace. `retired`: the same, for good;
   * once that is pushed, its file may be deleted.
   * @default running
   */
  readonly state?: 'running' | 'stopped' | 'retired';

  /**
   * Version of the ESS chart.
   * @default - the fleet's `defaults.chartVersion`, else 26.8.1
   */
  readonly chartVersion?: ChartVersion;

  /**
   * Issuer of the TLS certificates.
   * @default - the fleet's `defaults.issuer`, else production
   */
  readonly issuer?: Issuer;

  /**
   * Who may register an account: nobody but an admin's command (`closed`), holders of a registration token (`token`),
   * whoever confirms an e-mail address (`email`, which takes a mail server in the raw values: `email` in an entry of
   * `matrixAuthenticationService.additional`, or of `synapse.additional` without MAS), or whoever comes (`open`), spammers before all.
   * @default closed
   */
  readonly registration?: 'closed' | 'token' | 'email' | 'open';

  /**
   * Where Synapse and MAS keep their data. Frozen after the first deployment: docs/recovery.md tells how to move.
   * @default - the fleet's `defaults.database`, else the database cluster shared-pg
   */
  readonly database?: DatabaseOptions;

  /**
   * Who else vouches for users, such as Zitadel or Keycloak: any provider of OpenID Connect. With MAS they are its upstream providers,
   * without it Synapse asks them itself.
   * @default - none
   */
  readonly identityProviders?: readonly IdentityProviderOptions[];

  /**
   * Whether users may log in with a password of the homeserver's own. `false` leaves it to the identity providers.
   * @default true
   */
  readonly passwordLogin?: boolean;

  /** The homeserver itself. */
  readonly synapse?: SynapseOptions;

  /**
   * Matrix Authentication Service: accounts and logins. `false` leaves them to Synapse, and takes Element Admin with it.
   * @default - on
   */
  readonly mas?: false | MasOptions;

  /**
   * Element Web, the client in a browser.
   * @default - on
   */
  readonly elementWeb?: false | ElementWebOptions;

  /**
   * Element Admin, the administration page. It needs `mas`.
   * @default - on where `mas` is
   */
  readonly elementAdmin?: false | ElementAdminOptions;

  /**
   * Hookshot, the bridge to GitHub, GitLab, Jira and webhooks.
   * @default false
   */
  readonly hookshot?: boolean | HookshotOptions;

  /**
   * The `/.well-known/matrix` documents under `https://<serverName>/`. `false` if another server answers there.
   * @default - on
   */
  readonly wellKnown?: false | WellKnownOptions;

  /**
   * Where a proxy outside the cluster (`cluster.proxy`) reaches each part that is on, on every node.
   * @default - none: the ingress controller reaches them
   */
  readonly nodePorts?: NodePortOptions;

  /**
   * Element Call on a page of its own, where calls need no other client.
   * @default false
   */
  readonly elementCall?: boolean | ElementCallOptions;

  /** What runs beside the homeserver for its users, in its namespace. */
  readonly companions?: CompanionsOptions;

  /**
   * A registry that every image of the homeserver is taken from, in place of the many that their projects publish them at.
   * `matrix-fleet images` lists what must be copied there.
   * @default - each image's own registry
   */
  readonly images?: ImagesOptions;

  /** How long TLS certificates are to be valid. */
  readonly certificates?: CertificateOptions;

  /** HAProxy, which routes requests to Synapse and its workers. */
  readonly haproxy?: HaproxyOptions;

  /** Redis, which runs where Synapse has workers or Hookshot is on. */
  readonly redis?: RedisOptions;

  /**
   * What its namespace may ask of the cluster in all, with amounts for containers that say none.
   * @default - no bounds
   */
  readonly quota?: QuotaOptions;

  /**
   * Which connections network policies judge: those into the homeserver's pods (`ingress`), or those that they open, too (`full`). Then a pod
   * of your own in `manifests` reaches DNS and the namespace, and what a NetworkPolicy of your own lets it reach.
   * @default ingress
   */
  readonly networkPolicy?: 'ingress' | 'full';

  /**
   * A preset for what the options do not say. `development`: certificates of the staging issuer, and a few hundred MiB in all. `test`: those
   * certificates alone. `production`: two copies of MAS, Element Web and HAProxy.
   * @default - none: certificates of the production issuer, one copy of each
   */
  readonly profile?: 'development' | 'test' | 'production';

  /**
   * How its Secrets reach the cluster.
   * @default - the fleet's `defaults.secrets`, else the fleet's `secrets`
   */
  readonly secrets?: SecretWay;

  /** Raw values of the ESS chart, merged last over everything else, and validated like the rest. */
  readonly values?: EssValues;

  /** Further objects in the homeserver's namespace, applied beside the generated ones. */
  readonly manifests?: readonly Manifest[];

  /** Dangerous changes of this homeserver that are meant, each as the refusal prints it. */
  readonly intends?: readonly Intention[];
}

/** Charts whose values this program knows. */
export type ChartVersion = EssVersion;

/**
 * A homeserver that lived elsewhere and keeps its identity. Its keys come from the admin, into the Secret that the
 * bootstrap script names; nothing starts before they are there.
 */
export interface RestoredOrigin {
  /**
   * `ess`: another installation of the ESS chart, whose `<release>-generated` Secret is brought along whole.
   * `matrix-chart`: another chart, whose signing key and secrets are brought along one by one.
   */
  readonly restoredFrom: 'ess' | 'matrix-chart';
}

export interface RehearsalOptions {
  /** The domain that all its host names are under meanwhile, whatever they are otherwise: `new.example.org` gives `matrix.new.example.org`. */
  readonly domain: string;
}

/** One of the three. */
export interface DatabaseOptions {
  /** Name of a database cluster of the platform: `shared-pg`, or one of `platform.databaseClusters`. */
  readonly cluster?: string;
  /** The PostgreSQL that the ESS chart brings along: one instance for this homeserver alone, without backups of its own. */
  readonly builtIn?: true | BuiltInDatabaseOptions;
  /** A server outside, such as a cloud's managed PostgreSQL. */
  readonly external?: ExternalDatabaseOptions;
}

export interface BuiltInDatabaseOptions {
  /**
   * Size of its volume. It can grow, but never shrink.
   * @default 10Gi
   * @pattern ^[1-9][0-9]*(Mi|Gi|Ti)$
   */
  readonly size?: string;
  /**
   * Storage class. Frozen after the first deployment.
   * @default - the cluster's retaining class for fast data
   */
  readonly storageClass?: string;
  /**
   * What it asks for and may use. The chart gives it a connection for each 16Mi of what it may use.
   * @default - 100m CPU and 256Mi, at most 1Gi
   */
  readonly resources?: Resources;
}

/** A PostgreSQL server that neither this fleet nor the chart runs, with a database for each service. */
export interface ExternalDatabaseOptions {
  /** Host name or IP address, as pods reach it. With `verify-full`, the name of its certificate. */
  readonly host: string;
  /**
   * Its port.
   * @asType integer
   * @minimum 1
   * @maximum 65535
   * @default 5432
   */
  readonly port?: number;
  /**
   * How far its certificate is trusted: `require` encrypts for whoever answers, `verify-ca` for who has a certificate of `ca`, `verify-full`
   * for who has one of that name, too.
   * @default - verify-full with a `ca`, else require
   */
  readonly sslMode?: 'disable' | 'require' | 'verify-ca' | 'verify-full';
  /**
   * The authority that signs its certificate: certificates in PEM, one after the other, which are no secret; or an object in the
   * homeserver's namespace that holds them.
   * @default - those that everybody knows
   */
  readonly ca?: string | CaReference;
  /** Synapse's database. */
  readonly synapse?: ExternalDatabaseNames;
  /** MAS's database. */
  readonly mas?: ExternalDatabaseNames;
  /**
   * Makes the roles and databases, with passwords of its own: a Job that may be repeated, and leaves alone what is there.
   * @default - they are there, and their passwords come from you
   */
  readonly initialise?: InitialiseOptions;
}

export interface CaReference {
  /** What it is. */
  readonly kind: 'ConfigMap' | 'Secret';
  /** Name of the object. */
  readonly name: string;
  /**
   * Its key.
   * @default ca.crt
   */
  readonly key?: string;
}

export interface ExternalDatabaseNames {
  /**
   * Name of the database.
   * @default - synapse_<name> or mas_<name>
   * @pattern ^[A-Za-z_][-A-Za-z0-9_]*$
   * @maxLength 63
   */
  readonly database?: string;
  /**
   * The role that owns it.
   * @default - synapse_<name> or mas_<name>
   * @pattern ^[A-Za-z_][-A-Za-z0-9_]*$
   * @maxLength 63
   */
  readonly user?: string;
}

export interface InitialiseOptions {
  /**
   * A role that may make roles and databases. Its password comes from you, and stays where the homeserver cannot read it.
   * @default postgres
   * @pattern ^[A-Za-z_][-A-Za-z0-9_]*$
   */
  readonly user?: string;
  /**
   * The database that it connects to.
   * @default postgres
   * @pattern ^[A-Za-z_][-A-Za-z0-9_]*$
   */
  readonly database?: string;
}

/** A provider of OpenID Connect, and what becomes of who comes from there. Its client secret is asked for like every other Secret. */
export interface IdentityProviderOptions {
  /**
   * Short, unique in the homeserver and frozen after the first login, since accounts are linked to it: `zitadel`.
   * @pattern ^[a-z]([-a-z0-9]*[a-z0-9])?$
   * @maxLength 32
   */
  readonly id: string;
  /**
   * What the login page calls it.
   * @default - the id
   */
  readonly name?: string;
  /** The address that it signs as, exactly as its `/.well-known/openid-configuration` says. */
  readonly issuer: Url;
  /** What it knows this homeserver as. */
  readonly clientId: string;
  /**
   * What is asked of it.
   * @default - openid, profile and email
   */
  readonly scopes?: readonly string[];
  /**
   * What the user is called here, as a Jinja template over the provider's claims.
   * @default {{ user.preferred_username }}
   */
  readonly localpart?: string;
  /**
   * The name that others see, likewise.
   * @default {{ user.name }}
   */
  readonly displayName?: string;
  /**
   * Whether who comes with the name of an account that is already here gets that account. The provider must give no name to the wrong one.
   * @default false
   */
  readonly existingUsers?: boolean;
}

export interface ElementCallOptions {
  /**
   * How many copies run.
   * @asType integer
   * @minimum 1
   * @maximum 20
   * @default 1
   */
  readonly replicas?: number;
  /**
   * Public host name.
   * @default - call.<serverName>
   */
  readonly host?: string;
  /**
   * Of each copy.
   * @default - 10m CPU and 24Mi, at most 128Mi
   */
  readonly resources?: Resources;
}

export interface CompanionsOptions {
  /**
   * Maubot, which runs bots as plugins; its own page manages them.
   * @default false
   */
  readonly maubot?: boolean | MaubotOptions;
}

export interface MaubotOptions {
  /**
   * Public host name; its page is at /_matrix/maubot.
   * @default - bots.<serverName>
   */
  readonly host?: string;
  /**
   * Size of the volume for plugins and their databases. It can grow, but never shrink.
   * @default 1Gi
   * @pattern ^[1-9][0-9]*(Mi|Gi|Ti)$
   */
  readonly size?: string;
  /**
   * What it asks for and may use.
   * @default - 25m CPU and 128Mi, at most 512Mi
   */
  readonly resources?: Resources;
}

export interface ImagesOptions {
  /**
   * Its host and the path that all images are below: `quay.io/example`.
   * @pattern ^[a-z0-9]([-a-z0-9.]*[a-z0-9])?(:[0-9]+)?(/[a-z0-9]+([._-]+[a-z0-9]+)*)*$
   */
  readonly registry: string;
  /**
   * What an image is called there: its last word (`name`, quay.io/example/synapse), or all of it with the registry that it comes from
   * (`full`, quay.io/example/oci.element.io/synapse), as a registry that copies by itself does.
   * @default name
   */
  readonly paths?: 'name' | 'full';
  /**
   * Whether it wants a login. The login is asked for like every other Secret.
   * @default false
   */
  readonly pullSecret?: boolean;
}

/** Times of cert-manager, in hours or days of 24 hours: `720h`. */
export interface CertificateOptions {
  /**
   * How long a certificate is asked to be valid. Let's Encrypt gives what it gives, whatever it is asked for.
   * @default - what the issuer gives
   * @pattern ^[1-9][0-9]*h$
   */
  readonly duration?: string;
  /**
   * How long before its end it is renewed.
   * @default - a third of its time
   * @pattern ^[1-9][0-9]*h$
   */
  readonly renewBefore?: string;
}

export interface SynapseOptions {
  /**
   * Public host name.
   * @default - matrix.<serverName>
   */
  readonly host?: string;
  /**
   * Of the main process.
   * @default - 100m CPU and 256Mi, at most 1Gi
   */
  readonly resources?: Resources;
  /** Uploaded files. */
  readonly media?: MediaOptions;
  /**
   * What the databases of the homeserver are expected to grow to. Nothing is set aside; the sum is held against the volume of PostgreSQL.
   * @default 5Gi
   * @pattern ^[1-9][0-9]*(Mi|Gi|Ti)$
   */
  readonly expectedDatabaseSize?: string;
  /**
   * Worker processes by type. A homeserver of a few hundred users needs none.
   * @default - none
   */
  readonly workers?: WorkersOptions;
}

/** A folder of an NFS server. */
export interface NfsOptions {
  /** Host name or IP address, as nodes reach it. */
  readonly server: string;
  /**
   * The exported folder. User and group 10091, Synapse's own, must be able to write there: nobody changes its owner.
   * @pattern ^/[^\s]*$
   */
  readonly path: string;
  /**
   * How it is mounted: `nfsvers=4.1`.
   * @default - as the node's own mount does it
   */
  readonly mountOptions?: readonly string[];
}

export interface MediaOptions {
  /**
   * Size of the volume for uploaded files. It can grow, but never shrink.
   * @default 10Gi
   * @pattern ^[1-9][0-9]*(Mi|Gi|Ti)$
   */
  readonly size?: string;
  /**
   * Storage class. Frozen after the first deployment.
   * @default - the cluster's retaining class for bulk data
   */
  readonly storageClass?: string;
  /**
   * Keeps them on an NFS server, instead of a volume of a storage class. Frozen after the first deployment.
   * @default - none
   */
  readonly nfs?: NfsOptions;
  /**
   * Largest upload, in megabytes or kilobytes: `100M`.
   * @default 100M
   * @pattern ^[1-9][0-9]*[MK]$
   */
  readonly maxUploadSize?: string;
  /**
   * Scheduled backups, with restic: into the bucket of `platform.backups`, or onto a volume. They are encrypted with a password that only you
   * have; `docs/backups.md` says how one is restored.
   * @default false
   */
  readonly backup?: boolean | MediaBackupOptions;
}

export interface MediaBackupOptions {
  /**
   * When one is made: five cron fields, minutes first, in UTC.
   * @default 30 3 * * *
   * @pattern ^[-0-9*,/]+( [-0-9*,/]+){4}$
   */
  readonly schedule?: string;
  /**
   * How long one is kept.
   * @default 30d
   * @pattern ^[1-9][0-9]*[dm]$
   */
  readonly retention?: string;
  /**
   * A volume claim of your own in the homeserver's namespace (`manifests`), in place of the bucket.
   * @default - the bucket of `platform.backups`
   * @pattern ^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$
   */
  readonly claim?: string;
}

/** Worker types that can run more than once. */
export type ScalableWorker =
  | 'client-reader' | 'device-lists' | 'event-creator' | 'event-persister' | 'federation-inbound' | 'federation-reader'
  | 'federation-sender' | 'initial-synchrotron' | 'mas-helper' | 'pusher' | 'receipts' | 'sliding-sync' | 'synchrotron';

/** Worker types that run once at most. */
export type SingleWorker =
  | 'account-data' | 'appservice' | 'background' | 'encryption' | 'media-repository' | 'presence-writer' | 'push-rules'
  | 'sso-login' | 'typing-persister' | 'user-dir';

export type WorkerType = ScalableWorker | SingleWorker;

export type WorkersOptions = { readonly [type in ScalableWorker]?: ScalableWorkerOptions } & { readonly [type in SingleWorker]?: WorkerOptions };

/** A worker that runs once at most. */
export interface WorkerOptions {
  /**
   * Of each process.
   * @default - 50m CPU and 128Mi, at most 512Mi
   */
  readonly resources?: Resources;
}

/** A worker that can run more than once. */
export interface ScalableWorkerOptions extends WorkerOptions {
  /**
   * How many processes of the type run.
   * @asType integer
   * @minimum 1
   * @maximum 20
   * @default 1
   */
  readonly replicas?: number;
}

export interface ReplicatedOptions {
  /**
   * How many copies run. Instead of a number there may be bounds between which the load decides (that takes metrics-server, which k3s and most clouds bring).
   * @default 1
   */
  readonly replicas?: Replicas | ScaleOptions;
}

/**
 * A number of copies.
 * @asType integer
 * @minimum 1
 * @maximum 20
 */
export type Replicas = number;

/** A HorizontalPodAutoscaler, which Argo CD lets have its way. Budgets count with the most. */
export interface ScaleOptions {
  /**
   * At least.
   * @default 1
   */
  readonly min?: Replicas;
  /** At most. */
  readonly max: Replicas;
  /**
   * The share of the requested CPU that copies use on average before there is another one, in percent.
   * @asType integer
   * @minimum 10
   * @maximum 500
   * @default 80
   */
  readonly cpu?: number;
}

export interface MasOptions extends ReplicatedOptions {
  /**
   * Public host name.
   * @default - account.<serverName>
   */
  readonly host?: string;
  /**
   * Of each copy.
   * @default - 50m CPU and 96Mi, at most 350Mi
   */
  readonly resources?: Resources;
  /**
   * The move of accounts that Synapse keeps, stage by stage and none left out: `prepare` makes MAS's database and keys and leaves logins
   * to Synapse; `dry-run` has MAS beside it and rehearses; `migrate` moves them, and there is no way back. The last two are synced once, by
   * hand: `matrix-fleet runbook` says how. When all is moved, take the option away.
   * @default - none: accounts are in MAS
   */
  readonly syn2mas?: 'prepare' | 'dry-run' | 'migrate';
}

export interface ElementWebOptions extends ReplicatedOptions {
  /**
   * Public host name.
   * @default - chat.<serverName>
   */
  readonly host?: string;
  /**
   * What it calls itself.
   * @default - Element
   */
  readonly brand?: string;
  /**
   * The theme of who has chosen none.
   * @default - light, as the client has it
   */
  readonly theme?: 'light' | 'dark';
  /**
   * Further settings of its config.json, laid over those that the chart and the options above make.
   * @default - none
   */
  readonly config?: { readonly [setting: string]: unknown };
  /**
   * Of each copy.
   * @default - 10m CPU and 24Mi, at most 200Mi
   */
  readonly resources?: Resources;
}

export interface ElementAdminOptions extends ReplicatedOptions {
  /**
   * Public host name.
   * @default - admin.<serverName>
   */
  readonly host?: string;
  /**
   * Of each copy.
   * @default - 10m CPU and 24Mi, at most 200Mi
   */
  readonly resources?: Resources;
}

export interface HookshotOptions {
  /**
   * Public host name.
   * @default - below the host of Synapse, at /_matrix/hookshot
   */
  readonly host?: string;
  /**
   * What it asks for and may use.
   * @default - 10m CPU and 100Mi, at most 512Mi
   */
  readonly resources?: Resources;
}

export interface HaproxyOptions extends ReplicatedOptions {
  /**
   * Of each copy.
   * @default - 25m CPU and 64Mi, at most 256Mi
   */
  readonly resources?: Resources;
}

export interface RedisOptions {
  /**
   * What it asks for and may use.
   * @default - 10m CPU and 32Mi, at most 96Mi
   */
  readonly resources?: Resources;
}

export interface WellKnownOptions {
  /**
   * Where a browser that opens `https://<serverName>/` is sent; `false` claims nothing but `/.well-known/matrix`.
   * @default - Element Web
   */
  readonly redirect?: false | Url;
}

/** Of all pods of the namespace together. */
export interface QuotaOptions {
  /**
   * CPU cores that are requested.
   * @pattern ^(?=.*[1-9])[0-9]+(\.[0-9]+)?m?$
   */
  readonly cpu?: string;
  /**
   * Memory that may be used.
   * @pattern ^[1-9][0-9]*(Mi|Gi)$
   */
  readonly memory?: string;
  /**
   * Volumes.
   * @pattern ^[1-9][0-9]*(Mi|Gi|Ti)$
   */
  readonly storage?: string;
}

/** A NodePort is the cluster's, not the homeserver's: unique in the fleet, in the cluster's range, and never moved without telling the proxy. */
export interface NodePortOptions {
  /**
   * Synapse, by way of HAProxy.
   * @asType integer
   * @minimum 1
   * @maximum 65535
   */
  readonly synapse?: number;
  /**
   * MAS, which also answers the logins of older clients.
   * @asType integer
   * @minimum 1
   * @maximum 65535
   */
  readonly mas?: number;
  /**
   * Element Web.
   * @asType integer
   * @minimum 1
   * @maximum 65535
   */
  readonly elementWeb?: number;
  /**
   * Element Admin.
   * @asType integer
   * @minimum 1
   * @maximum 65535
   */
  readonly elementAdmin?: number;
  /**
   * The service that lets users into calls.
   * @asType integer
   * @minimum 1
   * @maximum 65535
   */
  readonly authoriser?: number;
  /**
   * The signalling of calls; their media have ports of their own in `rtc`.
   * @asType integer
   * @minimum 1
   * @maximum 65535
   */
  readonly sfu?: number;
  /**
   * The documents under `/.well-known/matrix`, and the redirection of the server name.
   * @asType integer
   * @minimum 1
   * @maximum 65535
   */
  readonly wellKnown?: number;
  /**
   * Element Call.
   * @asType integer
   * @minimum 1
   * @maximum 65535
   */
  readonly elementCall?: number;
  /**
   * Maubot.
   * @asType integer
   * @minimum 1
   * @maximum 65535
   */
  readonly maubot?: number;
  /**
   * Hookshot's webhooks.
   * @asType integer
   * @minimum 1
   * @maximum 65535
   */
  readonly hookshot?: number;
  /**
   * Hookshot's widgets.
   * @asType integer
   * @minimum 1
   * @maximum 65535
   */
  readonly hookshotWidgets?: number;
}

/** A whole URL, such as https://www.example.org/. */
export type Url = string;

export interface RtcOptions {
  /**
   * Port for media over TCP. A NodePort is the cluster's, not the homeserver's: unique in the fleet, in the cluster's range, and never moved.
   * @asType integer
   * @minimum 1
   * @maximum 65535
   */
  readonly tcp: number;
  /**
   * Port for media over UDP, by the same rules; `false` where a firewall lets none through: all media are sent over TCP then, at some cost
   * of quality.
   */
  readonly udp: false | RtcPort;
  /**
   * How the ports reach the media server: `NodePort` on every node, `LoadBalancer` by a load balancer's, or
   * `HostPort` in the node's own network (one such homeserver a node).
   * @default NodePort
   */
  readonly exposure?: 'NodePort' | 'LoadBalancer' | 'HostPort';
  /**
   * What the cloud wants to know of the load balancer.
   * @default - nothing
   */
  readonly loadBalancer?: LoadBalancerOptions;
  /**
   * The public IP address that clients are told.
   * @default - found out by STUN when the media server starts
   */
  readonly publicIp?: string;
  /**
   * The public address changes now and then, as at home: a job in the cluster asks for it, and starts the media server anew, which asks by
   * itself only then. It takes `exposure: 'NodePort'`.
   * @default false
   */
  readonly dynamicAddress?: boolean | DynamicAddressOptions;
  /**
   * Public host name.
   * @default - mrtc.<serverName>
   */
  readonly host?: string;
  /**
   * Of the media server.
   * @default - 100m CPU and 128Mi, at most 1Gi
   */
  readonly resources?: Resources;
  /** The service that lets users into calls. */
  readonly authoriser?: AuthoriserOptions;
}

export interface DynamicAddressOptions {
  /**
   * How often it asks, in minutes.
   * @asType integer
   * @minimum 1
   * @maximum 59
   * @default 5
   */
  readonly everyMinutes?: number;
  /**
   * The STUN server that it asks, with its port.
   * @default stun.l.google.com:19302
   * @pattern ^[A-Za-z0-9][-A-Za-z0-9.]*:[1-9][0-9]{0,4}$
   */
  readonly stun?: string;
}

/**
 * A port.
 * @asType integer
 * @minimum 1
 * @maximum 65535
 */
export type RtcPort = number;

export interface LoadBalancerOptions {
  /**
   * Annotations of its Service, such as the one that shares a load balancer with the ingress controller: `kubernetes.io/elb.id`.
   * @default - none
   */
  readonly annotations?: { readonly [name: string]: string };
}

export interface AuthoriserOptions {
  /**
   * What it asks for and may use.
   * @default - 10m CPU and 24Mi, at most 200Mi
   */
  readonly resources?: Resources;
}
