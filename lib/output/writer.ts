import { existsSync, mkdirSync } from 'node:fs';
import type { Finding } from '../finding';
import { type Comparison, survey } from './compare';
import { nest, PENDING } from './folder';
import { replace, sweep, undo } from './journal';
import { type Claim, claim, release, removeIfEmpty } from './lock';
import type { Tree } from './tree';
import { finding, isTrouble, unwritable } from './trouble';

/**
 * Makes the folder `dir` hold the tree: whole, or not at all.
 *
 * Files that are as they should be are not touched; stale ones that this program wrote are deleted, with the folders that become empty by
 * it; what it did not write stays. A script (`#!`) can be run.
 * @returns what was done; or what forbids it, and then the folder is as it was
 */
export function write(dir: string, tree: Tree): Finding[] | Comparison {
  const wanted = nest(tree);
  return underLock(dir, () => {
    const { comparison, moves, findings } = survey(dir, wanted);
    if (findings.length > 0) return [...findings];
    if (moves.length > 0) replace(dir, moves);
    return comparison;
  });
}

/** Undoes what a killed command left half done in the folder `dir`, and deletes what it left over: before anybody reads the folder. */
export function recover(dir: string): Finding[] {
  return existsSync(`${dir}/${PENDING}`) ? underLock(dir, () => []) : [];
}

/** Runs the action on a recovered folder `dir` that nobody else changes; an error of the file system becomes a finding. */
function underLock<T>(dir: string, action: () => T): T | Finding[] {
  const pending = `${dir}/${PENDING}`;
  try {
    const made = mkdirSync(dir, { recursive: true });
    const rival = claim(pending);
    if (rival !== undefined) return [busy(dir, rival)];
    try {
      undo(dir);
      sweep(dir);
      return action();
    } finally {
      leave(dir, made !== undefined);
    }
  } catch (error) {
    if (!isTrouble(error)) throw error;
    return [unwritable(dir, error)];
  }
}

/** Leaves nothing behind. What cannot be deleted now the next command deletes, so that does not count as a failure. */
function leave(dir: string, isNew: boolean): void {
  try {
    sweep(dir);
    release(`${dir}/${PENDING}`);
    if (isNew) removeIfEmpty(dir);
  } catch (error) {
    if (!isTrouble(error)) throw error;
  }
}

function busy(dir: string, { file, id }: Claim): Finding {
  const fix = `wait until it has ended; if that process is no synth, delete ${PENDING}/${file}`;
  return finding('dist-busy', dir, '', `is being written by process ${id}`, fix);
}
