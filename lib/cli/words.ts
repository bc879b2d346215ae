import type { Words } from '../checks';
import type { FleetOptions } from '../fleet';
import type { Sources } from '../source/load';

/** Every homeserver that the sources describe, one by one: a file may export one or a list, and main.ts may hold some too. */
export function homeserverWords({ main, instances }: Sources): readonly Words[] {
  const inMain = (main?.value as Partial<FleetOptions> | null | undefined)?.homeservers;
  return [
    ...instances.flatMap(({ file, value }) => (Array.isArray(value) ? entries(file, '', value) : [{ file, path: '', options: value }])),
    ...Array.isArray(inMain) ? entries('main.ts', 'homeservers', inMain) : [],
  ];
}

function entries(file: string, path: string, list: readonly unknown[]): readonly Words[] {
  return list.map((options, index) => ({ file, path: `${path}[${index}]`, options }));
}
