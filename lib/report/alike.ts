import type { OwnerView } from './view';

/** Homeservers or components that change in the same way but for their names: one to show, and the names of the others. */
export interface Alike {
  readonly shown: OwnerView;
  readonly others: readonly string[];
}

/** What changes alike is told once, so that a new default of a thousand homeservers can be read. */
export function alike(owners: readonly OwnerView[]): readonly Alike[] {
  const groups = new Map<string, { readonly shown: OwnerView; readonly others: string[] }>();
  for (const owner of owners) {
    const key = likeness(owner);
    const group = groups.get(key);
    if (group) group.others.push(owner.name);
    else groups.set(key, { shown: owner, others: [] });
  }
  return [...groups.values()];
}

/**
 * What is the same text for what changes alike. An object and what is said of it may be called by the name of whose it is; the value
 * of a field is another one where it is (`test` and `prod` as tags of an image), unless it is the name of something made from it.
 */
function likeness({ name, changes, ...rest }: OwnerView): string {
  const word = `${name.replace(/[^\w-]/g, '\\$&')}(?![a-z0-9])`;
  const told = JSON.stringify({ ...rest, changes: changes.map((each) => ({ ...each, fields: undefined })) });
  const fields = JSON.stringify(changes.map((each) => each.fields));
  return told.replace(new RegExp(`(?<![a-z0-9])${word}`, 'g'), '\0') + fields.replace(new RegExp(`(?<=\\b(?:matrix|synapse|mas)-)${word}`, 'g'), '\0');
}

/** More names say less than their number. */
const MOST_NAMES = 20;

/** `a, b and 1000 more` */
export function namesText(names: readonly string[]): string {
  return names.length <= MOST_NAMES ? names.join(', ') : `${names.slice(0, MOST_NAMES).join(', ')} and ${names.length - MOST_NAMES} more`;
}
