import type { Words } from '../checks';
import { valueAt } from '../checks/path';
import type { FleetOptions } from '../fleet';
import type { Sources } from '../source/load';

/** Every homeserver that the sources describe, one by one: a file may export one or a list, and main.ts may hold some too. */
export function homeserverWords({ main, instances }: Sources): readonly Words[] {
  // What cannot be read there is found when main.ts itself is held against its schema.
  const inMain = valueAt(main?.value, ['homeservers' satisfies keyof FleetOptions]);
  return [
    ...instances.flatMap(({ file, value }) => entries(file, '', value) ?? [{ file, path: '', options: value }]),
    ...entries('main.ts', 'homeservers', inMain) ?? [],
  ];
}

/** What a list holds, one by one; undefined for what is no list, or cannot be read as one. */
function entries(file: string, path: string, list: unknown): readonly Words[] | undefined {
  const length = Array.isArray(list) ? valueAt(list, ['length']) : undefined;
  // Not list.map, which passes over the holes of a list.
  return length === undefined ? undefined : Array.from({ length: Number(length) }, (_, index) => ({ file, path: `${path}[${index}]`, options: valueAt(list, [index]) }));
}
