import type { EssValues } from '../../imports/ess-values';
import type { Ingress } from '../cluster/cluster';
import type { ProxyOptions } from '../cluster/options';
import type { Resources } from '../cluster/resources';
import type { Manifest } from '../gitops/manifest';
import type { Intention } from '../guard/intention';
import type { SecretWay } from '../secrets/way';
import type { SecretSources } from '../secrets/ways';
import type { IdentityProvider } from './identity-providers';
import type { Images } from './images';
import type { DatabaseService, Names } from './names';
import type { CertificateOptions, ChartVersion, DynamicAddressOptions, HomeserverOptions, MasOptions, NfsOptions, NodePortOptions, QuotaOptions, RestoredOrigin, RtcOptions, WorkerType } from './options';
import type { Place } from './place';

/** A homeserver with every default filled in and every name derived: plain data, computed once. */
export interface Homeserver {
  /** The user's file that describes it, e.g. `instances/demo.ts`. */
  readonly file: string;
  readonly name: string;
  readonly names: Names;
  readonly serverName: string;
  readonly chartVersion: ChartVersion;
  /** Name of the ClusterIssuer. */
  readonly issuer: string;
  readonly origin: 'fresh' | RestoredOrigin;
  readonly rehearsal: boolean;
  readonly state: 'running' | 'stopped' | 'retired';
  readonly registration: NonNullable<HomeserverOptions['registration']>;
  readonly identityProviders: readonly IdentityProvider[];
  readonly passwordLogin: boolean;
  readonly synapse: Synapse;
  readonly mas: false | Mas;
  readonly elementWeb: false | ElementWeb;
  readonly elementAdmin: false | HostedComponent;
  readonly rtc: false | Rtc;
  readonly hookshot: false | Hookshot;
  readonly wellKnown: false | { readonly redirect: string | false | undefined };
  readonly nodePorts: NodePortOptions;
  readonly elementCall: false | HostedComponent;
  readonly companions: { readonly maubot: false | Maubot };
  readonly images: Images | undefined;
  /** How long its certificates are to be valid. */
  readonly validity: CertificateOptions;
  readonly haproxy: Component & Replicated;
  readonly redis: Component;
  /** Where its databases are. */
  readonly place: Place;
  readonly databases: readonly Database[];
  readonly quota: QuotaOptions | undefined;
  readonly networkPolicy: 'ingress' | 'full';
  /** How its Secrets reach the cluster. */
  readonly secrets: SecretWay;
  readonly values: EssValues;
  readonly manifests: readonly Manifest[];
  readonly intends: readonly Intention[];
  /** What it stands in: the same for every homeserver of the fleet. */
  readonly surroundings: Surroundings;
}

export interface Component {
  readonly resources: Resources;
}

/** How many copies run. */
export interface Replicated {
  /** The number, or the least of a scale. */
  readonly replicas: number;
  readonly scale: false | { readonly max: number; readonly cpu: number };
}

export interface HostedComponent extends Component, Replicated {
  readonly host: string;
}

export interface ElementWeb extends HostedComponent {
  /** Settings of its config.json beside the chart's. */
  readonly config: Readonly<Record<string, unknown>>;
}

export interface Maubot extends Component {
  readonly host: string;
  readonly size: string;
}

export interface Mas extends HostedComponent {
  /** How far the accounts have come on their way from Synapse; absent: they are here. */
  readonly syn2mas: MasOptions['syn2mas'];
}

/** Whether MAS runs: accounts that are only to be moved do not need it yet. */
export function runsMas({ mas }: Pick<Homeserver, 'mas'>): boolean {
  return mas && mas.syn2mas !== 'prepare';
}

/** Whether accounts and logins are MAS's: not before they are moved there. */
export function masKeepsAccounts({ mas }: Pick<Homeserver, 'mas'>): boolean {
  return mas && mas.syn2mas !== 'prepare' && mas.syn2mas !== 'dry-run';
}

export interface Synapse extends Component {
  readonly host: string;
  readonly media: { readonly size: string; readonly storageClass: string; readonly maxUploadSize: string; readonly nfs?: NfsOptions; readonly backup: false | MediaBackup };
  /** Of all its databases together. */
  readonly expectedDatabaseSize: string;
  readonly workers: readonly Worker[];
}

export interface MediaBackup {
  readonly schedule: string;
  readonly retention: string;
  /** Absent: the bucket. */
  readonly claim: string | undefined;
}

export interface Worker extends Component {
  readonly type: WorkerType;
  /** Absent for the types that run once. */
  readonly replicas: number | undefined;
}

export interface Rtc extends Component {
  readonly host: string;
  readonly tcp: number;
  readonly udp: number | false;
  readonly exposure: NonNullable<RtcOptions['exposure']>;
  /** Annotations of the load balancer's Service. */
  readonly annotations: Readonly<Record<string, string>>;
  readonly publicIp: string | undefined;
  readonly dynamicAddress: false | Required<DynamicAddressOptions>;
  readonly authoriser: Component;
}

export interface Hookshot extends Component {
  /** Absent: below the host of Synapse. */
  readonly host: string | undefined;
}

/** A database, and the role that owns it. */
export interface Database {
  readonly service: DatabaseService;
  /** `synapse_demo` */
  readonly name: string;
  /** Of the same name, but for places outside of this fleet. */
  readonly role: string;
  /** Name of the objects that describe it in a database cluster: `synapse-demo`, or `synapse-demo.big-pg` where it is not the shared one. */
  readonly objectName: string;
  /** Name of the Secret beside it with the role's password, the same wherever it is: `synapse-demo`. */
  readonly secretName: string;
  /** Most connections of the role at one time. */
  readonly connectionLimit: number;
}

/** What of the platform a homeserver needs to know. */
export interface Surroundings {
  readonly issuers: { readonly production: string; readonly staging: string };
  /** `false` where a proxy takes its place. */
  readonly ingress: false | Ingress;
  readonly proxy: ProxyOptions | undefined;
  readonly hairpin: string | undefined;
  /** Namespace of Prometheus, or `undefined` where nothing scrapes. */
  readonly monitoring: string | undefined;
  /** Storage class for a database of its own. */
  readonly databaseStorageClass: string;
  /** The store of backups. */
  readonly backups: false | { readonly bucket: string; readonly endpoint: string; readonly region: string };
  /** Storage class for media. */
  readonly mediaStorageClass: string;
  readonly priorityClass: string;
  /** Image with PostgreSQL's own programs. */
  readonly postgresImage: string;
  /** The ESS chart, without a version. */
  readonly chart: { readonly repoURL: string; readonly chart: string };
  /** How Secrets reach the cluster where a homeserver says nothing else. */
  readonly secrets: SecretWay;
  readonly secretSources: SecretSources;
}
