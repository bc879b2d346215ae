import type { Traced, TracedFleet } from '../checks';
import { valueAt } from '../checks/path';
import type { Change, Difference, ObjectChange, Owner, TextChange, WholeChange } from '../diff/change';
import type { Manifest } from '../gitops/manifest';
import type { Homeserver } from '../homeserver/homeserver';
import { type Pull, pullOf } from '../runbook/mover';
import { valuesOf } from './source';

/** What the guard's rules look at: the difference, sorted by what becomes of an object. */
export interface Scene {
  /** Objects that go, but for those of homeservers that vanish: of these, one rule speaks for all. */
  readonly going: readonly WholeChange[];
  readonly appearing: readonly WholeChange[];
  readonly changing: readonly ObjectChange[];
  /** Files that hold no objects, on either side. */
  readonly texts: readonly TextChange[];
  /** The ESS Applications of homeservers that nothing describes any more. */
  readonly vanishing: readonly WholeChange[];
  /** Whether what a file of the baseline says by a label can have reached Argo CD. */
  readonly isPushed: (path: string, label: string) => boolean;
  /** The homeservers that there are, by name. */
  readonly homeservers: ReadonlyMap<string, Traced<Homeserver>>;
  readonly platform: TracedFleet['platform'];
}

export function sceneOf(difference: Difference, { homeservers: described, platform }: TracedFleet, isPushed: Scene['isPushed'] = () => true): Scene {
  const homeservers = new Map(described.map((one) => [one.model.name, one]));
  const vanished = ({ owner }: Change) => owner.kind === 'homeserver' && !homeservers.has(owner.name);
  const going = difference.filter((change): change is WholeChange => change.what === 'goes');
  return {
    going: going.filter((change) => !vanished(change)),
    appearing: difference.filter((change): change is WholeChange => change.what === 'appears'),
    changing: difference.filter((change): change is ObjectChange => change.what === 'changes'),
    texts: difference.filter((change): change is TextChange => change.what === 'text'),
    vanishing: going.filter((change) => vanished(change) && isEss(change.manifest)),
    isPushed,
    homeservers,
    platform,
  };
}

/** Whether a file holds an Application that this program writes, and so knows what comes of it. */
export function isOurs({ path }: Pick<Change, 'path'>): boolean {
  return path.startsWith('argocd/');
}

/** Whether an object is an Application of the ESS chart. */
export function isEss(manifest: Manifest): boolean {
  return manifest.kind === 'Application' && valueAt(manifest, ['spec', 'source', 'chart']) === 'matrix-stack';
}

/** Whether an object is of one of the kinds, each as `Cluster.postgresql.cnpg.io`. */
export function isOf({ apiVersion, kind }: Manifest, ...kinds: readonly string[]): boolean {
  return kinds.includes(apiVersion.includes('/') ? `${kind}.${apiVersion.split('/')[0]}` : kind);
}

/** What stands at a dotted path of an object. */
export function fieldOf(manifest: Manifest, path: string): unknown {
  return valueAt(manifest, path.split('.'));
}

/** What stands at a dotted path in the chart values of an Application. */
export function chartValue(application: Manifest, path: string): unknown {
  return valueAt(valuesOf(application), path.split('.').filter(Boolean));
}

/** The changes of ESS Applications: one a homeserver at most. */
export function essChanges({ changing }: Scene): readonly ObjectChange[] {
  return changing.filter(({ before, after }) => isEss(before) && isEss(after));
}

/** Where pods that are made by hand have their image from: a homeserver's from its mirror. */
export function pullFor({ homeservers }: Scene, { kind, name }: Owner): Pull {
  const model = kind === 'homeserver' ? homeservers.get(name)?.model : undefined;
  return pullOf(model?.images, model?.names.pullSecret ?? '');
}

/** A value as messages and intentions write it. */
export function written(value: unknown): string {
  return typeof value === 'string' ? value : value === undefined ? 'none' : JSON.stringify(value);
}
