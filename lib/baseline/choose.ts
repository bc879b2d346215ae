import { statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { Finding } from '../finding';
import { PENDING } from '../output/folder';
import type { Baseline } from './baseline';
import { atHead } from './committed';
import { folderBaseline, onDisk } from './folder';
import { GitError } from './git';
import { mergeBase, revisionBaseline } from './revision';

export interface BaselineOptions {
  /**
   * A git revision; or a folder, relative to `cwd`: a `dist/`, or a fleet's that holds one. What is a folder is taken as one.
   * @default - `dist/` at HEAD; where there is none, or no git, `dist/` on disk
   */
  readonly base?: string;
  /**
   * A branch: the baseline is what it has in common with HEAD, as in a pull request.
   * @default - none
   */
  readonly mergeBase?: string;
  /** @default - the fleet's folder */
  readonly cwd?: string;
}

/** The tree that a fleet's folder is compared with, or why there is none. Writes nothing. */
export async function baseline(folder: string, { base, mergeBase: branch, cwd = folder }: BaselineOptions = {}): Promise<Baseline | Finding> {
  try {
    if (branch !== undefined) {
      const commit = mergeBase(folder, branch);
      return await revisionBaseline(folder, commit, `${commit.slice(0, 12)}, which HEAD and ${branch} have in common`);
    }
    if (base === undefined) return await defaultBaseline(folder);
    const path = resolve(cwd, base);
    if (!isFolder(path)) return await revisionBaseline(folder, base, base, path);
    const dist = basename(path) !== 'dist' && isFolder(join(path, 'dist')) ? join(path, 'dist') : path;
    return isFile(join(dist, root)) || isFolder(join(dist, PENDING)) ? folderBaseline(dist, base) : notOurs(path);
  } catch (error) {
    if (error instanceof GitError) return error.finding;
    throw error;
  }
}

async function defaultBaseline(folder: string): Promise<Baseline> {
  return await atHead(folder) ?? onDisk(folder);
}

/** A file that every `dist/` has: the root of all Applications. */
const root = 'argocd/app-of-apps.yaml';

/** Before anything in it is read, since it may be the whole disk. */
function notOurs(path: string): Finding {
  return { rule: 'baseline', severity: 'error', file: '--base', path: '', message: `${path} holds no dist/ of matrix-fleet`, fix: 'name a fleet\'s folder, its dist/, or a revision of git' };
}

const isFile = (path: string) => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
