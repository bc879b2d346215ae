import type { Resources } from '../../cluster/resources';

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
