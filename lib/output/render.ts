import { header, withHeader } from './header';
import { stringify } from './yaml';

/** The file of one manifest; several become one file of several documents. */
export function renderManifest(...objects: readonly object[]): string {
  // Joined from a list, the text is one piece of memory. Added up, it would stay a tree of thousands of pieces until somebody reads it.
  return [header, objects.map((object) => stringify(object)).join('---\n')].join('');
}

/** The file of a script, or of any other text whose comments begin with `#`. */
export function renderScript(text: string): string {
  return withHeader(text);
}
