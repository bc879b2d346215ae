import type { Finding } from '../finding';
import type { Baseline } from './baseline';
import { onDisk } from './folder';
import { git, GitError } from './git';
import { revisionBaseline } from './revision';

/**
 * `dist/` at git HEAD: what may have been pushed, and so be running. Where it is pushed from elsewhere, as a submodule, through a symbolic
 * link, or although git ignores it, `dist/` as it lies there: the guard has let that pass.
 * @returns undefined where there is no git, no commit, or no `dist/` in it
 * @throws GitError - git cannot say. What only looks like no repository is not taken for one: the guard must not miss it.
 */
export async function atHead(folder: string): Promise<Baseline | undefined> {
  try {
    const head = await revisionBaseline(folder, 'HEAD');
    if (head.isPartial || (head.isEmpty && isIgnored(folder))) return onDisk(folder);
    return head.isEmpty ? undefined : head;
  } catch (error) {
    if (error instanceof GitError && error.isAbsence) return undefined;
    throw error;
  }
}

/** The same, with a finding where git cannot say. */
export async function committed(folder: string): Promise<Baseline | Finding | undefined> {
  try {
    return await atHead(folder);
  } catch (error) {
    if (error instanceof GitError) return error.finding;
    throw error;
  }
}

/** By the folder's name, and by what is in it: a rule may be about either. */
function isIgnored(folder: string): boolean {
  return ['dist', 'dist/argocd'].some((path) => git(folder, ['check-ignore', '--quiet', path]).status === 0);
}
