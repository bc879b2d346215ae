/**
 * The named places in the platform's boot order. A component says its stage; the sync wave follows from the order here.
 *
 * Waves only order the platform's root. The root of the homeservers has none, but that projects come first: there, order
 * comes from retrying without end, so that one homeserver never waits for another.
 */
const order = [
  /** AppProjects: an Application whose project is missing is refused. */
  'projects',
  /** Storage and priority classes, which everything else names. */
  'foundation',
  /** Custom resource definitions that charts of other stages look for. */
  'definitions',
  /** Ingress, certificates, database operator. */
  'operators',
  /** What an operator needs before it is of use: issuers, the backup plugin. */
  'configuration',
  /** Database clusters and their backups. */
  'data',
  /** What nothing else waits for: monitoring. */
  'workloads',
  /** Gitea and Argo CD themselves, which run since the bootstrap. */
  'adoption',
] as const;

export type Stage = (typeof order)[number];

/** The `argocd.argoproj.io/sync-wave` annotation of a stage. */
export function syncWave(stage: Stage): Record<string, string> {
  return { 'argocd.argoproj.io/sync-wave': String(10 * (order.indexOf(stage) - order.length)) };
}
