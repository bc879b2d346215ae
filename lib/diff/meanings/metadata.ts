import { hasCascade, isKeptFrom, syncOptionsAnnotation } from '../../gitops/protect';
import { row, rowWhen, type Row, type Spot } from './row';

const syncOptions = `metadata annotations ${syncOptionsAnnotation}`;

/** Whether a value that protects from being deleted is there before and not after. */
function unprotects({ before, after }: Spot): boolean {
  return (['Prune', 'Delete'] as const).some((by) => isKeptFrom(by, before) && !isKeptFrom(by, after));
}

const cascades = ({ before, after }: Spot) => !hasCascade(before) && hasCascade(after);

/** What every kind has. Rows of a kind's own come first. */
export const metadataRows: readonly Row[] = [
  row('apiVersion', ['effect', 'writes {object} in {after} instead of {before} of its API; the object stays']),
  rowWhen(syncOptions, unprotects, ['loss', 'lifts the protection of {object}: once its file goes, Argo CD deletes it']),
  row(syncOptions, ['effect', 'changes how Argo CD applies and deletes {object}']),
  row('metadata annotations argocd.argoproj.io/compare-options', ['effect', 'changes when Argo CD calls {object} out of sync']),
  row('metadata annotations argocd.argoproj.io/sync-wave', ['effect', 'applies {object} at another place of the boot order']),
  row('metadata annotations argocd.argoproj.io/*', ['effect', 'changes how Argo CD looks after {object}']),
  rowWhen('metadata annotations helm.sh/resource-policy', ({ before }) => before === 'keep', ['loss', 'lifts the protection of {object}: it goes with its Application']),
  rowWhen('metadata finalizers', cascades, ['loss', 'arms {object}: when it goes, everything that it made is deleted']),
  row('metadata finalizers', ['effect', 'changes what is waited for when {object} is deleted']),
  row('metadata ownerReferences', ['loss', 'changes with which other object {object} is deleted']),
  row('metadata labels', ['effect', 'changes labels of {object}: what selects objects by labels may take or leave it']),
  row('metadata annotations', ['effect', 'changes annotations of {object}: what reads them may act on it']),
];
