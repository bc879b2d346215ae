import { objectName, type ObjectChange } from '../diff/change';
import type { Manifest } from '../gitops/manifest';
import { namesOf } from '../homeserver/names';
import { saving } from './dumps';
import { estateOf } from './estate';
import type { Danger, GuardRule } from './rule';
import { chartValue, essChanges, type Scene } from './scene';
import { pushed, step } from './steps';

/** Where a homeserver's accounts can be, in the order in which they move, one station at a time. */
const stations = ['Synapse', 'dry-run', 'migrate', 'MAS'] as const;

type Station = typeof stations[number];

/** By the host that the values name, since a homeserver that is stopped has MAS off and its accounts there all the same. */
function stationOf(application: Manifest): Station {
  const value = (path: string) => chartValue(application, `matrixAuthenticationService.${path}`);
  if (value('ingress.host') === undefined) return 'Synapse';
  if (value('syn2mas.enabled') !== true) return 'MAS';
  return value('syn2mas.dryRun') === false ? 'migrate' : 'dry-run';
}

/** Whether accounts are on their way: such an Application is synced by hand. */
export function accountsMove(application: Manifest): boolean {
  return ['dry-run', 'migrate'].includes(stationOf(application));
}

/** One station on, or back from the rehearsal, which has moved nothing. */
function isSafe(from: Station, to: Station): boolean {
  return stations.indexOf(to) === stations.indexOf(from) + 1 || (from === 'dry-run' && to === 'Synapse');
}

/** The ESS Applications whose accounts would be left behind. */
export function accountsLeftBehind(scene: Scene): readonly (ObjectChange & { readonly from: Station; readonly to: Station })[] {
  return essChanges(scene)
    .map((change) => ({ ...change, from: stationOf(change.before), to: stationOf(change.after) }))
    .filter(({ from, to }) => from !== to && !isSafe(from, to));
}

function* accountsMoveWrongly(scene: Scene): Generator<Danger> {
  for (const { before, after, owner, from, to } of accountsLeftBehind(scene)) {
    const back = stations.indexOf(to) < stations.indexOf(from);
    const { release } = namesOf(owner.name);
    const estate = estateOf(owner.name, before);
    yield {
      object: objectName(after),
      to,
      owner,
      option: ['mas'],
      loses: back
        ? `the accounts are in MAS, and would be looked for in Synapse: passwords, sessions and e-mail addresses in ${estate.databases.at(-1)!.name} are out of reach, and everybody is logged out`
        : to === 'MAS'
          ? 'MAS would keep the accounts instead of Synapse, and knows none of them: nobody can log in, and the chart\'s own check stops the sync'
          : 'the accounts would move with no rehearsal: what is wrong with them shows when Synapse is down and there is no way back',
      steps: back
        ? [
          'leave mas as it was: no account comes back from MAS',
          step('if something is wrong with it, see what it says', `kubectl -n ${release} logs deploy/${release}-matrix-authentication-service`),
          saving(estate, ['mas']),
          step(`to be without it on a homeserver without users, or whose users all begin anew: say that it is meant, and let the chart forget where accounts are`, ...pushed(`No MAS for ${owner.name}`), `kubectl -n ${release} delete configmap ${release}-markers`),
        ]
        : [
          `go through the stages one by one, each pushed and synced: mas: { syn2mas: 'dry-run' }, then 'migrate', then none; npm run runbook -- ${owner.name} has every step`,
          saving(estate, ['synapse']),
          step('on a homeserver without users: say that it is meant, and let the chart forget where accounts are, which stops the sync', ...pushed(`MAS for ${owner.name}`), `kubectl -n ${release} delete configmap ${release}-markers`),
        ],
    };
  }
}

export const accountRules: readonly GuardRule[] = [{
  id: 'accounts-move',
  what: 'Accounts move from Synapse to MAS by every stage of `mas.syn2mas`, and never back.',
  why: 'Whoever is asked to log somebody in must know the accounts; the chart records where they are and stops a sync that says otherwise.',
  check: accountsMoveWrongly,
}];
