import { isDeepStrictEqual } from 'node:util';
import { listAt, type Path, valueAt } from '../checks/path';
import { objectName, type ObjectChange, type Owner } from '../diff/change';
import { imageMajor } from '../diff/image';
import type { Manifest } from '../gitops/manifest';
import type { DatabaseService } from '../homeserver/names';
import { accountsLeftBehind } from './accounts';
import { placeName } from './estate';
import { isSameHost, moves } from './moves';
import { optionOf } from './option';
import { goingToRecovered, relocating } from './relocation';
import type { Danger, GuardRule } from './rule';
import { chartValue, essChanges, fieldOf, isOf, type Scene, written } from './scene';
import { backupNow, dump, meant, step } from './steps';

const database = ['Database.postgresql.cnpg.io', 'DatabaseRole.postgresql.cnpg.io'];
const cluster = 'Cluster.postgresql.cnpg.io';

function* placeChanges(scene: Scene): Generator<Danger> {
  for (const { before, after, owner, homeserver, host: { from, to } } of moves(scene)) {
    const [old, next] = [from, to].map(placeName) as [string, string];
    const recovered = scene.platform.model.databaseClusters.some(({ name, recovery }) => name === next && recovery?.from === old);
    yield {
      object: objectName(after),
      to: next,
      owner,
      option: ['database'],
      loses: recovered
        ? `its databases would be in ${next}, which was recovered from ${old}: whatever ${owner.name} has written to ${old} since that moment stays behind`
        : `its databases would be in ${next} instead of ${old}: what is stored there stays behind, and Synapse and MAS begin anew on nothing`,
      steps: (recovered ? goingToRecovered : relocating)(homeserver, before, after),
    };
  }
}

/** The lists by which a Database or a Cluster says what is to be in PostgreSQL, and what is lost where a member is to be absent. */
const parts = [
  ['Database.postgresql.cnpg.io', 'spec.schemas', 'schema'],
  ['Database.postgresql.cnpg.io', 'spec.extensions', 'extension'],
  [cluster, 'spec.managed.roles', 'role'],
] as const;

interface Dropped {
  readonly manifest: Manifest;
  readonly owner: Owner;
  /** Which part of the object; absent: what it stands for as a whole. */
  readonly at?: string;
  readonly what: string;
  readonly drops: boolean;
}

/** What is to be absent from PostgreSQL and was not. */
function* absent({ before, after, owner }: ObjectChange): Generator<Dropped> {
  const says = (value: unknown) => valueAt(value, ['ensure']) === 'absent';
  if (isOf(after, ...database) && says(after['spec']) && !says(before['spec'])) yield { manifest: before, owner, at: 'spec.ensure', what: written(fieldOf(before, 'spec.name')), drops: true };
  for (const [kind, list, what] of parts) {
    const [was, is] = [before, after].map((manifest) => listAt(manifest, list.split('.')));
    if (!isOf(after, kind)) continue;
    for (const member of is!.filter(says)) {
      const name = written(valueAt(member, ['name']));
      if (was!.some((one) => written(valueAt(one, ['name'])) === name && says(one))) continue;
      yield { manifest: before, owner, at: `${list}[name=${name}]`, what: `${what} ${name}`, drops: true };
    }
  }
}

