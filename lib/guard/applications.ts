import { valueAt } from '../checks/path';
import { objectName, type ObjectChange, type Owner, type WholeChange } from '../diff/change';
import type { Manifest } from '../gitops/manifest';
import { namesOf } from '../homeserver/names';
import { belongsToMove } from './moves';
import { optionOf } from './option';
import type { Danger, GuardRule } from './rule';
import { isOf, isOurs, type Scene, written } from './scene';
import { sourcesOf, unread } from './source';
import { push, step } from './steps';
import { cascades, prunes } from './tracking';

const isApplication = (manifest: Manifest) => isOf(manifest, 'Application.argoproj.io');

/** Whether an Application takes along what it made, or leaves behind what nobody here knows. Of the program's own, each volume speaks for itself. */
export function takesAlong(change: WholeChange): boolean {
  return isApplication(change.manifest) && (cascades(change.manifest) || !isOurs(change));
}

function* applicationGoes(scene: Scene): Generator<Danger> {
  for (const change of scene.going.filter(takesAlong)) {
    const { manifest, owner } = change;
    const { name } = manifest.metadata;
    yield {
      object: objectName(manifest),
      owner,
      option: optionOf(scene, owner, manifest),
      loses: cascades(manifest)
        ? `it has the cascade finalizer: with Application ${name} goes everything that it made, volumes among it`
        : `nothing would tend what Application ${name} made any more: it runs on, cut off from git, and what it stores is orphaned`,
      steps: [
        'leave it in the sources',
        step('see what it has made, and save what is stored there', `kubectl -n argocd get application ${name} -o 'jsonpath={range .status.resources[*]}{.kind} {.namespace}/{.name}{"\\n"}{end}'`),
        ...cascades(manifest) ? [`to keep that: take metadata.finalizers out of it, ${push}, and delete it from the sources after that`] : [],
        `then say that it is meant, and ${push}; what stays in the cluster is deleted by hand`,
      ],
    };
  }
}

/** Where an Application's objects are made and what they are called. */
const moves = [
  [['spec', 'destination', 'namespace'], 'namespace'],
  [['spec', 'destination', 'server'], 'cluster'],
  [['spec', 'destination', 'name'], 'cluster'],
  [['spec', 'source', 'helm', 'releaseName'], 'release name'],
  [['spec', 'source', 'chart'], 'chart'],
] as const;

/** Applications whose objects would be made a second time, elsewhere or under other names, while the first go on. */
function* applicationMoves(scene: Scene): Generator<Danger> {
  for (const { before, after, owner } of scene.changing.filter((change) => isApplication(change.after))) {
    for (const [path, what] of moves) {
      const [from, to] = [before, after].map((application) => valueAt(application, path));
      if (from === to || (belongsToMove(scene, owner) && after.metadata.name === namesOf(owner.name).databases)) continue;
      yield {
        object: objectName(after),
        at: path.join('.'),
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

const optionOfMove = ({ kind }: Owner) => (kind === 'homeserver' ? ['name'] : ['platform']);

/** What an Application would apply from elsewhere, or in a way that is not read here. */
function otherSources({ before, after }: ObjectChange): readonly (readonly [at: string, from: unknown, to: unknown])[] {
  const now = sourcesOf(after);
  return [...sourcesOf(before)].flatMap(([where, was]) => {
    const is = now.get(where);
    if (is === undefined) return [[where, was, undefined] as const];
    const [old, fresh] = [unread(was, where), unread(is, where)];
    return [...new Set([...old.keys(), ...fresh.keys()])]
      .map((at) => [at, old.get(at), fresh.get(at)] as const)
      .filter(([, from, to]) => written(from) !== written(to));
  });
}

/** The fields by which Argo CD finds the folders of this program's tree. The rest of its Applications is known to the other rules. */
const repository: ReadonlySet<string> = new Set(['spec.source.repoURL', 'spec.source.targetRevision', 'spec.source.path']);

function* sourceChanges(scene: Scene): Generator<Danger> {
  const said = new Set<string>();
  for (const change of scene.changing) {
    const { before, after, owner } = change;
    if (!isApplication(after) || !prunes(after)) continue;
    const ours = isOurs(change);
    if (ours && valueAt(before, ['spec', 'source', 'chart']) !== undefined) continue;
    for (const [at, from, to] of otherSources(change)) {
      if (ours && (!repository.has(at) || said.has(`${at} ${written(to)}`))) continue;
      // The whole fleet moves at once: the first, which is a root, speaks for all.
      if (ours && !at.endsWith('path')) said.add(`${at} ${written(to)}`);
      yield {
        object: objectName(after),
        at,
        to: written(to),
        owner,
        option: ours ? ['platform', 'gitea'] : optionOf(scene, owner, after),
        loses: `its ${at.replace(/^spec\.source\./, '')} would be ${written(to)} instead of ${written(from)}: Argo CD deletes what it does not find there, and where nothing answers, no push arrives any more`,
        steps: ours
          ? ['leave it as it was', `move the repository first (Gitea: Settings of the repository, or of its owner), and push to ${written(to)} once`, `then say that it is meant, and ${push} there`, step('have Argo CD look there', 'kubectl apply --server-side --filename dist/argocd/app-of-apps.yaml')]
          : [
            `leave it at ${written(from)}`,
            `see what would be deleted, without a push: argocd app diff ${after.metadata.name} --local, or helm template both and compare`,
            `say syncPolicy.automated.prune: false in it, ${push}, and prune by hand what may go`,
            `or say that it is meant, and ${push}`,
          ],
      };
    }
  }
}

export const applicationRules: readonly GuardRule[] = [
  {
    id: 'application-goes',
    what: 'An Application with the cascade finalizer, or of your own, stays in the sources.',
    why: 'With the finalizer it deletes all that it made when it goes; without, all that runs on with nobody to tend it.',
    check: applicationGoes,
  },
  {
    id: 'application-moves',
    what: 'An Application keeps its namespace, its cluster, its chart and its release name.',
    why: 'Every object of a release is named after it and stands in its namespace: elsewhere all of them are made anew, empty.',
    check: applicationMoves,
  },
  {
    id: 'source-changes',
    what: 'An Application that prunes goes on applying the same: the same repository, folder and revision, or a chart whose values can be read.',
    why: 'What it does not find any more, it deletes; and what is not in this repository, nobody can look at before a push.',
    check: sourceChanges,
  },
];
