import { availableParallelism } from 'node:os';
import type { MessagePort, Worker } from 'node:worker_threads';
import type { HomeserverDemand } from '../budget/ess';
import type { Seen, TracedFleet } from '../checks';
import { instanceFiles, type Sources } from '../source/load';
import { traced } from './model';
import { homeserverPart, type Part, type Parts, platformPart } from './part';

/** Starts the program once more, in a thread of its own, which runs {@link help}. */
export type Fork = () => Worker;

/** From this many instance files on, a second thread makes up for its start. */
const LARGE = 100;

/** What the second thread is told: the fleet, and the number of the next homeserver that nobody has taken, which both threads count up. */
interface Order {
  readonly sources: Sources;
  readonly next: Int32Array;
}

/** The homeservers that one thread took, and what they emitted. */
interface Share {
  readonly parts: ReadonlyMap<number, Part<HomeserverDemand>>;
  readonly seen: Seen;
}

/** A second thread for a fleet's folder, where that is worth it: it gets ready while the sources are read. */
export function helperFor(folder: string, fork: Fork): Worker | undefined {
  return instanceFiles(folder).files.length >= LARGE && availableParallelism() > 1 ? fork() : undefined;
}

/** What the second thread does: waits for a fleet, and takes homeservers as long as there are any. */
export function help(port: MessagePort): void {
  port.once('message', ({ sources, next }: Order) => {
    const { fleet } = traced(sources);
    if (fleet) port.postMessage(take(fleet, next, new Map()));
  });
}

/**
 * Sets the second thread to work, while this one still looks whether anything is wrong with the fleet.
 * @returns what does the rest, for a fleet of which nothing is; and that gives undefined where the two came to nothing: both have made the same
 * object, or the other has failed or ended without a word. Who makes all parts alone says why.
 */
export function together(helper: Worker, sources: Sources): (fleet: TracedFleet) => Promise<Parts | undefined> {
  const next = new Int32Array(new SharedArrayBuffer(4));
  const other = new Promise<Share | undefined>((resolve) => {
    helper.once('message', resolve);
    for (const end of ['messageerror', 'error', 'exit']) helper.once(end, () => resolve(undefined));
  });
  try {
    helper.postMessage({ sources, next } satisfies Order);
  } catch {
    // What cannot be sent, such as a function, has no place in options either: all that is left is to say so.
    return async () => undefined;
  }
  return async (fleet) => {
    const seen: Seen = new Map();
    const platform = platformPart(fleet, seen);
    const own = take(fleet, next, seen);
    const theirs = await other;
    if (theirs === undefined || [...theirs.seen.keys()].some((one) => seen.has(one))) return undefined;
    return { platform, homeservers: fleet.homeservers.map((_, index) => (own.parts.get(index) ?? theirs.parts.get(index))!) };
  };
}

function take(fleet: TracedFleet, next: Int32Array, seen: Seen): Share {
  const parts = new Map<number, Part<HomeserverDemand>>();
  for (let index = Atomics.add(next, 0, 1); index < fleet.homeservers.length; index = Atomics.add(next, 0, 1)) {
    parts.set(index, homeserverPart(fleet, fleet.homeservers[index]!, seen));
  }
  return { parts, seen };
}
