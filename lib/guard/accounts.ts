import { objectName, type ObjectChange } from '../diff/change';
import type { Manifest } from '../gitops/manifest';
import { databaseName } from '../homeserver/names';
import type { Danger, GuardRule } from './rule';
import { chartValue, essChanges, type Scene } from './scene';
import { dump, push } from './steps';

/** Who keeps a homeserver's accounts, in the order in which they can move: a later one never gives them back. */
const keepers = ['Synapse', 'MAS'] as const;

type Keeper = typeof keepers[number];

/** By the database that the values name, since a homeserver that is stopped has MAS off and its accounts there all the same. */
function keeperOf(application: Manifest): Keeper {
  return chartValue(application, 'matrixAuthenticationService.postgres') === undefined ? 'Synapse' : 'MAS';
}

/** The ESS Applications whose accounts would be kept by another than before. */
export function accountsMoved(scene: Scene): readonly (ObjectChange & { readonly from: Keeper; readonly to: Keeper })[] {
  return essChanges(scene)
    .map((change) => ({ ...change, from: keeperOf(change.before), to: keeperOf(change.after) }))
    .filter(({ from, to }) => from !== to);
}

function* accountsMove(scene: Scene): Generator<Danger> {
  for (const { after, owner, from, to } of accountsMoved(scene)) {
    const back = keepers.indexOf(to) < keepers.indexOf(from);
    const database = databaseName('mas', owner.name);
    yield {
      object: objectName(after),
      to,
      owner,
      option: ['mas'],
      loses: back
        ? `${to} would keep the accounts instead of ${from}, which has them since: passwords, sessions and e-mail addresses in ${database} are out of reach, and everybody is logged out`
        : `${to} would keep the accounts instead of ${from}, and knows none of them: nobody can log in, and the chart's own check stops the sync`,
      steps: back
        ? ['leave mas as it was: there is no way back from MAS', `see what is wrong with it: kubectl -n matrix-${owner.name} logs deploy/matrix-${owner.name}-matrix-authentication-service`]
        : [
          'leave mas: false until the accounts have moved',
          dump(databaseName('synapse', owner.name)),
          'move them by the chart\'s procedure for syn2mas, first as a dry run; there is no way back afterwards',
          `on a homeserver without users: say that it is meant, and ${push}; then delete the ConfigMap matrix-${owner.name}-markers in namespace matrix-${owner.name}, which stops the sync`,
        ],
    };
  }
}

export const accountRules: readonly GuardRule[] = [{
  id: 'accounts-move',
  what: 'Whoever keeps a homeserver\'s accounts, Synapse or MAS, goes on keeping them.',
  why: 'Accounts move from Synapse to MAS by a procedure of its own, and never back; the chart records where they are and stops a sync that says otherwise.',
  check: accountsMove,
}];
