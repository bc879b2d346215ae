import { valueAt } from '../checks/path';
import { objectName, type WholeChange } from '../diff/change';
import type { Manifest } from '../gitops/manifest';
import { rehearsalFile, stateLabel } from '../homeserver/names';
import { renaming, retirement } from './lifecycle';
import type { Danger, GuardRule } from './rule';
import { chartValue, essChanges, isEss, type Scene, written } from './scene';
import { pushed, step } from './steps';

/** A homeserver that vanishes although Argo CD has not retired it, whether it is said so, and the name of the one that has come with the same server name. */
function* vanished({ vanishing, appearing, isPushed }: Scene): Generator<{ readonly change: WholeChange; readonly isRetired: boolean; readonly serverName: string; readonly successor?: string }> {
  for (const change of vanishing) {
    const isRetired = change.manifest.metadata.labels?.[stateLabel] === 'retired';
    if (isRetired && isPushed(change.path, `${stateLabel}: retired`)) continue;
    const serverName = written(chartValue(change.manifest, 'serverName'));
    const successor = appearing.find(({ manifest }) => isEss(manifest) && chartValue(manifest, 'serverName') === serverName)?.owner.name;
    yield { change, isRetired, serverName, ...successor !== undefined && { successor } };
  }
}

function* homeserverVanishes(scene: Scene): Generator<Danger> {
  for (const { change: { manifest, owner }, isRetired, serverName, successor } of vanished(scene)) {
    if (successor !== undefined) continue;
    const why = isRetired ? 'the commit that retires it is in no branch of a remote that git knows of here: Argo CD would never see it' : 'it was not retired';
    yield {
      object: objectName(manifest),
      owner,
      option: [],
      loses: `nothing describes homeserver ${owner.name} (${serverName}) any more, and ${why}: its processes would go on with nobody to tend them, cut off from git, and what it stores would be orphaned`,
      steps: retirement(owner.name, manifest, isRetired),
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

/** A homeserver that runs would be told that it is a copy. */
function* rehearsalBegins(scene: Scene): Generator<Danger> {
  for (const { before, after, owner } of essChanges(scene)) {
    if (!runs(before) || !rehearses(after) || rehearses(before)) continue;
    yield {
      object: objectName(after),
      owner,
      option: ['rehearsal'],
      loses: `${owner.name} runs, and would move to the names of a rehearsal, cut off from other homeservers and from its users: what they do meanwhile is lost, and nothing of theirs belongs on a copy`,
      steps: [
        'take rehearsal away: it is said in the first push of a homeserver that is restored from elsewhere, and never again',
        'to rehearse a move of this one, describe another homeserver, in a file of its own, on a cluster of its own',
      ],
    };
  }
}

/**
 * The copy, which has the identity of the server that it was made from, would speak to the world beside it. One that is stopped waits for its
 * keys, which were taken away, unless these come by themselves.
 */
function* rehearsalEnds(scene: Scene): Generator<Danger> {
  for (const { before, after, owner } of essChanges(scene)) {
    const way = scene.homeservers.get(owner.name)?.model.secrets;
    if (!rehearses(before) || !runs(after) || rehearses(after) || (!runs(before) && way === 'bootstrap')) continue;
    yield {
      object: objectName(after),
      owner,
      option: ['rehearsal'],
      loses: `the copy of ${owner.name} ${runs(before) ? 'runs' : `would start, since its keys come by themselves with secrets: '${way}'`}, with old data and the signing key of the server that it was made from: with the rehearsal over, it speaks to the world as that server, and rooms and devices of its users break for good`,
      steps: runs(before)
        ? [
          `say state: 'stopped' beside rehearsal, then npm run synth, commit and push`,
          `npm run runbook -- ${owner.name} has the rest under "End the rehearsal": it empties the copy's databases`,
          'take rehearsal away only then',
        ]
        : [
          step(`take rehearsal away, and leave state: 'stopped'`, ...pushed(`End the rehearsal of ${owner.name}`)),
          `npm run runbook -- ${owner.name} is now that of the move itself: take state away when it has restored the databases`,
        ],
    };
  }
}

const runs = (application: Manifest) => application.metadata.labels?.[stateLabel] === undefined;
const rehearses = (application: Manifest) => valueAt(chartValue(application, 'synapse.additional'), [rehearsalFile]) !== undefined;

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
    id: 'rehearsal-begins',
    what: 'A homeserver that is described without `rehearsal` stays so.',
    why: 'A rehearsal has other host names and reaches nobody: that is for a copy, and would take a homeserver from its users.',
    check: rehearsalBegins,
  },
  {
    id: 'rehearsal-ends',
    what: 'A rehearsal is stopped before it ends, and starts again as the homeserver itself by a push of its own where its keys come by themselves.',
    why: 'Two servers with one signing key must never speak to the world at once: the copy\'s old data would meet what the real server has done since.',
    check: rehearsalEnds,
  },
];
