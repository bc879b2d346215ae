/**
 * A dangerous change that is meant: the guard lets exactly this change of this object pass. A refusal prints the line to copy.
 * Once the change is in the baseline, the line has done its work and a warning asks to take it away.
 */
export interface Intention {
  /** The guard's rule, e.g. `volume-shrinks`. */
  readonly change: string;
  /** The object: kind, namespace and name, e.g. `PersistentVolumeClaim matrix-demo/matrix-demo-media`. */
  readonly object: string;
  /**
   * Which part of the object, where it has several that could change so, e.g. `spec.walStorage`, as the refusal prints it.
   * @default - none, where there is only one
   */
  readonly at?: string;
  /**
   * The new value, where the change has one, e.g. `10Gi`.
   * @default - none, for what goes
   */
  readonly to?: string;
}
