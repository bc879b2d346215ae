import { isGenerated } from './header';
import type { Tree } from './tree';

/** A tree by its folders: the text of a file, or a folder again, by name. */
export type Folder = ReadonlyMap<string, string | Folder>;

/** The folder in `dist/` that holds what is not done yet: ignored by git, gone when nothing is pending, and no name of a tree's. */
export const PENDING = '.matrix-fleet-pending';

/** No hidden file, nothing above the folder, no name that a file system or a shell takes for another. */
const NAME = /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/;

/**
 * The tree by its folders.
 * @throws Error for a tree that no file system holds, a bug of this program and no user's mistake: a name outside `NAME`, a file that is
 * a folder too, two names that differ only in case (macOS and Windows hold one of them), a text without the header.
 */
export function nest(tree: Tree): Folder {
  const root = new Map<string, string | Folder>();
  const spellings = new Map<string, string>();
  for (const [path, text] of tree) {
    if (!isGenerated(text)) throw new Error(`${path} does not begin with the header of a generated file`);
    let folder = root;
    const names = path.split('/');
    names.forEach((name, depth) => {
      const isFile = depth === names.length - 1;
      let inner = folder.get(name);
      if (inner === undefined) {
        claim(spellings, names.slice(0, depth + 1).join('/'), name);
        inner = isFile ? text : new Map();
        folder.set(name, inner);
      } else if (isFile || typeof inner === 'string') {
        throw new Error(`${names.slice(0, depth + 1).join('/')} is both a file and a folder`);
      }
      folder = inner as Map<string, string | Folder>;
    });
  }
  return root;
}

/** The paths of all files in a folder, or of the file itself. */
export function* files(path: string, content: string | Folder): Generator<string> {
  if (typeof content === 'string') yield path;
  else for (const [name, inner] of content) yield* files(`${path}/${name}`, inner);
}

function claim(spellings: Map<string, string>, path: string, name: string): void {
  if (!NAME.test(name)) throw new Error(`${path} cannot be the path of a file: only letters, digits, _, - and . may stand in a name`);
  const rival = spellings.get(path.toLowerCase());
  if (rival !== undefined) throw new Error(`${path} and ${rival} are one file where case does not count`);
  spellings.set(path.toLowerCase(), path);
}
