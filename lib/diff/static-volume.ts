import { valueAt } from '../checks/path';
import type { Manifest } from '../gitops/manifest';
import { kindOf } from './kind-of';

/** Whether a claim takes a volume that git describes, and no class makes one for it. */
export function isStatic(claim: Manifest): boolean {
  return kindOf(claim) === '/PersistentVolumeClaim' && valueAt(claim, ['spec', 'storageClassName']) === '';
}

/** What a claim takes: `the volume demo-media`, `a volume of the class fast`. */
export function takenBy(claim: Manifest): string {
  if (isStatic(claim)) return `the volume ${String(valueAt(claim, ['spec', 'volumeName']) ?? 'of any name')}`;
  const name = valueAt(claim, ['spec', 'storageClassName']);
  return `a volume of the ${name === undefined ? 'default class' : `class ${String(name)}`}`;
}

/** Where a described volume has its content: `nfs.example.org:/media`, or what else it says of that. */
export function placeOf({ spec }: Manifest): string {
  const nfs = valueAt(spec, ['nfs']) as { readonly server: string; readonly path: string } | undefined;
  if (nfs) return `${nfs.server}:${nfs.path}`;
  return JSON.stringify(Object.fromEntries(['csi', 'hostPath', 'local', 'nodeAffinity', 'volumeMode'].map((field) => [field, valueAt(spec, [field])])));
}
