import type { Owner } from '../diff/change';
import type { Manifest } from '../gitops/manifest';
import { namesOf } from '../homeserver/names';
import { essUser, type Pull } from '../runbook/mover';
import { fieldOf, isOf } from './scene';
import { copying, create, pushed, scaleArgocd, seen, step, untilSaid, untilStopped } from './steps';
import type { Volume } from './volume';

/** A volume that cannot become what it is to be, and must be deleted and made anew. */
export interface Replacement {
  readonly owner: Owner;
  readonly before: Manifest;
  readonly was: Volume;
  readonly after: Manifest;
  readonly is: Volume;
  /** What it has of its own, and would have: `10Gi` and `5Gi`, `class a` and `class b`. */
  readonly from: string;
  readonly to: string;
  readonly namespace: string;
  /** Where the pod that copies has its image from. */
  readonly pull: Pull;
}

/** Who owns the files on volumes of the platform, by namespace; elsewhere the volume's group is enough. */
const users: Readonly<Record<string, number>> = { gitea: 1000 };

/** How its content is saved, and comes back into the new one. */
export function replacing(replacement: Replacement): readonly string[] {
  const { owner, before, from, to } = replacement;
  const keep = `leave it at ${from}`;
  if (isOf(before, 'Cluster.postgresql.cnpg.io')) {
    return [
      keep,
      `if it must be ${to}: describe a second cluster of that kind, recovered from a backup of ${before.metadata.name}, and point what uses it there: docs/recovery.md`,
      'when you have seen that all is there, take the old one away',
    ];
  }
  return [keep, ...owner.kind === 'homeserver' ? inHomeserver(replacement) : inPlatform(replacement)];
}

/** The name of the claim; what a chart makes has a name that the admin reads and a shell puts there. */
const nameOf = (manifest: Manifest) => (isOf(manifest, 'PersistentVolumeClaim') ? manifest.metadata.name : '$CLAIM');

const reading = ({ before, namespace }: Replacement) => (isOf(before, 'PersistentVolumeClaim')
  ? []
  : [step('set the variable CLAIM to the name of its claim, in the shell of all that follows', `kubectl -n ${namespace} get pvc`, 'printf \'CLAIM: \' && read -r CLAIM')]);

/** A claim like the one that the manifest is or leads to. */
function claim(name: string, manifest: Manifest, { size, storageClass }: Volume): object {
  const own = fieldOf(manifest, 'spec.accessModes');
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name },
    spec: { accessModes: own ?? ['ReadWriteOnce'], ...storageClass !== undefined && { storageClassName: storageClass }, resources: { requests: { storage: size } } },
  };
}

/** The step that takes away the copy, and what stays of both volumes where their class retains them. */
function leavingNone(namespace: string, old: string): string {
  const columns = ['metadata.name', 'status.phase', 'spec.claimRef.namespace', 'spec.claimRef.name'].map((field) => `:.${field}`).join(',');
  return step(
    'when you have seen that everything is there, delete the copy, and the volumes of both; where their class retains them, a disk of the provider\'s goes by its console',
    `kubectl -n ${namespace} delete pvc ${old}-copy`,
    `kubectl get pv --no-headers -o custom-columns=${columns} | awk -v ns=${namespace} -v claim="${old}" '$3 == ns && ($4 == claim "-copy" || $4 == claim && $2 == "Released") { print $1 }' | xargs -r kubectl delete pv`,
  );
}

/** Git says what runs, so that it says every station. */
function inHomeserver(replacement: Replacement): readonly string[] {
  const { owner: { name }, before, was, from, to, namespace, pull } = replacement;
  const old = nameOf(before);
  const copy = `${old}-copy`;
  return [
    step(`if it must be ${to}: set it back to ${from} for now, and say state: 'stopped'`, ...pushed(`Stop ${name}`), untilStopped(namespace)),
    ...reading(replacement),
    step('copy everything to another claim', create(namespace, claim(copy, before, was)), ...copying(namespace, old, copy, essUser, pull)),
    step(`set it to ${to} and say that it is meant, by the line above; once Argo CD has seen that, it makes the claim anew when the old one has gone`, ...pushed(`Make the volume of ${name} anew`), isOf(before, 'PersistentVolumeClaim') ? seen(namesOf(name).base) : untilSaid, `kubectl -n ${namespace} delete pvc ${old}`),
    step('copy everything back', ...copying(namespace, copy, old, essUser, pull)),
    step('take state and that line away', ...pushed(`Start ${name}`)),
    leavingNone(namespace, old),
  ];
}

/** The platform has no state in git: Argo CD is held, and what runs is stopped by hand. */
function inPlatform(replacement: Replacement): readonly string[] {
  const { before, was, after, is, to, namespace } = replacement;
  const old = nameOf(before);
  const copy = `${old}-copy`;
  const user = users[namespace] ?? essUser;
  const all = (replicas: number) => `kubectl -n ${namespace} scale deployment,statefulset --all --replicas ${replicas}`;
  const release = fieldOf(before, 'spec.source.helm.releaseName') ?? before.metadata.name;
  return [
    step(`if it must be ${to}: say that it is meant, by the line above; the cluster refuses it until the old volume has gone`, ...pushed('Make a volume anew')),
    step('hold Argo CD, and stop what mounts it', scaleArgocd(0), all(0)),
    ...reading(replacement),
    step('copy everything to another claim', create(namespace, claim(copy, before, was)), ...copying(namespace, old, copy, user)),
    step(
      'make it anew, and copy everything back',
      ...isOf(before, 'PersistentVolumeClaim') ? [] : [`kubectl -n ${namespace} delete statefulset -l app.kubernetes.io/instance=${String(release)}`],
      `kubectl -n ${namespace} delete pvc ${old}`,
      create(namespace, claim(old, after, is)),
      ...copying(namespace, copy, old, user),
    ),
    step('start everything again', all(1), scaleArgocd(1)),
    leavingNone(namespace, old),
  ];
}
