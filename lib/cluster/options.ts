import type { KubernetesVersion } from '../../imports';

/** The Kubernetes cluster: what it offers, and what the fleet may count on. */
export interface ClusterOptions {
  /** Where it runs; storage classes, load balancer and defaults follow from it. `generic` is anywhere else: there, `storage` names every class. */
  readonly provider: 'yandex-cloud' | 'k3s' | 'generic';

  /** Minor version of Kubernetes. Every manifest is validated against its definitions. */
  readonly kubernetes: KubernetesVersion;

  /**
   * Worker nodes that are alike, group by group.
   * @minItems 1
   */
  readonly nodes: readonly NodeGroup[];

  /**
   * The range that NodePorts may come from, as the API server was started with.
   * @default - { from: 30000, to: 32767 }
   */
  readonly nodePorts?: {
    /**
     * The first port.
     * @asType integer
     * @minimum 1
     * @maximum 65535
     */
    readonly from: number;
    /**
     * The last port.
     * @asType integer
     * @minimum 1
     * @maximum 65535
     */
    readonly to: number;
  };

  /**
   * Ports for HTTP and HTTPS that the internet reaches this fleet at. HTTPS is always 443: no client and no other homeserver looks elsewhere.
   * Where a provider blocks 80, write `[443]` and choose `platform.certManager.solver: 'cloudflare'`.
   * @default - [80, 443]
   */
  readonly publicPorts?: readonly PublicPort[];

  /**
   * An ingress controller that the cluster has already and this fleet uses.
   * @default - none: this fleet installs Traefik, but for k3s, which brings it along
   */
  readonly ingress?: IngressOptions;

  /** Storage classes, by what they are for. */
  readonly storage?: StorageOptions;

  /**
   * A reverse proxy outside the cluster that takes all requests, ends TLS and passes them on to fixed NodePorts: `gitea.nodePort` and its
   * like in main.ts, `nodePorts` of each homeserver. Then nothing here answers on ports 80 and 443, and no certificate is asked for.
   * `matrix-fleet proxy` says how to set it up.
   * @default - none: the ingress controller takes them
   */
  readonly proxy?: ProxyOptions;

  /**
   * IP address that leads pods to the fleet's own public host names, where the public one does not lead back in: the proxy's or the load
   * balancer's, as pods reach it. The service that lets users into calls asks for them, and so do bots.
   * @default - what DNS says
   */
  readonly hairpin?: string;
}

/**
 * A port of a public address.
 * @asType integer
 * @minimum 1
 * @maximum 65535
 */
export type PublicPort = number;

export interface IngressOptions {
  /** Which one it is: the ESS chart and the platform's own pages set it up each in its way. */
  readonly controller: 'traefik' | 'ingress-nginx';
  /**
   * Name of its IngressClass.
   * @default - traefik or nginx
   */
  readonly className?: string;
  /**
   * Where its pods run, whom network policies let in.
   * @default - traefik or ingress-nginx
   */
  readonly namespace?: string;
}

export interface ProxyOptions {
  /**
   * A node, as the proxy reaches it: `172.18.0.1` is the machine itself for a proxy in a container of Docker's second network. The
   * proxy's own `localhost` is not.
   * @pattern ^[A-Za-z0-9]([-A-Za-z0-9.:]*[A-Za-z0-9])?$
   */
  readonly address: string;
  /**
   * Addresses that the proxy connects from, such as its Docker network: `172.18.0.0/16`. Nobody else gets through to the NodePorts that
   * are for it; without this, whoever reaches a node does.
   * @default - any
   */
  readonly from?: string;
}

export interface NodeGroup {
  /**
   * How many nodes. Kubernetes is made for 5000 in all (kubernetes.io, Considerations for large clusters).
   * @asType integer
   * @minimum 1
   * @maximum 5000
   */
  readonly count: number;
  /**
   * CPU cores of one node.
   * @pattern ^(?=.*[1-9])[0-9]+(\.[0-9]+)?m?$
   */
  readonly cpu: string;
  /**
   * Memory of one node.
   * @pattern ^[1-9][0-9]*(Mi|Gi)$
   */
  readonly memory: string;
  /**
   * Volumes that one node can attach; 0 for a node without disks, such as one outside of the cloud.
   * @asType integer
   * @minimum 0
   * @default - 7 in Yandex Cloud, else unlimited
   */
  readonly volumes?: number;
  /**
   * What of a node's CPU and memory is not the fleet's to give away: the kubelet's part (capacity less allocatable in `kubectl describe node`)
   * and the requests of the provider's own pods (namespace kube-system, in the same command's table).
   * @default - in Yandex Cloud its published reservation, plus 200m and 192Mi for system pods; in k3s 200m and 192Mi for those alone
   */
  readonly reserved?: ReservedOptions;
}

/** What of each node of a group is set aside beforehand. */
export interface ReservedOptions {
  /**
   * CPU cores of one node.
   * @pattern ^[0-9]+(\.[0-9]+)?m?$
   */
  readonly cpu: string;
  /**
   * Memory of one node.
   * @pattern ^[1-9][0-9]*(Mi|Gi)$
   */
  readonly memory: string;
}

/**
 * Names of storage classes. The `retain` ones keep the disk when its claim is deleted; this program makes those that the
 * provider does not bring.
 */
export interface StorageOptions {
  /**
   * For replaceable data that is written at random: metrics.
   * @default - yc-network-ssd in Yandex Cloud, local-path in k3s; elsewhere it must be said
   */
  readonly fast?: string;
  /**
   * For large, replaceable data: logs.
   * @default - yc-network-hdd in Yandex Cloud, local-path in k3s; elsewhere it must be said
   */
  readonly bulk?: string;
  /**
   * For data that must not vanish and is written at random: PostgreSQL, Gitea.
   * @default - fleet-fast-retain, which this program makes in Yandex Cloud and k3s; elsewhere it must be said
   */
  readonly fastRetain?: string;
  /**
   * For data that must not vanish and is written once: media.
   * @default - fleet-bulk-retain, which this program makes in Yandex Cloud and k3s; elsewhere it must be said
   */
  readonly bulkRetain?: string;
}
