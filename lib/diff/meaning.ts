import type { FieldChange } from './change';

/** How bad a change is, the worst first. */
export const levels = ['loss', 'refused', 'outage', 'action', 'effect', 'none'] as const;

/**
 * - `loss`: something that is stored goes, or is cut off from who uses it
 * - `refused`: the API server will not take it
 * - `outage`: something restarts, or cannot be reached for a moment
 * - `action`: the admin has to do something: a firewall, a DNS record, a Secret
 * - `effect`: the running system changes, and nobody notices
 * - `none`: the running system stays as it is
 */
export type Level = typeof levels[number];

/** What a change does, in words that an admin acts on. */
export interface Meaning {
  readonly level: Level;
  /** One sentence without a full stop: `restarts Synapse of t0rt1k`, `moves the RTC ports: open 30021/tcp in the firewall`. */
  readonly text: string;
  /** The fields that it explains; empty for an object that appears or goes, and for a text. */
  readonly fields: readonly FieldChange[];
}
