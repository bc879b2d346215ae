import type { TracedFleet } from '../checks';
import { nearest } from '../checks/suggest';
import { type Argument, UsageError } from './verb';

/** The argument of a verb that lists what homeservers and the platform have. */
export const whoseArgument = { name: 'HOMESERVER', description: 'its short name, or platform (default: all)', optional: true } as const satisfies Argument;

/**
 * Whether something is of whom a command is about; of the platform where no homeserver is named.
 * @param fleet absent where there is none that can be read
 * @throws UsageError for a name that nobody has
 */
export function whose(name: string | undefined, fleet: TracedFleet | undefined): (homeserver?: string) => boolean {
  const known = ['platform', ...fleet?.homeservers.map(({ model }) => model.name) ?? []];
  if (fleet && name !== undefined && !known.includes(name)) throw UsageError.meant(`there is no homeserver ${name}`, nearest(name, known), `choose of ${known.join(', ')}`);
  return (homeserver = 'platform') => name === undefined || name === homeserver;
}
