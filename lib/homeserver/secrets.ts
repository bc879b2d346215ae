import type { SecretSpec } from '../secrets/secret';
import { databaseSecrets } from './database';
import type { Homeserver } from './homeserver';
import { restoredKeySecrets } from './keys';
import { mediaBackupSecrets } from './media-backup';

/** Every Secret that a homeserver needs beside those that the chart makes. */
export function secretsOf(homeserver: Homeserver): readonly SecretSpec[] {
  return [...databaseSecrets(homeserver), ...restoredKeySecrets(homeserver), ...mediaBackupSecrets(homeserver)];
}
