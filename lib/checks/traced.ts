import type { BudgetOptions } from '../budget/options';
import type { Intention } from '../guard/intention';
import type { Homeserver } from '../homeserver/homeserver';
import type { Platform } from '../platform/platform';
import type { SealedFile } from '../secrets/sealed';
import { hasPath, type Path, pathText } from './path';
import type { Silence } from './silence';

/** What the user wrote in one place, before defaults: an instance file, an entry of a list, or main.ts. */
export interface Words {
  /** Relative to the fleet's folder, e.g. `instances/demo.ts`. */
  readonly file: string;
  /** Where in what that file exports the options stand, e.g. `[2]` or `defaults`; empty: they are all of it. */
  readonly path: string;
  readonly options: unknown;
}

/** A part of the resolved model and the user's words that it comes from, the strongest first: a homeserver's own, then the fleet's defaults. */
export interface Traced<Model> {
  readonly model: Model;
  readonly words: readonly [Words, ...Words[]];
}

/** Everything that is checked across the whole fleet. */
export interface TracedFleet {
  readonly platform: Traced<Platform>;
  readonly homeservers: readonly Traced<Homeserver>[];
  readonly intends: readonly Intention[];
  readonly silenced: readonly Silence[];
  readonly budgets: BudgetOptions;
  readonly sealed: readonly SealedFile[];
}

/** The same answer for the same fleet, which nobody changes: what several rules ask is found once. */
export function onceAFleet<Answer>(find: (fleet: TracedFleet) => Answer): (fleet: TracedFleet) => Answer {
  const answers = new WeakMap<TracedFleet, Answer>();
  return (fleet) => {
    if (!answers.has(fleet)) answers.set(fleet, find(fleet));
    return answers.get(fleet)!;
  };
}

/** A place in a file of the user's, as a finding names it. */
export interface Place {
  readonly file: string;
  readonly path: string;
}

/** A path in one of the places where the user wrote something. */
export function placeIn({ file, path: start }: Words, path: Path): Place {
  const rest = pathText(path);
  return { file, path: start && rest ? `${start}${rest.startsWith('[') ? '' : '.'}${rest}` : start || rest };
}

/**
 * Where the user said what stands at one of the given paths: the first path that any of the words has.
 * @returns undefined where the user said none of it
 */
export function placeOf(words: readonly Words[], ...paths: readonly Path[]): Place | undefined {
  for (const path of paths) {
    const said = words.find(({ options }) => hasPath(options, path));
    if (said) return placeIn(said, path);
  }
  return undefined;
}
