import type { Manifest } from '../gitops/manifest';
import { dynamicAddress } from './dynamic-address';
import { elementCallObjects } from './element-call';
import type { Homeserver } from './homeserver';
import { maubotObjects } from './maubot';
import { mediaBackup } from './media-backup';
import { quotaObjects } from './quota';
import { scalers } from './scaling';

const kinds = [dynamicAddress, mediaBackup, scalers, quotaObjects, elementCallObjects, maubotObjects];

/** What stands beside the chart's own objects, in the homeserver's namespace. */
export function companions(homeserver: Homeserver): readonly Manifest[] {
  return kinds.flatMap((objects) => objects(homeserver));
}
