import type { KubernetesVersion } from '../../imports';
import type { Finding } from '../finding';
import type { Emitted } from '../gitops/emit';
import type { Homeserver } from '../homeserver/homeserver';
import type { Platform } from '../platform/platform';
import { findings } from './rule';
import { fleetRules, unitRules } from './rules';
import type { Traced, TracedFleet } from './traced';
import { chartUses, type Seen } from './unit';

export type { Seen } from './unit';
export type { Traced, TracedFleet, Words } from './traced';
export { acceptOptions } from './options';
export { audible, silence, type Silencing, unbuildable } from './silence';

/** What is wrong across the fleet: in one pass over all homeservers, before anything is built. */
export function checkFleet(fleet: TracedFleet): Finding[] {
  return findings(fleetRules, fleet);
}

/**
 * What is wrong with everything that the platform, or one homeserver, adds to `dist/`.
 * @param seen what other units emitted, to which this one's is added; left out, the unit is looked at by itself
 * @throws Error - an object is wrong for which the user's words give no reason: a bug of this program
 */
export function checkUnit(emitted: Emitted, traced: Traced<Homeserver> | Traced<Platform>, kubernetes: KubernetesVersion, seen: Seen = new Map()): Finding[] {
  const unexplained: string[] = [];
  const found = findings(unitRules, { emitted, charts: chartUses(emitted), traced, kubernetes, seen, unexplained: (message) => unexplained.push(message) });
  // Beside a mistake of the user's, it may be one of its consequences.
  if (unexplained.length > 0 && !found.some(({ severity }) => severity === 'error')) throw new Error(unexplained.join('\n'));
  return found;
}
