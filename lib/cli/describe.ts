import type { Described, FleetOptions } from '../fleet';
import type { HomeserverOptions } from '../homeserver/options';
import type { Sources } from '../source/load';

/** Every homeserver that the sources describe, one by one: a file may export one or a list, and main.ts may hold some too. */
export function describedHomeservers({ main, instances }: Sources): readonly Described[] {
  const inMain = (main?.value as Partial<FleetOptions> | undefined)?.homeservers;
  return [
    ...instances.flatMap(({ file, value }) => entries(file, '', value)),
    ...Array.isArray(inMain) ? entries('main.ts', 'homeservers', inMain) : [],
  ];
}

function entries(file: string, path: string, value: unknown): readonly Described[] {
  if (!Array.isArray(value)) return [{ file, path, options: value as HomeserverOptions }];
  return value.map((options: HomeserverOptions, index) => ({ file, path: `${path}[${index}]`, options }));
}
