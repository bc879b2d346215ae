import { checkFleet, checkUnit, optionFindings, type Traced, usableOptions, type Words } from '../../lib/checks';
import type { Finding } from '../../lib/finding';
import { type FleetOptions, homeserverUnit, platformUnit, resolveFleet } from '../../lib/fleet';
import { emit } from '../../lib/gitops/emit';
import type { Homeserver } from '../../lib/homeserver/homeserver';
import type { HomeserverOptions } from '../../lib/homeserver/options';
import { merge } from '../../lib/merge';
import { fleetType, homeserverType } from '../../lib/options';
import type { Platform } from '../../lib/platform/platform';
import { type Fixture, main } from '../fixtures/fixture';

/** Everything that is found in a fleet, in the order of the command: options, then the fleet, then, where nothing was wrong so far, each unit. */
export function judge({ main: own, instances }: Pick<Fixture, 'main' | 'instances'>): Finding[] {
  const inMain: Words = { file: 'main.ts', path: '', options: merge(main, own) };
  const files = Object.entries(instances).map(([file, options]): Words => ({ file, path: '', options }));
  const findings = [
    ...optionFindings(inMain, fleetType.validate, fleetType.schema),
    ...files.flatMap((words) => optionFindings(words, homeserverType.validate, homeserverType.schema)),
  ];
  const options = usableOptions(inMain.options, fleetType.validate, fleetType.schema) as FleetOptions | undefined;
  if (options === undefined) return findings;
  const usable = files.flatMap((words) => {
    const left = usableOptions(words.options, homeserverType.validate, homeserverType.schema) as HomeserverOptions | undefined;
    return left === undefined ? [] : [{ words, options: left }];
  });
  const defaults: Words[] = options.defaults ? [{ file: 'main.ts', path: 'defaults', options: options.defaults }] : [];
  const fleet = resolveFleet('main.ts', options, usable.map((one) => ({ file: one.words.file, options: one.options })));
  const platform: Traced<Platform> = { model: fleet.platform, words: [inMain] };
  const homeservers = fleet.homeservers.map((model, index): Traced<Homeserver> => ({ model, words: [usable[index]!.words, ...defaults] }));
  findings.push(...checkFleet({ platform, homeservers }));
  if (findings.some(({ severity }) => severity === 'error')) return findings;
  const seen = new Map<string, string>();
  const { kubernetes } = fleet.platform.cluster;
  findings.push(...checkUnit(emit(platformUnit(fleet)), platform, kubernetes, seen));
  for (const homeserver of homeservers) findings.push(...checkUnit(emit(homeserverUnit(fleet, homeserver.model)), homeserver, kubernetes, seen));
  return findings;
}

/** A finding as the command prints it. */
export function inLine({ file, path, message, fix }: Finding): string {
  return `${file}: ${path ? `${path}: ` : ''}${message}; ${fix}`;
}
