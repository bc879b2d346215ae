import type { OwnerView } from './view';

/** Homeservers or components that change in the same way but for their names: one to show, and the names of the others. */
export interface Alike {
  readonly shown: OwnerView;
  readonly others: readonly string[];
}

/** What changes alike is told once, so that a new default of a thousand homeservers can be read. */
export function alike(owners: readonly OwnerView[]): readonly Alike[] {
  const groups = new Map<string, { readonly shown: OwnerView; readonly others: string[] }>();
  for (const { name, ...rest } of owners) {
    const key = JSON.stringify(rest).replaceAll(name, '\0');
    const group = groups.get(key);
    if (group) group.others.push(name);
    else groups.set(key, { shown: { name, ...rest }, others: [] });
  }
  return [...groups.values()];
}

/** More names say less than their number. */
const MOST_NAMES = 20;

/** `a, b and 1000 more` */
export function namesText(names: readonly string[]): string {
  return names.length <= MOST_NAMES ? names.join(', ') : `${names.slice(0, MOST_NAMES).join(', ')} and ${names.length - MOST_NAMES} more`;
}
