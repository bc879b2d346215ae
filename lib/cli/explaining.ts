import { acceptOptions, type Traced, type TracedFleet, type Words } from '../checks';
import { type Path, pathText } from '../checks/path';
import { type FleetOptions, resolveFleet } from '../fleet';
import { emit } from '../gitops/emit';
import type { Homeserver } from '../homeserver/homeserver';
import type { HomeserverOptions } from '../homeserver/options';
import { fleetType, homeserverType, type OptionType } from '../options';
import { findOption, optionPaths, optionText, type OptionText } from '../options/lookup';
import { homeserverUnit, platformUnit } from '../units';
import { dependents, type Dependents } from './effect';

/** An option by its path: a homeserver's, else one of main.ts; or every path that there is. */
export function locate(path: Path): { readonly option: OptionText; readonly ofMain: boolean } | { readonly known: readonly string[] } {
  for (const type of [homeserverType, fleetType]) {
    const found = path.length > 0 ? findOption(type, path) : undefined;
    if (found) return { option: { ...optionText(found, type), default: defaultOf(type, path) }, ofMain: type === fleetType };
  }
  return { known: everyPath() };
}

/** The path of every option, a homeserver's first. */
export function everyPath(): readonly string[] {
  return [...optionPaths(homeserverType), ...optionPaths(fleetType)];
}

/** The default of an option, which may be said of what holds it: `10m CPU and 32Mi, at most 96Mi`. */
function defaultOf(type: OptionType, path: Path): string | undefined {
  const own = optionText(findOption(type, path)!, type).default;
  if (own !== 'none') return own;
  for (let length = path.length - 1; length > 0; length--) {
    const above = optionText(findOption(type, path.slice(0, length))!, type).default;
    if (above !== undefined && above !== 'none') return `${pathText(path.slice(0, length))}: ${above}`;
  }
  return own;
}

/** What an option turns into: a homeserver's in all that it adds to `dist/`, one of main.ts in the platform and the first homeserver. */
export function turnsInto({ platform, homeservers, sealed }: TracedFleet, homeserver: Traced<Homeserver> | undefined, path: Path): Dependents {
  const main = accepted(platform.words[0], fleetType) as FleetOptions;
  const one = homeserver ?? homeservers[0];
  const described = one ? [{ file: one.model.file, options: accepted(one.words[0], homeserverType) as HomeserverOptions }] : [];
  const type = homeserver ? homeserverType : fleetType;
  const build = (options: unknown) => {
    const fleet = homeserver
      ? resolveFleet(platform.words[0].file, main, [{ file: homeserver.model.file, options: options as HomeserverOptions }], sealed)
      : resolveFleet(platform.words[0].file, options as FleetOptions, described, sealed);
    return [...homeserver ? [] : [emit(platformUnit(fleet.platform))], ...fleet.homeservers.map((model) => emit(homeserverUnit(fleet.platform, model)))];
  };
  return dependents({ type, options: homeserver ? described[0]!.options : main, build }, findOption(type, path)!, path);
}

const accepted = (words: Words, { validate, schema }: OptionType): unknown => acceptOptions(words, validate, schema).options;
