import { posix } from 'node:path';
import { objectName } from '../diff/change';
import { isStateless } from './kinds';
import { optionOf } from './option';
import type { Danger, GuardRule } from './rule';
import { isOf, type Scene } from './scene';
import { push } from './steps';
import { cascades, isKept } from './tracking';

/** Kinds of which another rule says more. */
const spokenFor = [
  'Application.argoproj.io', 'Cluster.postgresql.cnpg.io', 'CustomResourceDefinition.apiextensions.k8s.io', 'Database.postgresql.cnpg.io',
  'DatabaseRole.postgresql.cnpg.io', 'ExternalSecret.external-secrets.io', 'Namespace', 'ObjectStore.barmancloud.cnpg.io', 'PersistentVolumeClaim',
  'ScheduledBackup.postgresql.cnpg.io', 'SealedSecret.bitnami.com', 'Secret',
];

function* objectGoes(scene: Scene): Generator<Danger> {
  for (const { manifest, owner } of scene.going) {
    if (isStateless(manifest) || isKept(manifest) || isOf(manifest, ...spokenFor)) continue;
    const { name, namespace } = manifest.metadata;
    const words = `${namespace === undefined ? '' : `-n ${namespace} `}get ${manifest.kind.toLowerCase()} ${name}`;
    yield {
      object: objectName(manifest),
      owner,
      option: optionOf(scene, owner, manifest),
      loses: `${objectName(manifest)} would be deleted: its kind stores something, or is one that nobody here knows, and then its operator may delete what belongs to it`,
      steps: [
        'leave it in the sources',
        `see what hangs on it, and save that: kubectl ${words} -o yaml`,
        `to keep it in the cluster: annotate it with argocd.argoproj.io/sync-options: Prune=false,Delete=false, and ${push} first`,
        `or say that it is meant, and ${push}`,
      ],
    };
  }
}

/** Another folder is another Application's: the old one deletes what it misses, whenever it syncs first. */
function* objectMoves(scene: Scene): Generator<Danger> {
  for (const { from, path, before, after, owner } of scene.changing) {
    if (from === undefined || isStateless(before) || isKept(before) || (isOf(before, 'Application.argoproj.io') && !cascades(before))) continue;
    const [old, next] = [from, path].map((file) => `dist/${posix.dirname(file)}`) as [string, string];
    yield {
      object: objectName(after),
      to: next,
      owner,
      option: optionOf(scene, owner, after),
      loses: `${objectName(after)} would go from ${old} to ${next}: the Application of the old folder deletes it with all that it holds, and that of the new one makes it anew, empty`,
      steps: [
        'leave it where it is',
        `to move it: annotate it there with argocd.argoproj.io/sync-options: Prune=false,Delete=false, and ${push}`,
        'wait until Argo CD has synced that, and move it then: nobody deletes it any more',
      ],
    };
  }
}

/** Folders of `dist/` in which every file of YAML holds objects. */
const applied = /^(argocd|manifests)\/.*\.ya?ml$/;

function* baselineUnreadable({ texts }: Scene): Generator<Danger> {
  for (const { path, owner, before } of texts) {
    if (before === undefined || !applied.test(path)) continue;
    yield {
      object: `dist/${path}`,
      owner,
      option: [],
      loses: `dist/${path}, as it is committed, cannot be read (${before.replaceAll(/^#.*/gm, '').trim() === '' ? 'it is empty' : 'look for the marks of a merge, or a key that stands twice'}): nobody can say what this push takes from what it has made`,
      steps: [
        `see what is wrong with it, and when it was right: git log -p -- dist/${path}`,
        `bring that back and commit it: git checkout COMMIT -- dist/${path}`,
        'then run the command again',
      ],
    };
  }
}

export const objectRules: readonly GuardRule[] = [
  {
    id: 'object-goes',
    what: 'An object that stores something, or whose kind nobody here knows, stays in the sources unless it is protected.',
    why: 'Argo CD deletes it, and its operator what belongs to it.',
    check: objectGoes,
  },
  {
    id: 'object-moves',
    what: 'An object that stores something, or whose kind nobody here knows, stays in its folder unless it is protected.',
    why: 'Each folder is an Application\'s: the old one deletes what it misses, and what the new one makes is empty.',
    check: objectMoves,
  },
  {
    id: 'baseline-unreadable',
    what: 'What is committed under `dist/` can be read.',
    why: 'Of a file that is no YAML, or empty, nobody knows which objects it has made, so none of the other rules can speak of them.',
    check: baselineUnreadable,
  },
];
