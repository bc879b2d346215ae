import { valueAt } from '../checks/path';
import { objectName, type Owner, type WholeChange } from '../diff/change';
import { stateLabel } from '../homeserver/names';
import { renaming, retirement } from './estate';
import type { Danger, GuardRule } from './rule';
import { chartValue, essChanges, isEss, type Scene, written } from './scene';

/** A homeserver that vanishes although it was not retired, and the name of the one that has come with the same server name. */
function* vanished({ vanishing, appearing }: Scene): Generator<{ readonly change: WholeChange; readonly serverName: string; readonly successor?: string }> {
  for (const change of vanishing) {
    if (change.manifest.metadata.labels?.[stateLabel] === 'retired') continue;
    const serverName = written(chartValue(change.manifest, 'serverName'));
    const successor = appearing.find(({ manifest }) => isEss(manifest) && chartValue(manifest, 'serverName') === serverName)?.owner.name;
    yield { change, serverName, ...successor !== undefined && { successor } };
  }
}

function* homeserverVanishes(scene: Scene): Generator<Danger> {
  for (const { change: { manifest, owner }, serverName, successor } of vanished(scene)) {
    if (successor !== undefined) continue;
    yield {
      object: objectName(manifest),
      owner,
      option: [],
      loses: `nothing describes homeserver ${owner.name} (${serverName}) any more, and it was not retired: its processes would go on with nobody to tend them, cut off from git, and what it stores would be orphaned`,
      steps: retirement(owner.name, manifest),
    };
  }
}

function* homeserverRenamed(scene: Scene): Generator<Danger> {
  for (const { change: { manifest }, serverName, successor } of vanished(scene)) {
    if (successor === undefined) continue;
    const old = manifest.metadata.name.replace(/^matrix-/, '');
    yield {
      object: objectName(manifest),
      to: successor,
      owner: { kind: 'homeserver', name: successor },
      option: ['name'],
      loses: `${serverName} was ${old} and would start again as ${successor}, with empty databases, an empty volume and new keys: every name derives from this one, and is frozen`,
      steps: renaming(old, manifest, scene.homeservers.get(successor)!.model),
    };
  }
}

function* serverNameChanges(scene: Scene): Generator<Danger> {
  for (const { before, after, owner } of essChanges(scene)) {
    const [from, to] = [before, after].map((application) => written(chartValue(application, 'serverName'))) as [string, string];
    if (from === to) continue;
    yield {
      object: objectName(after),
      to,
      owner,
      option: ['serverName'],
      loses: `${from} would become ${to}: every user and room address ends in it, so Synapse refuses its own database, and the other homeservers know nobody of ${to}`,
      steps: [
        `say serverName: '${from}' again`,
        `for ${to}, describe another homeserver, in a file of its own`,
        'let users move their accounts themselves; there is no way to rename a homeserver',
        `when nobody needs ${from} any more, retire ${owner.name}: state: 'retired'`,
      ],
    };
  }
}

/** Applications whose objects would be made a second time, elsewhere or under other names, while the first go on. */
function* applicationMoves({ changing }: Scene): Generator<Danger> {
  for (const { before, after, owner } of changing) {
    if (after.kind !== 'Application') continue;
    for (const [path, what] of moves) {
      const [from, to] = [before, after].map((application) => valueAt(application, path));
      if (from === to) continue;
      yield {
        object: objectName(after),
        to: written(to),
        owner,
        option: optionOfMove(owner),
        loses: `its ${what} would be ${written(to)} instead of ${written(from)}: everything is made anew, empty, and what is stored is pruned or stays behind`,
        steps: [
          `leave its ${what} at ${written(from)}`,
          'if it must move: stop what runs, save what it stores, and restore that in the new place before anything starts there',
        ],
      };
    }
  }
}

const moves = [
  [['spec', 'destination', 'namespace'], 'namespace'],
  [['spec', 'destination', 'server'], 'cluster'],
  [['spec', 'source', 'helm', 'releaseName'], 'release name'],
  [['spec', 'source', 'chart'], 'chart'],
] as const;

const optionOfMove = ({ kind }: Owner) => (kind === 'homeserver' ? ['name'] : ['platform']);

export const homeserverRules: readonly GuardRule[] = [
  {
    id: 'homeserver-vanishes',
    what: 'No homeserver that was not retired before is left out of the sources.',
    why: 'Its Applications go and its objects stay, so it would run on with nobody to tend it; a slip of the finger must not do that.',
    check: homeserverVanishes,
  },
  {
    id: 'homeserver-renamed',
    what: 'A homeserver keeps its `name`.',
    why: 'Namespace, release, volume, databases and keys are called after it: under another name it starts empty, with another signing key.',
    check: homeserverRenamed,
  },
  {
    id: 'server-name-changes',
    what: 'A homeserver keeps its `serverName`.',
    why: 'Users, rooms and events bear it for good; Synapse does not start on a database of another.',
    check: serverNameChanges,
  },
  {
    id: 'application-moves',
    what: 'An Application keeps its namespace, its cluster, its chart and its release name.',
    why: 'Every object of a release is named after it and stands in its namespace: elsewhere all of them are made anew, empty.',
    check: applicationMoves,
  },
];
