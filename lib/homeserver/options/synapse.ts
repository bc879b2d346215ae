import type { Resources } from '../../cluster/resources';
import type { MediaOptions } from './media';
import type { WorkersOptions } from './workers';

export interface SynapseOptions {
  /**
   * Public host name.
   * @default - matrix.<serverName>
   */
  readonly host?: string;
  /**
   * Of the main process.
   * @default - 100m CPU and 256Mi, at most 1Gi
   */
  readonly resources?: Resources;
  /** Uploaded files. */
  readonly media?: MediaOptions;
  /**
   * What the databases of the homeserver are expected to grow to. Nothing is set aside; the sum is held against the volume of PostgreSQL.
   * @default 5Gi
   * @pattern ^[1-9][0-9]*(Mi|Gi|Ti)$
   */
  readonly expectedDatabaseSize?: string;
  /**
   * Worker processes by type. A homeserver of a few hundred users needs none.
   * @default - none
   */
  readonly workers?: WorkersOptions;
}
