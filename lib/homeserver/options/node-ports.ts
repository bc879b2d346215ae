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
