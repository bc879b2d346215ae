import type { TracedFleet } from './traced';
import type { Rule } from './rule';
import type { CheckedUnit } from './unit';

/** What must hold across the whole fleet. */
export const fleetRules: readonly Rule<TracedFleet>[] = [];

/** What must hold for everything that the platform, or one homeserver, adds to `dist/`. */
export const unitRules: readonly Rule<CheckedUnit>[] = [];
