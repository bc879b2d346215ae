import { acceptOptions, type Words } from '../checks';
import type { Finding } from '../finding';
import type { FleetOptions } from '../fleet';
import type { HomeserverOptions } from '../homeserver/options';
import { fleetType, homeserverType, type OptionType } from '../options';
import type { Sources } from '../source/load';
import type { Accepted, AcceptedOptions } from './trace';
import { homeserverWords } from './words';

/** What a fleet's sources say, held against the types of the options. */
export interface Acceptance {
  readonly findings: readonly Finding[];
  /** Absent where main.ts says too little to go on. */
  readonly accepted?: Accepted;
}

/** Holds every option against its type. What is wrong in one place hides nothing that is wrong in another. */
export function accept(sources: Sources): Acceptance {
  const findings: Finding[] = [...sources.findings];
  const hold = <Options>(words: Words, { validate, schema }: OptionType): AcceptedOptions<Options>[] => {
    const { findings: found, options } = acceptOptions(words, validate, schema);
    findings.push(...found);
    return options === undefined ? [] : [{ words, options: options as Options }];
  };
  const [main] = sources.main ? hold<FleetOptions>({ file: sources.main.file, path: '', options: sources.main.value }, fleetType) : [];
  const homeservers = homeserverWords(sources)
    .flatMap((words) => hold<HomeserverOptions>(words, homeserverType))
    .sort((a, b) => (a.options.name < b.options.name ? -1 : 1));
  return { findings, ...main && { accepted: { main, homeservers, sealed: sources.sealed ?? [] } } };
}
