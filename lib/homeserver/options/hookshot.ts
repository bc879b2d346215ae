import type { Resources } from '../../cluster/resources';

export interface HookshotOptions {
  /**
   * Public host name.
   * @default - below the host of Synapse, at /_matrix/hookshot
   */
  readonly host?: string;
  /**
   * What it asks for and may use.
   * @default - 10m CPU and 100Mi, at most 512Mi
   */
  readonly resources?: Resources;
}
