import { audible, checkFleet, type Silencing, type TracedFleet } from '../checks';
import type { Finding } from '../finding';
import * as library from '../index';
import { rulebook } from '../rulebook';
import { compileSources, type Sources } from '../source/load';
import { accept, type Acceptance } from './accept';
import { trace } from './trace';

/** What a fleet's sources say, before anything is built of it. */
export interface Understanding {
  /** What is wrong with options, and across the fleet. */
  readonly findings: readonly Finding[];
  /** The resolved model beside the user's words; absent where main.ts cannot be resolved. */
  readonly fleet: TracedFleet | undefined;
}

/** Runs the files of a fleet's folder. */
export async function readSources(folder: string, root: string): Promise<Sources> {
  return (await compileSources(folder, root)).run(library);
}

/** From a fleet's folder to its model, for verbs that look something up: with what keeps it from being right, and without warnings. */
export async function readFleet(folder: string, root: string): Promise<Understanding> {
  const { findings, fleet } = audibly(understand(await readSources(folder, root)));
  return { findings: findings.filter(({ severity }) => severity === 'error'), fleet };
}

/** Without the findings that the fleet silences. */
export function audibly({ findings, fleet }: Understanding): Understanding {
  return { findings: fleet ? audible(findings, silencingOf(fleet)) : findings, fleet };
}

/** From sources to a model that is right as far as its own rules can tell. */
export function understand(sources: Sources): Understanding {
  return understood(accept(sources));
}

/** The same from options that are held against their types already. */
export function understood({ findings, accepted }: Acceptance): Understanding {
  const fleet = accepted && trace(accepted);
  return { findings: distinct([...findings, ...fleet ? checkFleet(fleet) : []]), fleet };
}

/** What this fleet silences. */
export function silencingOf({ silenced, platform: { words: [main] } }: TracedFleet): Silencing {
  return { silenced, words: main, rulebook };
}

/** What is wrong in the fleet's defaults is wrong for every homeserver, and is said once. */
export function distinct(findings: readonly Finding[]): readonly Finding[] {
  return [...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()];
}
