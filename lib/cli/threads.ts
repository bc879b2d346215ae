import { availableParallelism } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import type { MessagePort, Worker } from 'node:worker_threads';
import type { HomeserverDemand } from '../budget/ess';
import type { Seen, TracedFleet } from '../checks';
import { homeserverPart, type Part, type Parts, platformPart } from './part';
import { type Accepted, trace } from './trace';

/** Starts the program once more, in a thread of its own, which runs {@link help}. */
export type Fork = () => Worker;

/** From this many instance files on, a second thread makes up for its start. */
const LARGE = 100;

/** What the second thread is told: the fleet, and the number of the next homeserver that nobody has taken, which both threads count up. */
interface Order {
  readonly accepted: Accepted;
  readonly next: Int32Array;
}

/** Parts of homeservers that one thread took, by their numbers. */
type Taken = ReadonlyMap<number, Part<HomeserverDemand>>;

/** What the second thread says: what it has taken since the last time; at the end, what all of that emitted. */
type Report = { readonly taken: Taken } | { readonly seen: Seen };

/** Homeservers that a thread takes before it says so: copied while both are at work, they cost half the time that all take at the end. */
const HANDFUL = 50;

/** A second thread for so many instance files, where that is worth it: it gets ready while this one runs the sources. */
export function helperFor(instances: number, fork: Fork): Worker | undefined {
  return instances >= LARGE && availableParallelism() > 1 ? fork() : undefined;
}

/** What the second thread does: waits for a fleet, and takes homeservers as long as there are any. */
export function help(port: MessagePort): void {
  port.once('message', ({ accepted, next }: Order) => {
    const fleet = trace(accepted);
    const seen: Seen = new Map();
    const report = (it: Report) => port.postMessage(it);
    for (const taken of take(fleet, next, seen)) report({ taken });
    report({ seen });
  });
}

/**
 * Sets the second thread to work, while this one still looks whether anything is wrong with the fleet.
 * @returns what does the rest, for a fleet of which nothing is; and that gives undefined where the two came to nothing: both have made the same
 * object, or the other has failed or ended without a word. Who makes all parts alone says why.
 */
export function together(helper: Worker, accepted: Accepted): (fleet: TracedFleet) => Promise<Parts | undefined> {
  const next = new Int32Array(new SharedArrayBuffer(4));
  const parts = new Map<number, Part<HomeserverDemand>>();
  const add = (taken: Taken) => taken.forEach((part, index) => parts.set(index, part));
  const others = new Promise<Seen | undefined>((resolve) => {
    helper.on('message', (report: Report) => ('taken' in report ? add(report.taken) : resolve(report.seen)));
    for (const end of ['messageerror', 'error', 'exit']) helper.once(end, () => resolve(undefined));
  });
  try {
    helper.postMessage({ accepted, next } satisfies Order);
  } catch {
    // What cannot be sent, such as a function, has no place in options either: all that is left is to say so.
    return async () => undefined;
  }
  return async (fleet) => {
    const seen: Seen = new Map();
    const platform = platformPart(fleet, seen);
    for (const taken of take(fleet, next, seen)) {
      add(taken);
      await setImmediate();
    }
    const theirs = await others;
    if (theirs === undefined || [...theirs.keys()].some((one) => seen.has(one))) return undefined;
    return { platform, homeservers: fleet.homeservers.map((_, index) => parts.get(index)!) };
  };
}

function* take(fleet: TracedFleet, next: Int32Array, seen: Seen): Generator<Taken> {
  let taken = new Map<number, Part<HomeserverDemand>>();
  for (let index = Atomics.add(next, 0, 1); index < fleet.homeservers.length; index = Atomics.add(next, 0, 1)) {
    taken.set(index, homeserverPart(fleet, fleet.homeservers[index]!, seen));
    if (taken.size < HANDFUL) continue;
    yield taken;
    taken = new Map();
  }
  yield taken;
}
