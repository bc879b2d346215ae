/**
 * What a YAML text says. The parser is loaded when the first text is read: most fleets hold none.
 * @param stringKeys whether a list or a map as a key is an error, as it is for whatever reads YAML as JSON
 */
export function parseYaml(text: string, { stringKeys = false } = {}): { readonly value: unknown } | { readonly error: string } {
  const { parse } = require('yaml') as typeof import('yaml');
  try {
    const value = parse(text, { logLevel: 'error', stringKeys }) as unknown;
    return text.includes('*') && holdsItself(value) ? { error: 'an alias stands within what it is an alias of' } : { value };
  } catch (error) {
    return { error: (error as Error).message.split('\n')[0]!.replace(/:$/, '') };
  }
}

/** @param above what the value is in @param done what was looked at before */
function holdsItself(value: unknown, above = new Set<unknown>(), done = new Set<unknown>()): boolean {
  if (typeof value !== 'object' || value === null || done.has(value)) return false;
  if (above.has(value)) return true;
  above.add(value);
  const found = Object.values(value).some((member) => holdsItself(member, above, done));
  above.delete(value);
  done.add(value);
  return found;
}
