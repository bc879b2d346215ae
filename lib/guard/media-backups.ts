import { listAt, valueAt } from '../checks/path';
import { objectName, type Owner } from '../diff/change';
import type { Manifest } from '../gitops/manifest';
import { mediaBackupJob } from '../homeserver/media-backup';
import { daysOf } from './retention';
import type { Danger } from './rule';
import { isOf, type Scene, written } from './scene';
import { meant, step } from './steps';

const isMediaBackup = (manifest: Manifest, { kind }: Owner) => kind === 'homeserver' && isOf(manifest, 'CronJob.batch') && manifest.metadata.name === mediaBackupJob;

const podOf = ['spec', 'jobTemplate', 'spec', 'template', 'spec'];

/** What restic is told by a variable. */
const told = (job: Manifest, variable: string): unknown => valueAt(listAt(job, [...podOf, 'containers', 0, 'env']).find((one) => valueAt(one, ['name']) === variable), ['value']);

/** Where they go: a bucket, or a folder of a claim. */
function repositoryOf(job: Manifest): string {
  const claim = valueAt(listAt(job, [...podOf, 'volumes']).find((one) => valueAt(one, ['name']) === 'backups'), ['persistentVolumeClaim', 'claimName']);
  return (claim === undefined ? '' : `claim ${written(claim)}, `) + written(told(job, 'RESTIC_REPOSITORY'));
}

/** Makes a backup at once. */
const backupNow = (namespace: string) =>
  step('make a backup, and see that it is completed', `kubectl -n ${namespace} create job --from=cronjob/${mediaBackupJob} media-backup-by-hand`, `kubectl -n ${namespace} wait --for=condition=Complete job/media-backup-by-hand --timeout=12h`);

/** One that does not run is backed up no more, and has it back when it starts. */
export function* mediaBackupsStop({ going, homeservers }: Scene): Generator<Danger> {
  for (const { manifest, owner } of going) {
    if (!isMediaBackup(manifest, owner) || homeservers.get(owner.name)?.model.synapse.media.backup !== false) continue;
    const { namespace } = manifest.metadata;
    yield {
      object: objectName(manifest),
      owner,
      option: ['synapse', 'media', 'backup'],
      loses: `the media of ${owner.name} would have no backups any more, and those that are there nobody who thins them out: a lost volume is final`,
      steps: [
        'leave backup on',
        backupNow(namespace!),
        'if they go elsewhere: set that up first, and restore from it once; keep the password of the old ones, without which nothing opens them',
        meant(`No backups of the media of ${owner.name}`),
      ],
    };
  }
}

export function* mediaBackupsMove({ changing }: Scene): Generator<Danger> {
  for (const { before, after, owner } of changing) {
    if (!isMediaBackup(after, owner)) continue;
    const [from, to] = [before, after].map(repositoryOf) as [string, string];
    // With two slashes behind the host, restic takes the bucket for an empty one: there is nothing.
    if (from.replace(/(?<!:)\/+/g, '/') === to) continue;
    const { namespace } = after.metadata;
    yield {
      object: objectName(after),
      at: 'RESTIC_REPOSITORY',
      to,
      owner,
      option: ['synapse', 'media', 'backup'],
      loses: `backups of the media of ${owner.name} would go to ${to} instead of ${from}: nothing can be restored from there until the first is made, and nobody tends those that stay behind`,
      steps: [
        to.startsWith('claim')
          ? `see that ${to.split(',')[0]!} of namespace ${namespace!} is there, with room for all media`
          : 'make sure that the bucket is there, and that the keys in the cluster open it',
        'keep what is in the old place, and its password, until the new one is older than your retention',
        meant(`Backups of the media of ${owner.name} go elsewhere`),
        backupNow(namespace!),
      ],
    };
  }
}

export function* mediaRetentionShortens({ changing }: Scene): Generator<Danger> {
  for (const { before, after, owner } of changing) {
    if (!isMediaBackup(after, owner)) continue;
    const [from, to] = [before, after].map((job) => written(told(job, 'RETENTION'))) as [string, string];
    if (daysOf(to) >= daysOf(from)) continue;
    yield {
      object: objectName(after),
      to,
      owner,
      option: ['synapse', 'media', 'backup', 'retention'],
      loses: `backups of the media of ${owner.name} would stay for ${to} instead of ${from}: the next run deletes the older ones, and with them the only copies of files that are deleted here`,
      steps: [
        `leave it at ${from}`,
        'copy the backups that you may still want to another place',
        meant(`Backups of the media of ${owner.name} stay for ${to}`),
      ],
    };
  }
}
