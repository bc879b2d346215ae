import type { Manifest } from '../../gitops/manifest';
import { stateLabel } from '../../homeserver/names';
import type { ObjectChange } from '../change';
import type { Says, Spot } from './row';

const stateOf = ({ metadata: { labels } }: Manifest) => labels?.[stateLabel];

/** Whether a homeserver stops or starts as a whole: then no part of it is switched off or on by itself. */
export function stateSwitches({ before, after }: ObjectChange): boolean {
  return (stateOf(before) === undefined) !== (stateOf(after) === undefined);
}

/** What another state of a homeserver does. */
export function stateSaying({ before, after }: ObjectChange): Says<Spot> {
  const [was, is] = [stateOf(before), stateOf(after)];
  if (is === undefined) return ['outage', 'starts {owner} again, with what it has stored'];
  const stays = 'what it stores stays: volume, databases, keys, namespace';
  if (was !== undefined) return ['effect', is === 'retired' ? `retires {owner}, which does not run; its file may be deleted, and ${stays}` : 'calls {owner} stopped instead of retired'];
  return ['outage', is === 'retired' ? `stops {owner} for good: ${stays}` : `stops {owner}: ${stays}`];
}
