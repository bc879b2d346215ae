import { valueAt } from '../checks/path';
import { objectName, type ObjectChange } from '../diff/change';
import { isImmutable } from '../diff/immutable';
import { isStatic, placeOf, takenBy } from '../diff/static-volume';
import { argocdNamespace } from '../gitops/application';
import type { Manifest } from '../gitops/manifest';
import type { Pull } from '../runbook/mover';
import { optionOf } from './option';
import type { Danger, GuardRule } from './rule';
import { fieldOf, isOf, pullFor, type Scene, written } from './scene';
import { copying, create, pushed, step, untilStopped } from './steps';

/** Where something is stored that is to be stored elsewhere. */
interface Move {
  /** The claim; both sides have it, under one name. */
  readonly claim: string;
  readonly namespace: string;
  /** Where the pod that copies has its image from. */
  readonly pull: Pull;
  readonly from: string;
  readonly to: string;
  /** The volumes that git describes, before and after; absent: a class makes it. */
  readonly was?: Manifest;
  readonly is?: Manifest;
}

const isVolume = (manifest: Manifest) => isOf(manifest, 'PersistentVolume');

/** The claim of a homeserver's own media. */
function isMedia(scene: Scene, { after, owner }: ObjectChange): boolean {
  return owner.kind === 'homeserver' && scene.homeservers.get(owner.name)?.model.names.mediaClaim === after.metadata.name;
}

/** The volume stays described, and another place is described for it. */
function* volumeMoves(scene: Scene): Generator<Danger> {
  for (const change of scene.changing) {
    const { before, after, owner, fields } = change;
    if (!isVolume(after) || !fields.some((field) => isImmutable(before, field))) continue;
    const { name } = after.metadata;
    const [from, to] = [placeOf(before), placeOf(after)];
    const own = isMedia(scene, change);
    yield {
      object: objectName(after),
      to,
      owner,
      option: own ? ['synapse', 'media', 'nfs', written(fieldOf(before, 'spec.nfs.server')) === fieldOf(after, 'spec.nfs.server') ? 'path' : 'server'] : optionOf(scene, owner, after),
      loses: `${objectName(after)} would be ${to} instead of ${from}, where everything is that is stored on it; the API server refuses that, since a volume keeps its place for life`,
      steps: own
        ? moving(owner.name, { pull: pullFor(scene, owner), claim: name, namespace: written(fieldOf(before, 'spec.claimRef.namespace')), from, to, was: before, is: after })
        : [
          `leave it at ${from}`,
          `if it must be ${to}: describe a volume of another name for that, and a claim that names it, and copy everything there from a pod that mounts both`,
          'point what mounts the old claim to the new one, and take the old volume away when you have seen that all is there',
        ],
    };
  }
}

/** The claim takes a described volume instead of one that a class makes, or the other way round, or another described one. */
function* claimMoves(scene: Scene): Generator<Danger> {
  const described = ({ metadata: { name } }: Manifest, all: readonly { readonly manifest: Manifest }[]) => all.find(({ manifest }) => isVolume(manifest) && manifest.metadata.name === name)?.manifest;
  for (const change of scene.changing) {
    const { before, after, owner } = change;
    if (!isStatic(before) && !isStatic(after)) continue;
    const [from, to] = [takenBy(before), takenBy(after)];
    if (from === to) continue;
    const [was, is] = [described(before, scene.going), described(after, scene.appearing)];
    const own = isMedia(scene, change);
    const places = { from: was ? placeOf(was) : from, to: is ? placeOf(is) : to };
    yield {
      object: objectName(after),
      to: places.to,
      owner,
      option: own ? ['synapse', 'media', ...is ? ['nfs'] : []] : optionOf(scene, owner, after),
      loses: `what ${objectName(after)} stores would be on ${places.to} instead of ${places.from}: nothing of it is there, and the API server refuses it, since a claim keeps its volume for life`,
      steps: own
        ? moving(owner.name, { pull: pullFor(scene, owner), claim: after.metadata.name, namespace: written(after.metadata.namespace), ...places, ...was && { was }, ...is && { is } })
        : [
          `leave it on ${places.from}`,
          `if it must be on ${places.to}: describe a claim of another name for that, and copy everything there from a pod that mounts both`,
          'point what mounts the old claim to the new one, and take the old claim away when you have seen that all is there',
        ],
    };
  }
}

