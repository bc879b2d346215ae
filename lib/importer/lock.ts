import { createHash } from 'node:crypto';
import type { Files } from './files';
import type { Material } from './material';
import { ordered } from './schema';

/** What `imports/` was made from and what came out, so that an offline test can tell whether both still belong together. */
export interface Lock {
  readonly sources: readonly LockedSource[];
  /** Digest of each generated file, by its path below `imports/`. */
  readonly files: Readonly<Record<string, string>>;
}

interface LockedSource {
  readonly name: string;
  readonly version: string;
  readonly from: string;
  /** Digest of the source's structure: the same from a mirror and from the network. */
  readonly digest: string;
}

/** The lock of an import. */
export function lockOf({ crds, kubernetes, ess, charts }: Material, files: Files): Lock {
  const fileSources = [...crds, ...kubernetes].map(({ source: { name, version, url }, structure }) =>
    ({ name, version, from: url, digest: digestOf(JSON.stringify(ordered(structure))) }));
  const chartSources = [...ess, ...charts].map(({ source: { name, version, repository }, structure }) =>
    ({ name, version, from: `${repository}/${name}`, digest: digestOf(JSON.stringify(ordered(structure))) }));
  const paths = [...files.keys()].sort();
  return { sources: [...fileSources, ...chartSources], files: Object.fromEntries(paths.map((path) => [path, digestOf(files.get(path)!)])) };
}

/** The digest of a text, as `sha256:<hex>`. */
export function digestOf(content: string | Uint8Array): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}
