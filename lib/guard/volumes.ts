import type { Path } from '../checks/path';
import { parseQuantity } from '../checks/quantity';
import { objectName, type Owner } from '../diff/change';
import { isImmutable } from '../diff/immutable';
import { dotted } from '../diff/meanings/row';
import { isStatic } from '../diff/static-volume';
import type { Manifest } from '../gitops/manifest';
import { namesOf } from '../homeserver/names';
import { takesAlong } from './applications';
import { belongsToMove } from './moves';
import { optionOf } from './option';
import { replacing } from './replacement';
import type { Danger, GuardRule } from './rule';
import { fieldOf, isEss, isOf, pullFor, type Scene, written } from './scene';
import { copying, push, pushed, step, untilStopped } from './steps';
import { mounted, type Volume, volumesOf } from './volume';

interface ChangedVolume {
  readonly owner: Owner;
  readonly before: Manifest;
  readonly was: Volume;
  /** Absent: it goes. */
  readonly after?: Manifest;
  readonly is?: Volume;
}

/** Every volume that there was and is no more, or that both sides have; of those that no class makes, another rule says more. */
function* volumes({ going, changing }: Scene): Generator<ChangedVolume> {
  for (const change of going.filter((one) => !takesAlong(one))) {
    for (const was of volumesOf(change.manifest)) yield { owner: change.owner, before: change.manifest, was };
  }
  for (const { before, after, owner } of changing) {
    if (isStatic(before) || isStatic(after)) continue;
    const now = new Map(volumesOf(after).map((volume) => [volume.where, volume]));
    for (const was of volumesOf(before)) {
      const is = now.get(was.where);
      yield { owner, before, was, after, ...is && { is } };
    }
  }
}

const sizeOf = ({ size }: Volume) => (size === undefined ? '' : ` (${written(size)})`);

/** `the volume of PersistentVolumeClaim a/b`, `volume singleBinary.persistence of Application argocd/loki`. */
function nameOf(manifest: Manifest, { where }: Volume): string {
  return where === 'spec' ? `the volume of ${objectName(manifest)}` : `volume ${where} of ${objectName(manifest)}`;
}

/** Which volume of the object is meant, where it can have several. */
const partOf = (manifest: Manifest, { where }: Volume) => (isOf(manifest, 'PersistentVolumeClaim') ? {} : { at: where });

/** Where an object's pods run, and so its claims are. */
function namespaceOf(manifest: Manifest): string {
  return written(manifest.kind === 'Application' ? fieldOf(manifest, 'spec.destination.namespace') : manifest.metadata.namespace);
}

function* volumeGoes(scene: Scene): Generator<Danger> {
  for (const { owner, before, was, after, is } of volumes(scene)) {
    if (is !== undefined || (belongsToMove(scene, owner) && before.metadata.name === namesOf(owner.name).databaseClaim)) continue;
    const namespace = namespaceOf(before);
    const prunedByChart = before.kind === 'Application' && isEss(before);
    yield {
      object: objectName(before),
      ...partOf(before, was),
      owner,
      option: optionOf(scene, owner, before, after && was.where),
      loses: was.where === 'spec.walStorage'
        ? `${nameOf(before, was)}${sizeOf(was)} would be taken away: the operator refuses that for good, since the write-ahead log is on it`
        : `${nameOf(before, was)}${sizeOf(was)} would go from git: ${before.kind === 'Application' && after === undefined ? 'it runs on' : 'what is on it is deleted, or stays behind,'} with nobody who tends it`,
      steps: prunedByChart
        ? [
          `see what the claim is called: kubectl -n ${namespace} get pvc`,
          `keep Argo CD from pruning it: kubectl -n ${namespace} annotate pvc NAME argocd.argoproj.io/sync-options=Prune=false,Delete=false`,
          `then say that it is meant, and ${push}`,
        ]
        : was.where === 'spec.walStorage'
          ? ['leave it', 'to be without it: make a second cluster without it from a backup, and point what uses it there']
          : [
            'leave it in the sources, under its name',
            `to be without it: stop what mounts it, and save what is on it: kubectl -n ${namespace} get pvc`,
            `then say that it is meant, and ${push}; a claim that Argo CD keeps is deleted by hand: kubectl -n ${namespace} delete pvc NAME`,
          ],
    };
  }
}

function* volumeShrinks(scene: Scene): Generator<Danger> {
  for (const change of volumes(scene)) {
    const { owner, was, after, is } = change;
    const [from, to] = [parseQuantity(was.size), parseQuantity(is?.size)];
    if (after === undefined || is === undefined || from === undefined || to === undefined || to >= from) continue;
    yield {
      object: objectName(after),
      ...partOf(after, was),
      to: written(is.size),
      owner,
      option: optionOf(scene, owner, after, is.where),
      loses: `${written(is.size)} is less than the ${written(was.size)} of ${nameOf(after, was)}: no volume shrinks, so it would have to be deleted with all that is on it and made anew`,
      steps: replacing({ owner, before: change.before, was, after, is, from: written(was.size), to: written(is.size), namespace: namespaceOf(after), pull: pullFor(scene, owner) }),
    };
  }
}

