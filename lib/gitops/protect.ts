/** The annotation that says how Argo CD applies and deletes an object: options, parted by commas. */
export const syncOptionsAnnotation = 'argocd.argoproj.io/sync-options';

/**
 * Annotations of an object that holds or describes data: no prune and no deletion of its Application takes it, and its
 * Application does not count as out of sync when the object is gone from git but kept.
 */
export const keep: Readonly<Record<string, string>> = {
  [syncOptionsAnnotation]: 'Prune=false,Delete=false',
  'argocd.argoproj.io/compare-options': 'IgnoreExtraneous',
};

/**
 * Whether sync options, a text or a list of them, keep an object from being deleted: when git holds it no more (`Prune`), or with its
 * Application (`Delete`). What waits for somebody to confirm it counts as kept.
 */
export function isKeptFrom(by: 'Prune' | 'Delete', options: unknown): boolean {
  const known = new Set([`${by}=false`, `${by}=confirm`]);
  return [options].flat().some((some) => String(some).split(',').some((option) => known.has(option.trim())));
}

/** Whether finalizers of an Application, one or a list of them, take along all that it made when it goes, in whatever order. */
export function hasCascade(finalizers: unknown): boolean {
  return [finalizers].flat().some((finalizer) => /^resources-finalizer\.argocd\.argoproj\.io(\/|$)/.test(String(finalizer)));
}