/** No class, so nobody who could make it another size. */
function* sizeChanges(scene: Scene): Generator<Danger> {
  for (const { before, after, owner } of scene.changing) {
    const [from, to] = [before, after].map((claim) => written(fieldOf(claim, 'spec.resources.requests.storage'))) as [string, string];
    if (!isStatic(before) || !isStatic(after) || from === to) continue;
    yield {
      object: objectName(after),
      at: 'size',
      to,
      owner,
      option: optionOf(scene, owner, after, 'spec'),
      loses: `${objectName(after)} would ask for ${to} instead of ${from}: the API server refuses that of a volume that no class has made, and nothing of its Application is synced until it is taken back`,
      steps: [`set it back to ${from}`, 'how much there is room for is the server\'s to say: the number makes it neither more nor less'],
    };
  }
}

/** Waits until Argo CD knows what is pushed: until then, it makes anew what was there before. */
const untilSeen = (application: string) =>
  `until [ "$(kubectl -n ${argocdNamespace} get application ${application} -o jsonpath='{.status.sync.revision}')" = "$(git rev-parse HEAD)" ]; do sleep 5; done`;

/** How media get from one place to another, of which one at least is a folder of NFS, which can be mounted as often as one likes. */
function moving(homeserver: string, { pull, claim, namespace, from, to, was, is }: Move): readonly string[] {
  const other = `${claim}-${is ? 'new' : 'old'}`;
  const mount = create(namespace, asAnother(is ?? was!, other, namespace));
  const unmount = [`kubectl -n ${namespace} delete pvc ${other}`, `kubectl delete pv ${other}`];
  const switching = [...pushed(`Media of ${homeserver} at another place`), untilSeen(`${namespace}-base`), `kubectl -n ${namespace} delete pvc ${claim}`, ...was ? [`kubectl delete pv ${claim}`] : []];
  const meant = `set it to ${to} and say that it is meant, by the line above; Argo CD makes anew what you delete here`;
  return [
    `leave it on ${from}`,
    step(`if it must move to ${to}: set it back to ${from} for now, and say state: 'stopped'`, ...pushed(`Stop ${homeserver}`), untilStopped(namespace)),
    ...is
      ? [step(`copy everything there; user and group 10091 must be able to write to ${to}`, mount, ...copying(namespace, claim, other, undefined, pull), ...unmount), step(meant, ...switching)]
      : [step(meant, ...switching), step('copy everything there', mount, ...copying(namespace, other, claim, undefined, pull), ...unmount)],
    step('take state and that line away', ...pushed(`Start ${homeserver}`)),
    was
      ? `when you have seen that everything is there, delete what is at ${from}, on that server`
      : step(`when you have seen that everything is there, delete the old volume, which says Released, and its disk`, `kubectl get pv | grep ${namespace}/${claim}`),
  ];
}

/** The volume once more, under another name, and a claim for it. */
function asAnother({ spec }: Manifest, name: string, namespace: string): object {
  const claimed = { accessModes: valueAt(spec, ['accessModes']), storageClassName: '', volumeName: name, resources: { requests: valueAt(spec, ['capacity']) } };
  return {
    apiVersion: 'v1',
    kind: 'List',
    items: [
      { apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name }, spec: { ...spec as object, claimRef: { namespace, name } } },
      { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name, namespace }, spec: claimed },
    ],
  };
}

export const staticVolumeRules: readonly GuardRule[] = [{
  id: 'static-volume-changes',
  what: 'A volume that git describes itself, such as a folder of an NFS server, keeps its place and its size, and what claims it goes on doing so.',
  why: 'At another place there is nothing of what is stored; and the API server refuses to change volume, claim or size, so that nothing of the Application is synced any more.',
  *check(scene) {
    yield* volumeMoves(scene);
    yield* claimMoves(scene);
    yield* sizeChanges(scene);
  },
}];
