/** A rule that is not to speak, and why. */
export interface Silence {
  /** The rule's identifier, as findings print it, e.g. `fleet-too-large`. */
  readonly rule: string;
  /**
   * Why it does not hold here, for who reads it later.
   * @minLength 1
   */
  readonly reason: string;
}
