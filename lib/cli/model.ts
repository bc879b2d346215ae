import { acceptOptions, audible, checkFleet, type Silencing, type Traced, type TracedFleet, type Words } from '../checks';
import type { Finding } from '../finding';
import { type FleetOptions, resolveFleet } from '../fleet';
import type { Homeserver } from '../homeserver/homeserver';
import type { HomeserverOptions } from '../homeserver/options';
import * as library from '../index';
import { fleetType, homeserverType, type OptionType } from '../options';
import type { Platform } from '../platform/platform';
import { rulebook } from '../rulebook';
import { compileSources, type Sources } from '../source/load';
import { homeserverWords } from './words';

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
  const { findings, fleet } = traced(sources);
  return { findings: distinct([...findings, ...fleet ? checkFleet(fleet) : []]), fleet };
}

/** From sources to a model: every option held against its type, and every default filled in. */
export function traced(sources: Sources): Understanding {
  const findings: Finding[] = [...sources.findings];
  const accept = (words: Words, { validate, schema }: OptionType): unknown => {
    const accepted = acceptOptions(words, validate, schema);
    findings.push(...accepted.findings);
    return accepted.options;
  };
  const main: Words | undefined = sources.main && { file: sources.main.file, path: '', options: sources.main.value };
  const options = main && accept(main, fleetType) as FleetOptions | undefined;
  const words = homeserverWords(sources)
    .map((own) => ({ own, options: accept(own, homeserverType) as HomeserverOptions | undefined }))
    .filter((one): one is Accepted => one.options !== undefined)
    .sort((a, b) => (a.options.name < b.options.name ? -1 : 1));
  if (main === undefined || options === undefined) return { findings, fleet: undefined };

  const fleet = resolveFleet(main.file, options, words.map((one) => ({ file: one.own.file, options: one.options })), sources.sealed);
  const defaults: Words[] = options.defaults ? [{ file: main.file, path: 'defaults', options: options.defaults }] : [];
  const platform: Traced<Platform> = { model: fleet.platform, words: [{ file: main.file, path: '', options: main.options }] };
  const homeservers = fleet.homeservers.map((model, index): Traced<Homeserver> => ({ model, words: [words[index]!.own, ...defaults, main] }));
  return { findings, fleet: { ...fleet, platform, homeservers } };
}

/** What this fleet silences. */
export function silencingOf({ silenced, platform: { words: [main] } }: TracedFleet): Silencing {
  return { silenced, words: main, rulebook };
}

interface Accepted {
  readonly own: Words;
  readonly options: HomeserverOptions;
}

/** What is wrong in the fleet's defaults is wrong for every homeserver, and is said once. */
export function distinct(findings: readonly Finding[]): readonly Finding[] {
  return [...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()];
}
