import type { SecretSpec } from '../secrets/secret';
import { backupSecret } from './backups';
import { grafanaSecret } from './grafana';
import type { Platform } from './platform';

/**
 * The platform's Secrets that may come by way of git. All others are there before anything of git is: what Gitea and Argo CD start
 * with, and what opens a store.
 */
export function laterSecrets({ backups, monitoring }: Pick<Platform, 'backups' | 'monitoring'>): readonly SecretSpec[] {
  return [...backups ? [backupSecret] : [], ...monitoring ? [grafanaSecret] : []];
}
