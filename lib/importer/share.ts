import { mapSubSchemas, type Schema, type Schemas } from './schema';

/** A repeated schema that is written shorter than this stays where it is. */
const worthSharing = 60;

/**
 * The same schemas with every object that has properties, and everything else that is repeated and long, moved to `$defs` under the name
 * of the first property that it was met at. Identical ones are moved once: a tree of a thousand objects becomes some dozens, and a
 * validator compiled from them shrinks alike.
 * @param roots canonical schemas without references, by the name that they bear in the result
 * @returns the roots, then what they share; references are `#/$defs/<name>`
 */
export function share(roots: Schemas): Record<string, Schema> {
  const occurrences = new Map<string, number>();
  const count = (schema: Schema): Schema => {
    const text = JSON.stringify(schema);
    const seen = occurrences.get(text) ?? 0;
    occurrences.set(text, seen + 1);
    return seen > 0 ? schema : mapSubSchemas(schema, count);
  };
  for (const root of Object.values(roots)) mapSubSchemas(root, count);

  const defs: Record<string, Schema> = { ...roots };
  const names = new Map<string, string>();
  const move = (schema: Schema, hint: string): Schema => {
    const text = JSON.stringify(schema);
    if (!isMoved(schema, text, occurrences.get(text) ?? 0)) return moveWithin(schema, hint);
    const known = names.get(text);
    if (known !== undefined) return reference(known);
    const name = freeName(hint, defs);
    names.set(text, name);
    defs[name] = schema;
    defs[name] = moveWithin(schema, hint);
    return reference(name);
  };
  const moveWithin = (schema: Schema, hint: string): Schema =>
    mapSubSchemas(schema, (sub, keyword, key) => {
      if (keyword === 'properties') return move(sub, capitalised(key));
      return move(sub, keyword === 'items' ? `${hint}Item` : hint);
    });

  for (const [name, root] of Object.entries(roots)) defs[name] = moveWithin(root, 'Value');
  return defs;
}

/** A reference to one of `$defs`; a name may be `apps/v1/Deployment`. */
export function reference(name: string): Schema {
  return { $ref: `#/$defs/${name.replaceAll('~', '~0').replaceAll('/', '~1')}` };
}

/** What `reference` was given. */
export function referred(ref: string): string {
  return ref.slice('#/$defs/'.length).replaceAll('~1', '/').replaceAll('~0', '~');
}

function isMoved(schema: Schema, text: string, occurrences: number): boolean {
  if (schema.$ref !== undefined) return false;
  return (schema.type !== undefined && schema.properties !== undefined) || (occurrences > 1 && text.length >= worthSharing);
}

function freeName(hint: string, taken: Readonly<Record<string, unknown>>): string {
  let name = hint;
  for (let next = 2; Object.hasOwn(taken, name); next += 1) name = `${hint}${next}`;
  return name;
}

/** A property's name as part of a type's: `rtc-tcp` is `RtcTcp`. */
function capitalised(key: string): string {
  const name = key.split(/[^A-Za-z0-9]+/).map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join('');
  return /^[A-Z]/.test(name) ? name : `Value${name}`;
}
