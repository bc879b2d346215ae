import type { ToStringOptions } from 'yaml';

/** A file of YAML within the values. What writes it is loaded with the first such file: most fleets hold none. */
export function yamlText(value: unknown, options?: ToStringOptions): string {
  const { stringify } = require('yaml') as typeof import('yaml');
  return stringify(value, options);
}