function* volumeClassChanges(scene: Scene): Generator<Danger> {
  for (const change of volumes(scene)) {
    const { owner, was, after, is } = change;
    if (after === undefined || is === undefined || was.storageClass === is.storageClass) continue;
    const [from, to] = [was, is].map(({ storageClass }) => storageClass === undefined ? 'the cluster\'s default' : written(storageClass)) as [string, string];
    yield {
      object: objectName(after),
      ...partOf(after, was),
      to: written(is.storageClass),
      owner,
      option: classOption(owner, optionOf(scene, owner, after)),
      loses: `the class of ${nameOf(after, was)} would be ${to} instead of ${from}: a volume keeps its class for life, so it would have to be deleted and made anew, and ${to} may not keep the disk of a claim that is deleted`,
      steps: replacing({ owner, before: change.before, was, after, is, from: `class ${from}`, to: `class ${to}`, namespace: namespaceOf(after), pull: pullFor(scene, owner) }),
    };
  }
}

/** The platform's own volumes have the cluster's classes. */
function classOption({ kind }: Owner, option: Path): Path {
  if (option.includes('manifests')) return option;
  return kind === 'component' ? ['cluster', 'storage'] : option.at(-1) === 'media' ? [...option, 'storageClass'] : option;
}

function* classChanges(scene: Scene): Generator<Danger> {
  for (const { before, after, owner, fields } of scene.changing) {
    // What becomes of a claim's disk has a rule of its own.
    const frozen = fields.filter((field) => isOf(after, 'StorageClass.storage.k8s.io') && field.path[0] !== 'reclaimPolicy' && isImmutable(before, field));
    for (const { path, before: from, after: to } of frozen) {
      const at = dotted(path);
      yield {
        object: objectName(after),
        at,
        to: written(to),
        owner,
        option: optionOf(scene, owner, after),
        loses: `its ${at} would be ${written(to)} instead of ${written(from)}: the API server refuses that, so volumes go on being made as before, or by nobody; and the class has to be deleted, which those that are there still name`,
        steps: [`leave its ${at} at ${written(from)}`, `for ${written(to)}: give that class another name in cluster.storage, and move one volume after the other`],
      };
    }
  }
}

function* claimChanges(scene: Scene): Generator<Danger> {
  for (const { before, after, owner } of scene.changing) {
    const now = mounted(after);
    for (const [where, from] of mounted(before)) {
      const to = now.get(where);
      if (to === from || (belongsToMove(scene, owner) && where === 'postgres.storage.existingClaim')) continue;
      const inChart = after.kind === 'Application';
      yield {
        object: objectName(after),
        to: written(to),
        owner,
        option: inChart && owner.kind === 'homeserver' ? ['values', ...where.split('.')] : optionOf(scene, owner, after),
        loses: `its ${where} would be ${to ?? 'nothing'} instead of ${from}: what is stored on ${from} is out of reach, and the pods start without it`,
        steps: [
          `leave its ${where} at ${from}`,
          ...owner.kind === 'homeserver'
            ? [step(`to move: say state: 'stopped', with ${where} as it was for now`, ...pushed(`Stop ${owner.name}`), untilStopped(namespaceOf(after)))]
            : ['to move: stop what mounts it'],
          ...[from, to].every((one) => one?.startsWith('claim '))
            ? [step(`copy everything from ${from} to ${to!}`, ...copying(namespaceOf(after), from.slice(6), to!.slice(6), undefined, pullFor(scene, owner)))]
            : [`save what is on ${from}`],
          step(`say ${where} again, that it is meant, by the line above${owner.kind === 'homeserver' ? ', and take state away' : ''}`, ...pushed(`Another volume for ${owner.name}`)),
        ],
      };
    }
  }
}

function* namespaceGoes(scene: Scene): Generator<Danger> {
  for (const { manifest, owner } of scene.going) {
    if (manifest.kind !== 'Namespace') continue;
    const { name } = manifest.metadata;
    if (belongsToMove(scene, owner) && name === namesOf(owner.name).databases) continue;
    yield {
      object: objectName(manifest),
      owner,
      option: optionOf(scene, owner, manifest),
      loses: `namespace ${name} would go from git: pruned, it takes every claim and Secret in it along; kept, nobody tends what is in it`,
      steps: [
        'leave it in the sources',
        `to be without it: see what is in it: kubectl -n ${name} get all,pvc,secret; move or save that`,
        `then say that it is meant, and ${push}`,
      ],
    };
  }
}

export const volumeRules: readonly GuardRule[] = [
  {
    id: 'volume-goes',
    what: 'A volume stays in the sources, under its name.',
    why: 'Its claim is pruned or orphaned, and a volume under another name is empty. CloudNativePG never takes a `walStorage` away again.',
    check: volumeGoes,
  },
  {
    id: 'volume-shrinks',
    what: 'A volume keeps its size or grows.',
    why: 'No volume of Kubernetes shrinks: the API server refuses it, and the way out deletes what is on it.',
    check: volumeShrinks,
  },
  {
    id: 'volume-class-changes',
    what: 'A volume keeps its storage class.',
    why: 'The class is immutable, so the claim would have to be deleted and made anew, empty; and a class that does not retain deletes the disk with its claim.',
    check: volumeClassChanges,
  },
  {
    id: 'class-changes',
    what: 'A storage class goes on making its volumes the same way.',
    why: 'A class cannot be changed, and under one name another provisioner knows nothing of the volumes that are there.',
    check: classChanges,
  },
  {
    id: 'claim-changes',
    what: 'What mounts a claim goes on mounting it.',
    why: 'On another claim it finds nothing of what it has stored.',
    check: claimChanges,
  },
  {
    id: 'namespace-goes',
    what: 'A namespace stays in the sources.',
    why: 'Deleting a namespace deletes everything in it, claims and Secrets among them.',
    check: namespaceGoes,
  },
];
