import type { Resources } from '../../cluster/resources';
import type { ReplicatedOptions } from './replicas';
import type { Url } from './url';

export interface HaproxyOptions extends ReplicatedOptions {
  /**
   * Of each copy.
   * @default - 25m CPU and 64Mi, at most 256Mi
   */
  readonly resources?: Resources;
}

export interface WellKnownOptions {
  /**
   * Where a browser that opens `https://<serverName>/` is sent; `false` claims nothing but `/.well-known/matrix`.
   * @default - Element Web
   */
  readonly redirect?: false | Url;
}