/** Of databases and roles whose object goes, or that are to be absent. */
function* databaseGoes(scene: Scene): Generator<Danger> {
  const spokenFor = new Set(accountsLeftBehind(scene).map(({ before }) => chartValue(before, 'matrixAuthenticationService.postgres.database')));
  const moved = new Set(moves(scene).map(({ owner }) => owner.name));
  const going = scene.going
    .filter(({ manifest, owner }) => isOf(manifest, ...database) && !(owner.kind === 'homeserver' && moved.has(owner.name)) && !spokenFor.has(fieldOf(manifest, 'spec.name')))
    .map(({ manifest, owner }): Dropped => ({ manifest, owner, what: written(fieldOf(manifest, 'spec.name')), drops: fieldOf(manifest, 'spec.databaseReclaimPolicy') === 'delete' }));
  for (const { manifest, owner, at, what, drops } of [...going, ...scene.changing.flatMap((change) => [...absent(change)])]) {
    yield {
      object: objectName(manifest),
      ...at !== undefined && { at },
      owner,
      option: optionOf(scene, owner, manifest),
      loses: drops ? `${what} would be dropped from PostgreSQL, with all that is in it` : `${what} would stay in PostgreSQL with nothing that tends it, and whatever comes under another name starts empty`,
      steps: [
        at === undefined ? `leave ${objectName(manifest)} in the sources; its name is frozen` : `leave its ${at} as it was`,
        ...manifest.kind === 'Database' ? [dump(written(fieldOf(manifest, 'spec.name')), written(fieldOf(manifest, 'spec.cluster.name')))] : [],
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
        at: `spec.${field}`,
        to,
        owner,
        option: optionOf(scene, owner, after),
        loses: `its ${field} would be ${to} instead of ${from}: what ${from} holds is out of reach, and the operator refuses to change most of it`,
        steps: [`leave its ${field} at ${from}`, `for ${to}: write another object of another name, and move what is stored with pg_dump and pg_restore`],
      };
    }
  }
  const moved = new Set(moves(scene).map(({ owner }) => owner.name));
  for (const { before, after, owner } of essChanges(scene).filter((change) => !moved.has(change.owner.name))) {
    for (const [component, service] of [['synapse', 'Synapse'], ['matrixAuthenticationService', 'MAS']] as const) {
      for (const field of ['host', 'port', 'database', 'user']) {
        const path = `${component}.postgres.${field}`;
        const [from, to] = [chartValue(before, path), chartValue(after, path)];
        if (from === undefined || to === undefined || (field === 'host' ? isSameHost(from, to) : from === to)) continue;
        yield {
          object: objectName(after),
          at: path,
          to: written(to),
          owner,
          option: optionOfField(scene, owner, component === 'synapse' ? 'synapse' : 'mas', field, to) ?? ['values', ...path.split('.')],
          loses: `${service} would use ${field} ${written(to)} of PostgreSQL instead of ${written(from)}: what is stored there is out of reach, and where nothing is, it starts empty`,
          steps: [
            `leave ${path} at ${written(from)}`,
            ...field === 'user'
              ? [`if it must be ${written(to)}: say state: 'stopped' first; as the server's admin in psql, in that database: ALTER DATABASE "${written(chartValue(after, `${component}.postgres.database`))}" OWNER TO "${written(to)}"; REASSIGN OWNED BY "${written(from)}" TO "${written(to)}"; then say that it is meant, by the line above`]
              : [
                ...field === 'port' ? [`where the same server answers at ${written(to)}, nothing has to move: say that it is meant, by the line above`] : [],
                ...relocating(scene.homeservers.get(owner.name)!.model, before, after).slice(1),
              ],
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

const origins = ['spec.bootstrap', 'spec.externalClusters'];

function* recoveryChanges(scene: Scene): Generator<Danger> {
  for (const { before, after, owner } of scene.changing.filter((change) => isOf(change.after, cluster))) {
    if (origins.every((path) => isDeepStrictEqual(fieldOf(before, path), fieldOf(after, path)))) continue;
    const { name, namespace } = after.metadata;
    const to = fieldOf(after, 'spec.bootstrap.recovery.recoveryTarget.targetTime') ?? fieldOf(after, 'spec.bootstrap.recovery.source');
    const option = optionOf(scene, owner, after);
    yield {
      object: objectName(after),
      ...to !== undefined && { to: written(to) },
      owner,
      option: option.includes('manifests') ? option : [...option, 'recovery'],
      loses: `${name} is there already and stays as it is: what a cluster begins with is read once. Made anew some day, it would begin with something else`,
      steps: [
        'leave it as it was',
        'to go back to a moment: describe a further cluster in platform.databaseClusters that is recovered, and point homeservers there: docs/recovery.md',
        `where ${name} never came to be, so that what is left of it can go: ${meant(`Another beginning of ${name}`, `kubectl -n ${namespace} delete cluster ${name}`)}`,
      ],
    };
  }
}

/** The option that a field of an external database comes from; undefined where it is a raw value. */
function optionOfField({ homeservers }: Scene, { name }: Owner, service: DatabaseService, field: string, value: unknown): Path | undefined {
  const { place, databases = [] } = homeservers.get(name)?.model ?? {};
  if (place?.kind !== 'external') return undefined;
  const database = databases.find((one) => one.service === service);
  const options: Readonly<Record<string, readonly [typed: unknown, path: Path]>> = {
    port: [place.port, ['port']],
    database: [database?.name, [service, 'database']],
    user: [database?.role, [service, 'user']],
  };
  const [typed, path] = options[field] ?? [];
  return path !== undefined && typed === value ? ['database', 'external', ...path] : undefined;
}

/** The version of a Cluster that names no image. */
const unsaid = 'the operator\'s default';

/** `18` of `reg.example.org:5000/postgresql:18.4-system-trixie`, or of a catalog's `major`. */
function majorOf(manifest: Manifest): string {
  const [major, image] = ['spec.imageCatalogRef.major', 'spec.imageName'].map((path) => fieldOf(manifest, path));
  return written(major ?? (image === undefined ? unsaid : imageMajor(written(image)) ?? image));
}

function* majorChanges(scene: Scene): Generator<Danger> {
  for (const { before, after, owner } of scene.changing.filter((change) => isOf(change.after, cluster))) {
    const [from, to] = [majorOf(before), majorOf(after)];
    if (from === to) continue;
    const { name, namespace } = after.metadata;
    const isBack = Number(to) < Number(from);
    yield {
      object: objectName(after),
      to,
      owner,
      option: optionOf(scene, owner, after),
      loses: isBack
        ? `PostgreSQL ${to} cannot read what ${from} has written: no instance would start`
        : Number(to) > Number(from)
          ? `PostgreSQL would go from ${from} to ${to} with all instances down, for good, and backups from before do not restore into it`
          : `PostgreSQL would go from ${from} to ${to}, and nothing here says whether these are one major version: an older one does not start, a newer one cannot be taken back`,
      steps: isBack
        ? [`leave it at ${from}`, `to go back to ${to}: make a new cluster, and move each database with pg_dump and pg_restore`]
        : [
          step('see which version runs', `kubectl -n ${namespace ?? 'default'} get cluster ${name} -o 'jsonpath={.status.image}'`),
          backupNow(namespace, name),
          'where it is another major version: try the upgrade on a copy that is restored from that, and announce a downtime',
          meant(`PostgreSQL ${to} in ${name}`),
          backupNow(namespace, name),
        ],
    };
  }
}

/** Parameters without which a crash of a node leaves a database that cannot be read. */
const crashSafety = ['fsync', 'full_page_writes'];

function* safetyGoes(scene: Scene): Generator<Danger> {
  for (const { before, after, owner } of scene.changing.filter((change) => isOf(change.after, cluster))) {
    for (const parameter of crashSafety) {
      const isOff = (manifest: Manifest) => /^(off?|f(alse|als|al|a)?|no?|0)$/i.test(written(fieldOf(manifest, `spec.postgresql.parameters.${parameter}`)).trim());
      if (!isOff(after) || isOff(before)) continue;
      yield {
        object: objectName(after),
        at: `spec.postgresql.parameters.${parameter}`,
        owner,
        option: optionOf(scene, owner, after),
        loses: `${parameter} would be off: the first crash of a node can leave every database of the cluster unreadable, and its replicas with it`,
        steps: [`leave ${parameter} on`, 'for fewer writes: synchronous_commit: off loses the last moments of a crash, and nothing else'],
      };
    }
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
    id: 'database-place-changes',
    what: 'A homeserver keeps its `database`.',
    why: 'Its databases do not move along: in the other place it begins anew, or where a recovered cluster stopped.',
    check: placeChanges,
  },
  {
    id: 'database-recovery-changes',
    what: 'What a database cluster was recovered from stays as it was described.',
    why: 'CloudNativePG reads it once, when it makes the cluster: nothing would be recovered, although the sources say so.',
    check: recoveryChanges,
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
  {
    id: 'database-safety-goes',
    what: 'PostgreSQL goes on writing so that it survives a crash: `fsync` and `full_page_writes` stay on.',
    why: 'Without them a node that loses power leaves files that no PostgreSQL reads.',
    check: safetyGoes,
  },
];
