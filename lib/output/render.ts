import { header, withHeader } from './header';
import { stringify } from './yaml';

/** The file of one manifest; several become one file of several documents. */
export function renderManifest(...objects: readonly object[]): string {
  return header + objects.map(stringify).join('---\n');
}

/** The file of a script, or of any other text whose comments begin with `#`. */
export function renderScript(text: string): string {
  return withHeader(text);
}
