import type { Manifest } from '../gitops/manifest';
import { dynamicAddress } from './dynamic-address';
import type { Homeserver } from './homeserver';
import { mediaBackup } from './media-backup';
import { quotaObjects } from './quota';
import { scalers } from './scaling';

/** What stands beside the chart's own objects, in the homeserver's namespace. */
export function companions(homeserver: Homeserver): readonly Manifest[] {
  return [...dynamicAddress(homeserver), ...mediaBackup(homeserver), ...scalers(homeserver), ...quotaObjects(homeserver)];
}
