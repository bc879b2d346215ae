import { isGenerated } from './header';
import type { Tree } from './tree';

/** A tree by its folders: the text of a file, or a folder again, by name. */
export type Folder = ReadonlyMap<string, string | Folder>;

type Content = Map<string, string | Folder>;

/** The folder in `dist/` that holds what is not done yet: ignored by git, gone when nothing is pending, and no name of a tree's. */
export const PENDING = '.matrix-fleet-pending';

/** No hidden file, nothing above the folder, no name that a file system or a shell takes for something else. */
const PATH = /^\w[\w.-]*(?:\/\w[\w.-]*)*$/;

/**
 * The tree by its folders.
 * @throws Error for a tree that no folder can hold, a bug of this program and no user's mistake: a path outside `PATH`, a file that is
 * a folder too, two paths that differ only in case (macOS and Windows hold one of them), a text without the header.
 */
export function nest(tree: Tree): Folder {
  const root: Content = new Map();
  const folders = new Map<string, Content>();
  const spellings = new Map<string, string>();

  function folder(path: string): Content {
    let content = folders.get(path);
    if (content === undefined) {
      content = new Map();
      folders.set(path, content);
      add(path, content);
    }
    return content;
  }

  function add(path: string, content: string | Content): void {
    const spelling = path.toLowerCase();
    const rival = spellings.get(spelling);
    if (rival === path) throw new Error(`${path} is both a file and a folder`);
    if (rival !== undefined) throw new Error(`${path} and ${rival} are one where case does not count`);
    spellings.set(spelling, path);
    const slash = path.lastIndexOf('/');
    const parent = slash === -1 ? root : folder(path.slice(0, slash));
    parent.set(path.slice(slash + 1), content);
  }

  for (const [path, text] of tree) {
    if (!PATH.test(path)) throw new Error(`${path} cannot be a file's path: names are letters, digits and _, then also - and .`);
    if (!isGenerated(text)) throw new Error(`${path} does not begin with the header of a generated file`);
    add(path, text);
  }
  return root;
}
