import type { Finding } from '../finding';
import type { FileChange, Tree } from '../output/tree';

/** A tree to compare with: as it was committed, or as it lies on disk. */
export interface Baseline {
  /** What it is, for messages: `HEAD`, `v1.2`, `dist/ on disk`. */
  readonly name: string;
  /**
   * The files that differ from a tree's, in the order of paths. Files that this program did not write do not count.
   * @returns or what keeps them from being read
   */
  readonly differing: (tree: Tree) => readonly FileChange[] | readonly Finding[];
}

/** Whether this is what keeps a baseline from being read, and not the files. */
export function isFindings(differing: readonly FileChange[] | readonly Finding[]): differing is readonly Finding[] {
  return differing.length > 0 && 'rule' in differing[0]!;
}
