import type { EssVersion } from '../../../imports';
import type { EssValues } from '../../../imports/ess-values';
import type { Issuer } from '../../cluster/issuer';
import type { Manifest } from '../../gitops/manifest';
import type { Intention } from '../../guard/intention';
import type { SecretWay } from '../../secrets/way';
import type { CertificateOptions } from './certificates';
import type { CompanionsOptions } from './companions';
import type { DatabaseOptions } from './database';
import type { ElementAdminOptions, ElementCallOptions, ElementWebOptions } from './element';
import type { HaproxyOptions, WellKnownOptions } from './haproxy';
import type { HookshotOptions } from './hookshot';
import type { IdentityProviderOptions } from './identity-providers';
import type { ImagesOptions } from './images';
import type { MasOptions } from './mas';
import type { NodePortOptions } from './node-ports';
import type { QuotaOptions } from './quota';
import type { RedisOptions } from './redis';
import type { RtcOptions } from './rtc';
import type { SynapseOptions } from './synapse';

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
   * `matrix-fleet images` lists what must be copied there. It is the homeserver's alone: the platform's images come from their own
   * registries, for which containerd on the nodes can be told of a mirror, and charts from where they are published, which Argo CD must reach.
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

/** What main.ts may say for all homeservers at once; an instance file goes before it. */
export type HomeserverDefaults = Omit<HomeserverOptions, 'name' | 'serverName' | 'rtc' | 'nodePorts' | 'origin' | 'rehearsal' | 'state' | 'manifests' | 'intends'>;

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
