import type { SecretSpec } from '../secrets/secret';
import { databaseSecrets } from './database';
import type { Homeserver } from './homeserver';
import { identityProviderSecrets } from './identity-providers';
import { imageSecrets } from './images';
import { restoredKeySecrets } from './keys';
import { maubotSecrets } from './maubot';
import { mediaBackupSecrets } from './media-backup';

const kinds = [databaseSecrets, restoredKeySecrets, mediaBackupSecrets, identityProviderSecrets, maubotSecrets, imageSecrets];

/** Every Secret that a homeserver needs beside those that the chart makes. */
export function secretsOf(homeserver: Homeserver): readonly SecretSpec[] {
  return kinds.flatMap((secrets) => secrets(homeserver));
}
