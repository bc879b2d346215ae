/** What would be in `dist/`: every file's path (relative to `dist/`, with forward slashes) and its whole text. */
export type Tree = ReadonlyMap<string, string>;
