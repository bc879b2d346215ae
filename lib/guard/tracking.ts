import { listAt, valueAt } from '../checks/path';
import type { Manifest } from '../gitops/manifest';
import { hasCascade, isKeptFrom, syncOptionsAnnotation } from '../gitops/protect';

/** An annotation as text: written wrongly in git, it may be anything. */
export function annotation(manifest: Manifest, name: string): string | undefined {
  const value = valueAt(manifest, ['metadata', 'annotations', name]);
  return value === undefined || value === null ? undefined : String(value);
}

/** What an object asks of Argo CD: `Prune=false`, `Replace=true`; of an Application, what it asks for all its objects too. */
export function syncOptions(manifest: Manifest): readonly string[] {
  return [...(annotation(manifest, syncOptionsAnnotation) ?? '').split(','), ...listAt(manifest, ['spec', 'syncPolicy', 'syncOptions']).map(String)]
    .map((option) => option.trim());
}

/** Whether Argo CD leaves an object in the cluster, or asks first, when git holds it no more. */
export function isKept(manifest: Manifest): boolean {
  return isKeptFrom('Prune', syncOptions(manifest));
}

/** Whether an Application takes along all that it made when it goes. */
export function cascades(application: Manifest): boolean {
  return hasCascade(application.metadata['finalizers']);
}

/** Whether an Application deletes by itself what git holds no more. */
export function prunes(manifest: Manifest): boolean {
  return valueAt(manifest, ['spec', 'syncPolicy', 'automated', 'prune']) === true;
}
