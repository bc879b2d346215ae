import type { Resources } from '../../cluster/resources';

export interface RedisOptions {
  /**
   * What it asks for and may use.
   * @default - 10m CPU and 32Mi, at most 96Mi
   */
  readonly resources?: Resources;
}
