/** What a YAML text says. The parser is loaded when the first text is read: most fleets hold none. */
export function parseYaml(text: string): { readonly value: unknown } | { readonly error: string } {
  const { parse } = require('yaml') as typeof import('yaml');
  try {
    return { value: parse(text, { logLevel: 'error' }) as unknown };
  } catch (error) {
    return { error: (error as Error).message.split('\n')[0]!.replace(/:$/, '') };
  }
}
