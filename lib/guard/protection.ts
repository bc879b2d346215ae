import { objectName } from '../diff/change';
import type { Manifest } from '../gitops/manifest';
import { isKeptFrom } from '../gitops/protect';
import { accountsMove } from './accounts';
import { isStateless } from './kinds';
import { optionOf } from './option';
import type { Danger, GuardRule } from './rule';
import { chartValue, fieldOf, isOf, type Scene, written } from './scene';
import { annotation, cascades, prunes, syncOptions } from './tracking';

const resourcePolicy = 'helm.sh/resource-policy';

/** What lets a push delete an object, or all that an Application has made. */
function exposures(manifest: Manifest): readonly string[] {
  const isApplication = isOf(manifest, 'Application.argoproj.io');
  const options = syncOptions(manifest);
  const owners = manifest.metadata['ownerReferences'];
  return [
    ...(['Prune', 'Delete'] as const).filter((by) => !isKeptFrom(by, options)).map((by) => `no ${by}=false`),
    ...annotation(manifest, resourcePolicy) === 'keep' ? [] : [`no ${resourcePolicy}: keep`],
    ...isStateless(manifest) ? [] : [
      ...Array.isArray(owners) && owners.length > 0 ? ['ownerReferences'] : [],
      ...options.filter((option) => option === 'Replace=true' || option === 'Force=true'),
      ...annotation(manifest, 'argocd.argoproj.io/hook') ?? annotation(manifest, 'helm.sh/hook') ? ['a hook'] : [],
    ],
    ...isApplication && cascades(manifest) ? ['cascade finalizer'] : [],
    // One that is synced by hand for a while is not protected by that: it waits.
    ...isApplication && (prunes(manifest) || accountsMove(manifest)) ? ['pruning'] : [],
  ];
}

function* protectionLifted(scene: Scene): Generator<Danger> {
  for (const { before, after, owner } of scene.changing) {
    const were = exposures(before);
    const lifted = exposures(after).filter((exposure) => !were.includes(exposure));
    if (lifted.length === 0) continue;
    yield {
      object: objectName(after),
      to: lifted.join(', '),
      owner,
      option: optionOf(scene, owner, after),
      loses: `it would lose what protects it (${lifted.join(', ')}): a push${after.kind === 'Application' ? ' that leaves out one of its objects, or itself,' : ', be it one that leaves it out,'} deletes ${after.kind === 'Application' ? 'that' : 'it'} with all that it holds`,
      steps: [
        'leave the protection where it is: it is in nobody\'s way until something is to be deleted',
        'to delete the object, take it out of the sources and delete it by hand: Argo CD keeps it until then',
      ],
    };
  }
}

/** The fields that say what becomes of data when its object goes, and what a kind does where it says nothing. */
const reclaim: readonly (readonly [kind: string, field: string, byDefault: string])[] = [
  ['StorageClass.storage.k8s.io', 'reclaimPolicy', 'Delete'],
  ['PersistentVolume', 'spec.persistentVolumeReclaimPolicy', 'Retain'],
  ['Database.postgresql.cnpg.io', 'spec.databaseReclaimPolicy', 'retain'],
  ['DatabaseRole.postgresql.cnpg.io', 'spec.databaseRoleReclaimPolicy', 'retain'],
  ['StatefulSet.apps', 'spec.persistentVolumeClaimRetentionPolicy.whenDeleted', 'Retain'],
  ['StatefulSet.apps', 'spec.persistentVolumeClaimRetentionPolicy.whenScaled', 'Retain'],
  ['ExternalSecret.external-secrets.io', 'spec.target.deletionPolicy', 'Retain'],
  ['PushSecret.external-secrets.io', 'spec.deletionPolicy', 'None'],
  ['VolumeSnapshotClass.snapshot.storage.k8s.io', 'deletionPolicy', 'none'],
  ['VolumeSnapshotContent.snapshot.storage.k8s.io', 'spec.deletionPolicy', 'none'],
];

/** Whether the data outlives its object. */
const retains = (policy: string) => ['retain', 'none'].includes(policy.toLowerCase());

function* reclaimLoosened(scene: Scene): Generator<Danger> {
  for (const { before, after, owner } of scene.changing) {
    for (const [kind, field, byDefault] of reclaim) {
      if (!isOf(after, kind)) continue;
      const [from, to] = [before, after].map((manifest) => written(fieldOf(manifest, field) ?? byDefault)) as [string, string];
      if (!retains(from) || retains(to)) continue;
      yield {
        object: objectName(after),
        at: field,
        to,
        owner,
        option: optionOf(scene, owner, after),
        loses: `its ${field} would be ${to} instead of ${from}: whatever deletes the object, or a claim of the class, deletes the data too`,
        steps: [`leave ${field} at ${from}`, 'to delete data, delete it by hand, once, when you have saved what matters'],
      };
    }
  }
}

/** By which charts install the definitions of their kinds. */
const definitionKeys = ['crds.enabled', 'crds.create', 'crds.install', 'crds.keep', 'installCRDs'];

function* definitionsGo(scene: Scene): Generator<Danger> {
  for (const { manifest, owner } of scene.going) {
    if (!isOf(manifest, 'CustomResourceDefinition.apiextensions.k8s.io')) continue;
    yield {
      object: objectName(manifest),
      owner,
      option: optionOf(scene, owner, manifest),
      loses: `the kind ${written(fieldOf(manifest, 'spec.names.kind'))} would go: Kubernetes deletes every object of it, and its operator what belongs to them`,
      steps: ['leave it in the sources', `see what would go: kubectl get ${manifest.metadata.name} --all-namespaces`, 'save and delete those one by one, then say that it is meant'],
    };
  }
  for (const { before, after, owner } of scene.changing) {
    for (const key of definitionKeys) {
      if (chartValue(after, key) !== false || chartValue(before, key) === false) continue;
      yield {
        object: objectName(after),
        at: key,
        to: 'false',
        owner,
        option: optionOf(scene, owner, after),
        loses: `${key} would be false: Argo CD prunes the definitions of the chart's kinds, and Kubernetes then deletes every object of them, be it a database cluster or a certificate`,
        steps: [
          `leave ${key} as it was`,
          `if others are to install them: first keep Argo CD from pruning: kubectl annotate crd NAME argocd.argoproj.io/sync-options=Prune=false,Delete=false, for each of kubectl get crd -l app.kubernetes.io/instance=${written(fieldOf(after, 'spec.source.helm.releaseName'))}`,
          'then say that it is meant',
        ],
      };
    }
  }
}

export const protectionRules: readonly GuardRule[] = [
  {
    id: 'protection-lifted',
    what: 'What protects an object from being pruned or deleted by Argo CD stays on it.',
    why: 'With `prune: true` and no protection, one object left out of git is deleted at night; with the cascade finalizer, an Application takes along all that it made.',
    check: protectionLifted,
  },
  {
    id: 'reclaim-loosened',
    what: 'What retains data when its object goes goes on retaining it.',
    why: 'With the policy Delete, a deleted claim deletes its disk, and a deleted Database drops its database.',
    check: reclaimLoosened,
  },
  {
    id: 'definitions-go',
    what: 'The definition of a kind stays installed.',
    why: 'A CustomResourceDefinition that goes takes every object of its kind along; `helm.sh/resource-policy: keep` does not stop Argo CD from pruning it.',
    check: definitionsGo,
  },
];
