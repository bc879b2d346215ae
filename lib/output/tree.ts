/** What would be in `dist/`: every file's path (relative to `dist/`, with forward slashes) and its whole text. */
export type Tree = ReadonlyMap<string, string>;

/** A file that is other in one tree than in another; absent on one side: `undefined`. */
export interface FileChange {
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** The files of two trees that differ, in the order of paths. */
export function fileChanges(before: Tree, after: Tree): readonly FileChange[] {
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((path): FileChange => ({ path, before: before.get(path), after: after.get(path) }))
    .filter((file) => file.before !== file.after)
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}
