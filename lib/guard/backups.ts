import { valueAt } from '../checks/path';
import { objectName } from '../diff/change';
import type { Manifest } from '../gitops/manifest';
import { isMap } from '../merge';
import { mediaBackupsMove, mediaBackupsStop, mediaRetentionShortens } from './media-backups';
import { optionOf } from './option';
import { daysOf } from './retention';
import type { Danger, GuardRule } from './rule';
import { fieldOf, isOf, type Scene, written } from './scene';
import { backupNow, meant, step } from './steps';
import { annotation } from './tracking';

const cluster = 'Cluster.postgresql.cnpg.io';
const schedule = 'ScheduledBackup.postgresql.cnpg.io';
const store = 'ObjectStore.barmancloud.cnpg.io';

/** Where a Cluster archives its write-ahead log, by field: through a plugin, or by itself; undefined where it does not. */
function archive(manifest: Manifest): ReadonlyMap<string, unknown> | undefined {
  if (annotation(manifest, 'cnpg.io/skipWalArchiving') === 'enabled') return undefined;
  const plugins = fieldOf(manifest, 'spec.plugins');
  const plugin = Array.isArray(plugins) ? plugins.filter(isMap).find((one) => one['isWALArchiver'] === true && one['enabled'] !== false) : undefined;
  const own = fieldOf(manifest, 'spec.backup.barmanObjectStore');
  const at = (where: unknown, ...fields: readonly string[]) => new Map(fields.map((field) => [field, valueAt(where, [field])]));
  return plugin ? at(plugin['parameters'], 'barmanObjectName', 'serverName') : isMap(own) ? at(own, 'destinationPath', 'endpointURL', 'serverName') : undefined;
}

/** Why a database cluster would have no backups any more: the object that says so, and how. */
function* stops({ going, changing }: Scene): Generator<{ readonly manifest: Manifest; readonly cluster: string; readonly why: string; readonly owner: Danger['owner'] }> {
  for (const { before, after, owner } of changing) {
    if (isOf(after, cluster) && archive(before) !== undefined && archive(after) === undefined) {
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
        'if they go elsewhere: set that up first, and restore from it once',
        meant(`No backups of ${object}`),
      ],
    };
  }
}

/** The fields by which an object says where its backups go. */
function destinations(manifest: Manifest): ReadonlyMap<string, unknown> {
  const at = (...paths: readonly string[]) => new Map(paths.map((path) => [path, fieldOf(manifest, path)]));
  if (isOf(manifest, store)) return at('spec.configuration.destinationPath', 'spec.configuration.endpointURL');
  return isOf(manifest, schedule) ? at('spec.method', 'spec.pluginConfiguration') : isOf(manifest, cluster) ? archive(manifest) ?? new Map() : new Map();
}

/** A place as it is compared: the same with a slash at its end. */
const withoutSlash = (place: string) => place.replace(/\/+$/, '');

function* backupsMove(scene: Scene): Generator<Danger> {
  const moves = scene.changing.flatMap(({ before, after, owner }) => {
    const [was, is] = [before, after].map(destinations) as [ReadonlyMap<string, unknown>, ReadonlyMap<string, unknown>];
    if (was.size === 0 || is.size === 0) return [];
    return [...new Set([...was.keys(), ...is.keys()])]
      .map((path) => ({ after, owner, path, from: written(was.get(path)), to: written(is.get(path)) }))
      .filter(({ from, to }) => withoutSlash(from) !== withoutSlash(to));
  });
  for (const { after, owner, path, from, to } of moves) {
    const option = optionOf(scene, owner, after);
    yield {
      object: objectName(after),
      at: path,
      to,
      owner,
      option: option.join('.') === 'platform.backups' ? [...option, path.endsWith('endpointURL') ? 'endpoint' : 'bucket'] : option,
      loses: `its ${path.split('.').at(-1)!} would be ${to} instead of ${from}: nothing there can be restored until the first base backup is done, and nobody tends the backups that stay behind`,
      steps: [
        step(`make sure that ${to} is there and empty, and that its keys are in the cluster`, 'dist/bootstrap/secrets.sh'),
        'keep what is in the old place until the new one is older than your retention',
        meant(`Backups go to ${to}`),
        backupNow(after.metadata.namespace, after.metadata.name),
      ],
    };
  }
}

function* retentionShortens(scene: Scene): Generator<Danger> {
  for (const { before, after, owner } of scene.changing) {
    if (!isOf(after, store, cluster)) continue;
    const [was, is] = [before, after].map((manifest) => fieldOf(manifest, isOf(manifest, store) ? 'spec.retentionPolicy' : 'spec.backup.retentionPolicy'));
    if (daysOf(is) >= daysOf(was)) continue;
    const [from, to] = [was, is].map(written) as [string, string];
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
        meant(`Backups stay for ${to}`),
      ],
    };
  }
}

export const backupRules: readonly GuardRule[] = [
  {
    id: 'backups-stop',
    what: 'A database cluster, or the media of a homeserver, that has backups goes on having them.',
    why: 'Nothing looks wrong until the day that one is needed.',
    check: (scene) => [...backupsStop(scene), ...mediaBackupsStop(scene)],
  },
  {
    id: 'backups-move',
    what: 'Backups go on going to the same place.',
    why: 'The new place is empty: a write-ahead log is worth nothing there without a base backup, and the old backups stay with nobody who tends them.',
    check: (scene) => [...backupsMove(scene), ...mediaBackupsMove(scene)],
  },
  {
    id: 'backups-retention-shortens',
    what: 'Backups stay for as long as they did, or longer.',
    why: 'What is older than the retention is deleted by the next run, and there is no other copy.',
    check: (scene) => [...retentionShortens(scene), ...mediaRetentionShortens(scene)],
  },
];
