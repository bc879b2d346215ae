import type { Manifest } from '../gitops/manifest';
import { dynamicAddress } from './dynamic-address';
import type { Homeserver } from './homeserver';

/** What runs beside the chart's own pods, in the homeserver's namespace; nothing of a homeserver that does not run. */
export function companions(homeserver: Homeserver): readonly Manifest[] {
  return [...dynamicAddress(homeserver)];
}
