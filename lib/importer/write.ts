import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Files } from './files';
import type { Lock } from './lock';

/** What an import changed: paths below its folder. */
export interface Changes {
  readonly written: readonly string[];
  readonly removed: readonly string[];
}

const lockFile = 'lock.json';

/**
 * Writes generated files and their lock, and removes those that the lock before named and nothing generates any more. Everything is on
 * the disk, beside its place, before the first file is replaced; files that the lock does not name are not touched.
 */
export async function writeImports(folder: string, files: Files, lock: Lock): Promise<Changes> {
  const before = await lockIn(folder);
  const wanted = new Map([...files, [lockFile, `${JSON.stringify(lock, undefined, 1)}\n`]]);
  const changed: string[] = [];
  for (const [path, text] of wanted) if (await textOf(join(folder, path)) !== text) changed.push(path);
  const removed = Object.keys(before?.files ?? {}).filter((path) => !wanted.has(path)).sort();

  const staging = join(folder, '.staging');
  try {
    for (const path of changed) {
      await mkdir(dirname(join(staging, path)), { recursive: true });
      await writeFile(join(staging, path), wanted.get(path)!);
    }
    for (const path of changed) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await rename(join(staging, path), join(folder, path));
    }
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
  for (const path of removed) await rm(join(folder, path), { force: true });
  return { written: changed, removed };
}

async function lockIn(folder: string): Promise<Lock | undefined> {
  const text = await textOf(join(folder, lockFile));
  return text === undefined ? undefined : JSON.parse(text) as Lock;
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
