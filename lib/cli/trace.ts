import type { Traced, TracedFleet, Words } from '../checks';
import { type FleetOptions, resolveFleet } from '../fleet';
import type { Homeserver } from '../homeserver/homeserver';
import type { HomeserverOptions } from '../homeserver/options';
import type { SealedFile } from '../secrets/sealed';

/** Options of their type, and the user's own words for them. */
export interface AcceptedOptions<Options> {
  readonly words: Words;
  readonly options: Options;
}

/** A fleet as its user describes it: plain data, its homeservers in the order of their names. */
export interface Accepted {
  readonly main: AcceptedOptions<FleetOptions>;
  readonly homeservers: readonly AcceptedOptions<HomeserverOptions>[];
  readonly sealed: readonly SealedFile[];
}

/** From options to the model, with every default filled in. */
export function trace({ main, homeservers: described, sealed }: Accepted): TracedFleet {
  const { file } = main.words;
  const fleet = resolveFleet(file, main.options, described.map(({ words, options }) => ({ file: words.file, options })), sealed);
  const defaults: Words[] = main.options.defaults ? [{ file, path: 'defaults', options: main.options.defaults }] : [];
  const homeservers = fleet.homeservers.map((model, index): Traced<Homeserver> => ({ model, words: [described[index]!.words, ...defaults, main.words] }));
  return { ...fleet, platform: { model: fleet.platform, words: [main.words] }, homeservers };
}
