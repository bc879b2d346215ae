import type { Finding } from '../finding';
import type { Baseline } from './baseline';
import { GitError } from './git';
import { revisionBaseline } from './revision';

/**
 * `dist/` at git HEAD: what may have been pushed, and so be running.
 * @returns undefined where there is no git, no commit, or no `dist/` in it; a finding where git cannot say
 */
export function committed(folder: string): Baseline | Finding | undefined {
  try {
    const head = revisionBaseline(folder, 'HEAD');
    return head.isEmpty ? undefined : head;
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    return error.isAbsence ? undefined : error.finding;
  }
}
