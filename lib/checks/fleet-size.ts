import type { Fault, Rule } from './rule';
import type { TracedFleet } from './traced';

/**
 * Homeservers that one root can hold. Argo CD keeps the state of all that a root applies in the root's own object, about 375 bytes for
 * each of the four that a homeserver adds (measured with Argo CD 3.2), and etcd takes no object above 1.5 MiB.
 */
const most = Math.floor(1.5 * 2 ** 20 / (4 * 375));

function* tooMany({ platform: { words: [{ file }] }, homeservers }: TracedFleet): Generator<Fault> {
  if (homeservers.length <= most) return;
  yield { file, path: '', message: `has ${homeservers.length} homeservers, and Argo CD cannot keep the state of more than about ${most} below one root`, fix: 'split the fleet in two' };
}

export const fleetSizeRules: readonly Rule<TracedFleet>[] = [{
  id: 'fleet-too-large',
  severity: 'warning',
  what: 'The fleet has no more homeservers than one root of Argo CD can hold.',
  why: 'The root\'s object would outgrow what etcd stores, and nothing of it would be synced any more (etcd, --max-request-bytes).',
  fix: 'Split the fleet in two.',
  check: tooMany,
}];
