import type { k8s } from 'cdk8s-plus-30';
import type { Plain } from '../../imports/plain';
import { resources } from '../cluster/resources';
import type { Manifest } from '../gitops/manifest';
import type { SecretSpec } from '../secrets/secret';
import type { Homeserver } from './homeserver';
import { podDefaults, podSecurity, securityOfContainer } from './pod';

/** With a shell, as its own Dockerfile makes it. */
const image = 'ghcr.io/restic/restic:0.18.1';

/** The job that makes them. */
export const mediaBackupJob = 'media-backup';
const restore = 'media-restore';

/** Labels of its pods, by which policies find them. */
export const mediaBackupLabels = { 'app.kubernetes.io/name': mediaBackupJob } as const;

/** Synapse's own user, whose files they are (ESS chart). */
const synapseUser = 10091;

/** The first backup makes the repository; a lock that a killed one left behind goes with the next. */
const backupScript = `restic cat config >/dev/null 2>&1 || restic init
restic unlock
restic backup --host "$NAME" /media
restic forget --host "$NAME" --group-by host --keep-within "$RETENTION" --prune
`;

/** What is there and differs is replaced; what a backup does not have stays. */
const restoreScript = `restic restore "$SNAPSHOT" --host "$NAME" --target / --include /media
`;

/**
 * Backups of uploaded files, as a job beside Synapse: only pods of one node can mount the volume. The second job never runs by itself;
 * a Job made from it restores.
 */
export function mediaBackup(homeserver: Homeserver): readonly Manifest[] {
  const { synapse: { media: { backup: own } }, state, rehearsal } = homeserver;
  // What a rehearsal has is a copy, and thrown away.
  if (!own || state !== 'running' || rehearsal) return [];
  return [
    cronJob(homeserver, mediaBackupJob, backupScript, { schedule: own.schedule }, true, [{ name: 'RETENTION', value: own.retention }]),
    cronJob(homeserver, restore, restoreScript, { schedule: '0 0 1 1 *', suspend: true }, false, [{ name: 'SNAPSHOT', value: 'latest' }]),
  ];
}

/** Keys of the bucket, and the password that backups are encrypted with: without it they are lost, so it must be kept elsewhere. */
export function mediaBackupSecrets({ names: { release: namespace }, synapse: { media: { backup: own } } }: Homeserver): readonly SecretSpec[] {
  if (!own) return [];
  return [{
    namespace,
    name: mediaBackupJob,
    keys: [
      ...own.claim === undefined ? [
        { key: 'AWS_ACCESS_KEY_ID', supplied: 'S3_ACCESS_KEY_ID', what: 'ID of the access key of the bucket that backups go to' },
        { key: 'AWS_SECRET_ACCESS_KEY', supplied: 'S3_SECRET_ACCESS_KEY', what: 'secret part of the same access key' },
      ] : [],
      { key: 'RESTIC_PASSWORD', supplied: 'MEDIA_BACKUP_PASSWORD', what: 'password that backups of media are encrypted with; keep it, or they are lost' },
    ],
  }];
}

type When = { readonly schedule: string; readonly suspend?: true };

function cronJob(homeserver: Homeserver, name: string, script: string, when: When, readOnly: boolean, env: readonly { readonly name: string; readonly value: string }[]): Manifest {
  const { names: { release: namespace, mediaClaim } } = homeserver;
  const { claim, repository, region } = storeOf(homeserver);
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    // One that is suspended counts as such for its whole Application.
    metadata: { name, namespace, ...when.suspend && { annotations: { 'argocd.argoproj.io/ignore-healthcheck': 'true' } } },
    spec: {
      ...when,
      concurrencyPolicy: 'Forbid',
      startingDeadlineSeconds: 3600,
      successfulJobsHistoryLimit: 1,
      failedJobsHistoryLimit: 1,
      jobTemplate: {
        spec: {
          backoffLimit: 2,
          template: {
            metadata: { labels: mediaBackupLabels },
            spec: {
              restartPolicy: 'Never',
              ...podDefaults(homeserver, synapseUser),
              affinity: {
                podAffinity: {
                  requiredDuringSchedulingIgnoredDuringExecution: [{
                    labelSelector: { matchLabels: { 'app.kubernetes.io/instance': `${namespace}-synapse-main` } },
                    topologyKey: 'kubernetes.io/hostname',
                  }],
                },
              },
              securityContext: { ...podSecurity(synapseUser), fsGroupChangePolicy: 'OnRootMismatch' },
              containers: [{
                name: 'restic',
                image,
                command: ['/bin/sh', '-euc', script],
                env: [
                  { name: 'NAME', value: namespace },
                  { name: 'RESTIC_REPOSITORY', value: repository },
                  { name: 'RESTIC_CACHE_DIR', value: '/tmp/cache' },
                  ...region === undefined ? [] : [{ name: 'AWS_DEFAULT_REGION', value: region }],
                  ...env,
                ],
                envFrom: [{ secretRef: { name: mediaBackupJob } }],
                resources: resources('50m', '128Mi', '768Mi'),
                securityContext: securityOfContainer,
                volumeMounts: [
                  { name: 'media', mountPath: '/media', ...readOnly && { readOnly } },
                  { name: 'temporary', mountPath: '/tmp' },
                  ...claim === undefined ? [] : [{ name: 'backups', mountPath: '/backups' }],
                ],
              }],
              volumes: [
                { name: 'media', persistentVolumeClaim: { claimName: mediaClaim } },
                { name: 'temporary', emptyDir: {} },
                ...claim === undefined ? [] : [{ name: 'backups', persistentVolumeClaim: { claimName: claim } }],
              ],
            },
          },
        },
      },
    } satisfies Plain<k8s.CronJobSpec>,
  };
}

/** Where they go; that there is a bucket where no claim is named is a rule. */
function storeOf({ names: { release }, synapse: { media: { backup: own } }, surroundings: { backups } }: Homeserver) {
  const claim = own ? own.claim : undefined;
  if (claim !== undefined || !backups) return { claim, repository: `/backups/${release}`, region: undefined };
  return { claim, repository: `s3:${backups.endpoint}/${backups.bucket}/media/${release}`, region: backups.region };
}
