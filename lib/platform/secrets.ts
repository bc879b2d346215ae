import type { SecretSpec } from '../secrets/secret';
import { alertSecrets } from './alertmanager';
import { backupSecret } from './backups';
import { cloudflareSecret, usesCloudflare } from './cert-manager';
import { grafanaSecret } from './grafana';
import type { Platform } from './platform';

/**
 * The platform's Secrets that may come by way of git. All others are there before anything of git is: what Gitea and Argo CD start
 * with, and what opens a store.
 */
export function laterSecrets(platform: Pick<Platform, 'databaseClusters' | 'backups' | 'certManager' | 'ingress' | 'monitoring'>): readonly SecretSpec[] {
  const { databaseClusters, backups, monitoring } = platform;
  return [...usesCloudflare(platform) ? [cloudflareSecret] : [], ...backups && databaseClusters.length > 0 ? [backupSecret] : [], ...monitoring ? [grafanaSecret, ...alertSecrets(monitoring)] : []];
}
