import type { Manifest } from '../gitops/manifest';
import { groupOf } from './extra-manifests';
import { type Path, valueAt } from './path';
import { type Place, placeIn, type Words } from './traced';

/** Where the user's own manifests stand in their words. */
const manifestPaths: readonly Path[] = [['manifests'], ['platform', 'manifests']];

/** Where an object stands first and last in a list of manifests. */
interface Span {
  readonly first: number;
  readonly last: number;
}

const key = (apiVersion: unknown, kind: unknown, namespace: unknown, name: unknown): string =>
  `${groupOf(String(apiVersion))}/${String(kind)} ${String(namespace ?? '')}/${String(name)}`;

/** Each list is read once: a look for every object of a unit would take the square of their number. */
const spans = new WeakMap<object, ReadonlyMap<string, Span>>();

function spansOf(list: readonly unknown[]): ReadonlyMap<string, Span> {
  const known = spans.get(list);
  if (known) return known;
  const all = new Map<string, Span>();
  for (let index = 0; index < list.length; index++) {
    const [apiVersion, kind, namespace, name] = [['apiVersion'], ['kind'], ['metadata', 'namespace'], ['metadata', 'name']].map((path) => valueAt(list, [index, ...path]));
    const own = key(apiVersion, kind, namespace, name);
    all.set(own, { first: all.get(own)?.first ?? index, last: index });
  }
  spans.set(list, all);
  return all;
}

/**
 * The place of the user's own manifest that an object is: it may leave out the namespace.
 * @param which of several that are the same
 */
export function ownManifest(words: Words, { apiVersion, kind, metadata: { name, namespace } }: Manifest, which: keyof Span): Place | undefined {
  for (const start of manifestPaths) {
    const list = valueAt(words.options, start);
    if (!Array.isArray(list)) continue;
    const found = [undefined, namespace].flatMap((own) => spansOf(list).get(key(apiVersion, kind, own, name))?.[which] ?? []);
    if (found.length > 0) return placeIn(words, [...start, which === 'first' ? Math.min(...found) : Math.max(...found)]);
  }
  return undefined;
}
