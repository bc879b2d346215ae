import type { ObjectChange, Owner } from '../diff/change';
import type { Homeserver } from '../homeserver/homeserver';
import { plainHost } from '../homeserver/place';
import { chartValue, essChanges, type Scene } from './scene';

/** A homeserver whose databases would be elsewhere: in another cluster, outside, or in the chart's own PostgreSQL, which has no host. */
interface Move extends ObjectChange {
  readonly homeserver: Homeserver;
  readonly host: { readonly from: unknown; readonly to: unknown };
}

export const isSameHost = (from: unknown, to: unknown): boolean => from === to || (typeof from === 'string' && typeof to === 'string' && plainHost(from) === plainHost(to));

/** What moves by the option; where raw values say a host, they are looked at one by one. */
export function moves(scene: Scene): readonly Move[] {
  return essChanges(scene).flatMap((change) => {
    const homeserver = scene.homeservers.get(change.owner.name)?.model;
    const [from, to] = [change.before, change.after].map((application) => chartValue(application, 'synapse.postgres.host'));
    if (homeserver === undefined || isSameHost(from, to)) return [];
    return to === (homeserver.place.kind === 'built-in' ? undefined : homeserver.place.host) ? [{ ...change, homeserver, host: { from, to } }] : [];
  });
}

/** Whether what goes or changes belongs to databases that move: of these, one rule speaks for all. */
export function belongsToMove(scene: Scene, { kind, name }: Owner): boolean {
  return kind === 'homeserver' && moves(scene).some(({ owner }) => owner.name === name);
}
