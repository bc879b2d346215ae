import type { Finding } from '../finding';
import { networkReader } from './download';
import { generateFiles } from './files';
import type { HttpOptions } from './http';
import { lockOf } from './lock';
import { readAll } from './material';
import { mirrorReader } from './mirror';
import { pinnedSources, type Sources } from './sources';
import { writeImports, type Changes } from './write';

export interface ImportOptions {
  /** The folder that generated files go to. */
  readonly folder: string;
  /**
   * A local mirror of the sources' structure to read instead of the network.
   * @default - the sources are downloaded
   */
  readonly from?: string;
  /**
   * What to import.
   * @default pinnedSources
   */
  readonly sources?: Sources;
  /** How patient to be with the network. */
  readonly http?: HttpOptions;
}

/** What came of an import: what it changed, or why it changed nothing. */
export interface ImportResult extends Changes {
  readonly findings: readonly Finding[];
}

/**
 * Makes `imports/` anew from its sources: schemas, validators, bindings, types, and the lock that ties them together. A source that
 * cannot be read is a finding, and then nothing is written. The same sources give the same bytes.
 */
export async function runImports({ folder, from, sources = pinnedSources, http }: ImportOptions): Promise<ImportResult> {
  const material = await readAll(sources, from === undefined ? networkReader(http) : mirrorReader(from));
  if (!('crds' in material)) return { findings: material, written: [], removed: [] };
  const files = await generateFiles(material, sources.kinds);
  return { findings: [], ...await writeImports(folder, files, lockOf(material, files)) };
}
