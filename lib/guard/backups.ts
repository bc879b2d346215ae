import { valueAt } from '../checks/path';
import { objectName } from '../diff/change';
import type { Manifest } from '../gitops/manifest';
import { isMap } from '../merge';
import { optionOf } from './option';
import type { Danger, GuardRule } from './rule';
import { fieldOf, isOf, type Scene, written } from './scene';
import { backupNow, push } from './steps';

const cluster = 'Cluster.postgresql.cnpg.io';
const schedule = 'ScheduledBackup.postgresql.cnpg.io';
const store = 'ObjectStore.barmancloud.cnpg.io';

/** The plugin that archives the write-ahead log of a Cluster, and so makes its backups. */
function archiver(manifest: Manifest): Readonly<Record<string, unknown>> | undefined {
  const plugins = fieldOf(manifest, 'spec.plugins');
  return Array.isArray(plugins) ? plugins.filter(isMap).find((plugin) => plugin['isWALArchiver'] === true && plugin['enabled'] !== false) : undefined;
}

/** Why a database cluster would have no backups any more: the object that says so, and how. */
function* stops({ going, changing }: Scene): Generator<{ readonly manifest: Manifest; readonly cluster: string; readonly why: string; readonly owner: Danger['owner'] }> {
  for (const { before, after, owner } of changing) {
    if (isOf(after, cluster) && archiver(before) !== undefined && archiver(after) === undefined) {
      yield { manifest: after, cluster: objectName(after), why: 'its write-ahead log is archived no more', owner };
    }
    if (isOf(after, schedule) && fieldOf(after, 'spec.suspend') === true && fieldOf(before, 'spec.suspend') !== true) {
      yield { manifest: after, cluster: clusterOf(after), why: `${objectName(after)} is suspended`, owner };
    }
  }
  for (const { manifest, owner } of going) {
    if (isOf(manifest, schedule)) yield { manifest, cluster: clusterOf(manifest), why: `${objectName(manifest)} goes`, owner };
    if (isOf(manifest, store)) yield { manifest, cluster: `Cluster ${manifest.metadata.namespace}/${manifest.metadata.name}`, why: `${objectName(manifest)} goes`, owner };
  }
}

const clusterOf = (manifest: Manifest) => `Cluster ${manifest.metadata.namespace}/${written(fieldOf(manifest, 'spec.cluster.name'))}`;

/** One switch stops several objects at once: it is one danger, the cluster's. */
function* backupsStop(scene: Scene): Generator<Danger> {
  const goingClusters = new Set(scene.going.filter(({ manifest }) => isOf(manifest, cluster)).map(({ manifest }) => objectName(manifest)));
  const found = [...stops(scene)].filter((stop) => !goingClusters.has(stop.cluster));
  for (const [index, first] of found.entries()) {
    const object = first.cluster;
    if (found.findIndex((stop) => stop.cluster === object) !== index) continue;
    const reasons = found.filter((stop) => stop.cluster === object).map(({ why }) => why);
    yield {
      object,
      owner: first.owner,
      option: first.owner.kind === 'component' && first.owner.name === 'postgres' ? ['platform', 'backups'] : optionOf(scene, first.owner, first.manifest),
      loses: `${object} would have no backups any more (${reasons.join(', ')}): a lost volume or a wrong DELETE is final`,
      steps: [
        'leave backups on',
        backupNow(first.manifest.metadata.namespace, object.split('/')[1]),
        `if they go elsewhere: set that up first, restore from it once, then say that it is meant, and ${push}`,
      ],
    };
  }
}

const destinations = ['spec.configuration.destinationPath', 'spec.configuration.endpointURL'];

function* backupsMove(scene: Scene): Generator<Danger> {
  const moves = scene.changing.flatMap(({ before, after, owner }) => {
    const paths = isOf(after, store) ? destinations.map((path) => [path, fieldOf(before, path), fieldOf(after, path)] as const) : [];
    const [was, is] = [archiver(before), archiver(after)];
    const parameters = isOf(after, cluster) && was && is
      ? ['barmanObjectName', 'serverName'].map((name) => [name, valueAt(was, ['parameters', name]), valueAt(is, ['parameters', name])] as const)
      : [];
    return [...paths, ...parameters].filter(([, from, to]) => from !== to).map(([path, from, to]) => ({ after, owner, path, from: written(from), to: written(to) }));
  });
  for (const { after, owner, path, from, to } of moves) {
    const option = optionOf(scene, owner, after);
    yield {
      object: objectName(after),
      to,
      owner,
      option: option.join('.') === 'platform.backups' ? [...option, path.endsWith('endpointURL') ? 'endpoint' : 'bucket'] : option,
      loses: `its ${path.split('.').at(-1)!} would be ${to} instead of ${from}: nothing there can be restored until the first base backup is done, and nobody tends the backups that stay behind`,
      steps: [
        `make sure that ${to} is there and empty, and that its keys are in the cluster: dist/bootstrap/secrets.sh`,
        'keep what is in the old place until the new one is older than your retention',
        `say that it is meant, then ${push}`,
        backupNow(after.metadata.namespace, after.metadata.name),
      ],
    };
  }
}

const days: Readonly<Record<string, number>> = { d: 1, w: 7, m: 30 };

/** Days of `30d`, `4w`, `2m`; none given, backups stay for good. */
function retentionOf(manifest: Manifest): number {
  const [, count, unit] = /^(\d+)([dwm])$/.exec(written(fieldOf(manifest, 'spec.retentionPolicy'))) ?? [];
  return count === undefined || unit === undefined ? Infinity : Number(count) * days[unit]!;
}

function* retentionShortens(scene: Scene): Generator<Danger> {
  for (const { before, after, owner } of scene.changing) {
    if (!isOf(after, store) || retentionOf(after) >= retentionOf(before)) continue;
    const [from, to] = [before, after].map((manifest) => fieldOf(manifest, 'spec.retentionPolicy')).map(written) as [string, string];
    const option = optionOf(scene, owner, after);
    yield {
      object: objectName(after),
      to,
      owner,
      option: option.join('.') === 'platform.backups' ? [...option, 'retention'] : option,
      loses: `backups would stay for ${to} instead of ${from === 'none' ? 'good' : from}: the plugin deletes the older ones within the hour`,
      steps: [
        `leave it at ${from}`,
        'copy the backups that you may still want to another bucket',
        `then say that it is meant, and ${push}`,
      ],
    };
  }
}

export const backupRules: readonly GuardRule[] = [
  {
    id: 'backups-stop',
    what: 'A database cluster that has backups goes on having them.',
    why: 'Nothing looks wrong until the day that one is needed.',
    check: backupsStop,
  },
  {
    id: 'backups-move',
    what: 'Backups go on going to the same place.',
    why: 'The write-ahead log in the new place is worth nothing without a base backup there, and the old backups stay with nobody who tends them.',
    check: backupsMove,
  },
  {
    id: 'backups-retention-shortens',
    what: 'Backups stay for as long as they did, or longer.',
    why: 'What is older than the retention is deleted at once, and there is no other copy.',
    check: retentionShortens,
  },
];
