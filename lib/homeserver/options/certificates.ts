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
