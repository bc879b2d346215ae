/**
 * Annotations of an object that holds or describes data: no prune and no deletion of its Application takes it, and its
 * Application does not count as out of sync when the object is gone from git but kept.
 */
export const keep: Readonly<Record<string, string>> = {
  'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
  'argocd.argoproj.io/compare-options': 'IgnoreExtraneous',
};
