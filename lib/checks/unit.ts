import type { KubernetesVersion } from '../../imports';
import type { Emitted } from '../gitops/emit';
import type { Homeserver } from '../homeserver/homeserver';
import type { Platform } from '../platform/platform';
import type { Traced } from './traced';

/** What the platform, or one homeserver, adds to `dist/`, beside what it was made from. */
export interface CheckedUnit {
  readonly emitted: Emitted;
  readonly traced: Traced<Homeserver> | Traced<Platform>;
  readonly kubernetes: KubernetesVersion;
}
