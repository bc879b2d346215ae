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
