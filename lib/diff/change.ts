import type { Manifest } from '../gitops/manifest';

/** One step on the way to a value: a map's key, or the member of a list by what it is known by (`[name=synapse]`), else by its index (`[2]`). */
export type Step = string;

/**
 * A value that is other than before: at a path inside an object. Absent on one side: `undefined`. Where only the order of a list is
 * other, the values are what its members are known by.
 */
export interface FieldChange {
  readonly path: readonly Step[];
  readonly before: unknown;
  readonly after: unknown;
}

/** Where in `dist/` something stands, and whose it is. */
export interface Place {
  /** Relative to `dist/`; the new one where it moved. */
  readonly path: string;
  readonly owner: Owner;
}

/** Whose part of `dist/` a file is: a homeserver's, by its short name, or a component's of the platform, by its Application's name. */
export interface Owner {
  readonly kind: 'homeserver' | 'component';
  readonly name: string;
}

/** An object of Kubernetes that is on one side alone. */
export interface WholeChange extends Place {
  readonly what: 'appears' | 'goes';
  readonly manifest: Manifest;
}

/** An object of Kubernetes that is on both sides, with other fields. */
export interface ObjectChange extends Place {
  readonly what: 'changes';
  /** The file where it was, in another folder: then another Application applies it now. Absent: in the same folder. */
  readonly from?: string;
  readonly before: Manifest;
  readonly after: Manifest;
  readonly fields: readonly FieldChange[];
}

/** A file that holds no object (a script, a list of Secrets, Helm values) and differs. Absent on one side: `undefined`. */
export interface TextChange extends Place {
  readonly what: 'text';
  readonly before: string | undefined;
  readonly after: string | undefined;
}

export type Change = WholeChange | ObjectChange | TextChange;

/** Everything that is other in the tree than in the baseline, in the order of paths. */
export type Difference = readonly Change[];

/** How an object is called in all messages, and in the user's intentions: `PersistentVolumeClaim matrix-demo/matrix-demo-media`, `StorageClass fleet-fast-retain`. */
export function objectName({ kind, metadata: { name, namespace } }: Manifest): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}
