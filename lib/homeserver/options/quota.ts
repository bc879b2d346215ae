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
