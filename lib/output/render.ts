import { withHeader } from './header';
import { stringify } from './yaml';

/** The file of one manifest; several become one document, a List, which every tool takes that takes an object. */
export function renderManifest(...objects: readonly [object, ...object[]]): string {
  return withHeader(stringify(objects.length === 1 ? objects[0] : { apiVersion: 'v1', kind: 'List', items: objects }));
}

/** The file of a script, or of any other text whose comments begin with `#`. */
export function renderScript(text: string): string {
  return withHeader(text);
}
