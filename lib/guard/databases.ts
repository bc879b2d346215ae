import { objectName } from '../diff/change';
import { accountsLeftBehind } from './accounts';
import { optionOf } from './option';
import type { Danger, GuardRule } from './rule';
import { chartValue, essChanges, fieldOf, isOf, type Scene, written } from './scene';
import { backupNow, dump, push } from './steps';

const database = ['Database.postgresql.cnpg.io', 'DatabaseRole.postgresql.cnpg.io'];
const cluster = 'Cluster.postgresql.cnpg.io';

/** Of databases and roles whose object goes, or that are to be absent. */
function* databaseGoes(scene: Scene): Generator<Danger> {
  const spokenFor = new Set(accountsLeftBehind(scene).map(({ before }) => chartValue(before, 'matrixAuthenticationService.postgres.database')));
  const going = scene.going.filter(({ manifest }) => isOf(manifest, ...database) && !spokenFor.has(fieldOf(manifest, 'spec.name')));
  const absent = scene.changing.filter(({ before, after }) => isOf(after, ...database) && fieldOf(after, 'spec.ensure') === 'absent' && fieldOf(before, 'spec.ensure') !== 'absent');
  for (const { manifest, owner, dropped } of [
    ...going.map((change) => ({ ...change, dropped: fieldOf(change.manifest, 'spec.databaseReclaimPolicy') === 'delete' })),
    ...absent.map((change) => ({ ...change, manifest: change.before, dropped: true })),
  ]) {
    const name = written(fieldOf(manifest, 'spec.name'));
    yield {
      object: objectName(manifest),
      owner,
      option: optionOf(scene, owner, manifest),
      loses: dropped ? `${name} would be dropped from PostgreSQL, with all that is in it` : `${name} would stay in PostgreSQL with nothing that tends it, and whatever comes under another name starts empty`,
      steps: [
        `leave ${objectName(manifest)} in the sources; its name is frozen`,
        ...manifest.kind === 'Database' ? [dump(name)] : [],
        'for another name: restore that file into the new database before anything starts on it',
      ],
    };
  }
}

function* databaseMoves(scene: Scene): Generator<Danger> {
  for (const { before, after, owner } of scene.changing.filter((change) => isOf(change.after, ...database))) {
    for (const field of ['name', 'owner', 'cluster.name']) {
      const [from, to] = [fieldOf(before, `spec.${field}`), fieldOf(after, `spec.${field}`)].map(written) as [string, string];
      if (from === to) continue;
      yield {
        object: objectName(after),
        to,
        owner,
        option: optionOf(scene, owner, after),
        loses: `its ${field} would be ${to} instead of ${from}: what ${from} holds is out of reach, and the operator refuses to change most of it`,
        steps: [`leave its ${field} at ${from}`, `for ${to}: write another object of another name, and move what is stored with pg_dump and pg_restore`],
      };
    }
  }
  for (const { before, after, owner } of essChanges(scene)) {
    for (const [component, service] of [['synapse', 'Synapse'], ['matrixAuthenticationService', 'MAS']] as const) {
      for (const field of ['host', 'port', 'database', 'user']) {
        const path = `${component}.postgres.${field}`;
        const [from, to] = [chartValue(before, path), chartValue(after, path)];
        if (from === undefined || to === undefined || from === to) continue;
        yield {
          object: objectName(after),
          to: written(to),
          owner,
          option: ['values', ...path.split('.')],
          loses: `${service} would use ${field} ${written(to)} of PostgreSQL instead of ${written(from)}: what is stored there is out of reach, and where nothing is, it starts empty`,
          steps: [
            `leave ${path} at ${written(from)}`,
            `to move: say state: 'stopped', then ${push}`,
            dump(written(chartValue(before, `${component}.postgres.database`))),
            `restore that file where it is to be, say ${path}: ${JSON.stringify(to)} as meant, and state: 'running' again`,
          ],
        };
      }
    }
  }
}

function* clusterGoes(scene: Scene): Generator<Danger> {
  for (const { manifest, owner } of scene.going.filter((change) => isOf(change.manifest, cluster))) {
    const { name, namespace } = manifest.metadata;
    yield {
      object: objectName(manifest),
      owner,
      option: optionOf(scene, owner, manifest),
      loses: `database cluster ${name} would go from git with every database in it; under another name it starts empty`,
      steps: [
        `leave ${objectName(manifest)} in the sources; its name is frozen`,
        backupNow(namespace, name),
        'for another name: make the new cluster beside it, from that backup (bootstrap.recovery), point what uses it there, and take the old one away last',
      ],
    };
  }
}

/** `18` of `ghcr.io/cloudnative-pg/postgresql:18.4-system-trixie`, or of a catalog's `major`. */
function majorOf(manifest: Parameters<typeof fieldOf>[0]): string | undefined {
  const major = fieldOf(manifest, 'spec.imageCatalogRef.major');
  return major === undefined ? /:(\d+)/.exec(written(fieldOf(manifest, 'spec.imageName')))?.[1] : written(major);
}

function* majorChanges(scene: Scene): Generator<Danger> {
  for (const { before, after, owner } of scene.changing.filter((change) => isOf(change.after, cluster))) {
    const [from, to] = [majorOf(before), majorOf(after)];
    if (from === undefined || to === undefined || from === to) continue;
    const { name, namespace } = after.metadata;
    yield {
      object: objectName(after),
      to,
      owner,
      option: optionOf(scene, owner, after),
      loses: Number(to) < Number(from)
        ? `PostgreSQL ${to} cannot read what ${from} has written: no instance would start`
        : `PostgreSQL would go from ${from} to ${to} with all instances down, for good, and backups from before do not restore into it`,
      steps: Number(to) < Number(from)
        ? [`leave it at ${from}`, `to go back to ${to}: make a new cluster, and move each database with pg_dump and pg_restore`]
        : [backupNow(namespace, name), 'try the upgrade on a copy that is restored from it', 'announce a downtime', `say that it is meant, then ${push}`, backupNow(namespace, name)],
    };
  }
}

export const databaseRules: readonly GuardRule[] = [
  {
    id: 'database-goes',
    what: 'A database and its role stay in the sources, under their names.',
    why: 'What comes under another name is empty; and where the policy is not `retain`, the old one is dropped.',
    check: databaseGoes,
  },
  {
    id: 'database-moves',
    what: 'A database keeps its name, owner and cluster, and who uses it keeps using it.',
    why: 'Synapse and MAS fill an empty database without a word, and the homeserver has lost its past.',
    check: databaseMoves,
  },
  {
    id: 'database-cluster-goes',
    what: 'A database cluster stays in the sources, under its name.',
    why: 'All databases are in it; under another name it starts empty.',
    check: clusterGoes,
  },
  {
    id: 'database-major-changes',
    what: 'A database cluster keeps the major version of PostgreSQL.',
    why: 'A major upgrade rewrites the data with all instances down and cannot be undone; an older major does not read it at all.',
    check: majorChanges,
  },
];
