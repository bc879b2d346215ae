/**
 * What a YAML text says. The parser is loaded when the first text is read: most fleets hold none.
 * @param stringKeys whether a list or a map as a key is an error, as it is for whatever reads YAML as JSON
 */
export function parseYaml(text: string, { stringKeys = false } = {}): { readonly value: unknown } | { readonly error: string } {
  const { parse } = require('yaml') as typeof import('yaml');
  try {
    return { value: parse(text, { logLevel: 'error', stringKeys }) as unknown };
  } catch (error) {
    return { error: (error as Error).message.split('\n')[0]!.replace(/:$/, '') };
  }
}
