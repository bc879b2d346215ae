import { closeSync, type Dirent, lstatSync, openSync, readdirSync, readSync } from 'node:fs';
import type { Finding } from '../finding';
import { type Folder, nest, PENDING } from './folder';
import { isGenerated, isScript } from './header';
import type { Tree } from './tree';
import { inTheWay, isTrouble, tooLong, unreadable } from './trouble';

/** How a folder on disk differs from a tree: sorted paths, relative to it, with forward slashes. */
export interface Comparison {
  /** In the tree alone. */
  readonly added: readonly string[];
  /** In both, with other bytes; or a script that cannot be run. */
  readonly changed: readonly string[];
  /** On disk alone, and written by this program: it goes. */
  readonly stale: readonly string[];
  /** On disk alone, and not written by this program: it stays. */
  readonly foreign: readonly string[];
  /** How many files are the same on both sides. */
  readonly unchanged: number;
}

/** One step from the folder to the tree: what goes out of one path, and what comes in. Whole folders go and come in one step. */
export interface Move {
  readonly path: string;
  /** Whether something is there that goes. */
  readonly out: boolean;
  /** What comes, if anything. */
  readonly in: string | Folder | undefined;
}

/** The comparison, with the moves that would make the folder so, and what forbids them. */
export interface Survey {
  readonly comparison: Comparison;
  readonly moves: readonly Move[];
  readonly findings: readonly Finding[];
}

/** Whether a path has a name that no usual file system takes: more than 255 bytes, which in a tree are characters. */
const isTooLong = (path: string) => path.length > 255 && /[^/]{256}/.test(path);

/** Compares the folder `dir`, which need not exist, with the tree. Writes nothing. */
export function compare(dir: string, tree: Tree): Finding[] | Comparison {
  const { comparison, findings } = survey(dir, nest(tree));
  return findings.length > 0 ? [...findings] : comparison;
}

/** Compares the folder `dir` with the tree. What cannot be read or written, or is in the way, is a finding; the survey goes on. */
export function survey(dir: string, tree: Folder): Survey {
  const added: string[] = [];
  const changed: string[] = [];
  const stale: string[] = [];
  const foreign: string[] = [];
  let unchanged = 0;
  const moves: Move[] = [];
  const findings: Finding[] = [];

  /** Compares a folder that is there, or the root; `prefix` is its path with a slash. */
  function visit(prefix: string, wanted: Folder): void {
    const there = new Set<string>();
    for (const entry of list(dir, prefix)) {
      const path = prefix + entry.name;
      const want = wanted.get(entry.name);
      there.add(entry.name);
      try {
        if (entry.isDirectory() && typeof want === 'object') visit(`${path}/`, want);
        else if (entry.isFile() && typeof want === 'string' && holds(`${dir}/${path}`, want)) unchanged++;
        else weigh(path, entry, want);
      } catch (error) {
        if (!isTrouble(error)) throw error;
        findings.push(unreadable(dir, path, error));
      }
    }
    for (const [name, want] of wanted) {
      if (there.has(name)) continue;
      add(prefix + name, want);
      moves.push({ path: prefix + name, out: false, in: want });
    }
  }

  /** What comes is new. */
  function add(path: string, want: string | Folder): void {
    if (typeof want === 'object') {
      for (const [name, inner] of want) add(`${path}/${name}`, inner);
      return;
    }
    added.push(path);
    if (isTooLong(path)) findings.push(tooLong(dir, path));
  }

  /** What is there is not what is wanted: it goes if it is ours, or a file of the tree that the system's crash has emptied. */
  function weigh(path: string, entry: Dirent, want: string | Folder | undefined): void {
    const own = ownFiles(dir, path, entry) ?? (typeof want === 'string' && isEmpty(dir, path, entry) ? [path] : undefined);
    if (own !== undefined) {
      if (entry.isFile() && typeof want === 'string') {
        changed.push(path);
      } else {
        stale.push(...own);
        if (want !== undefined) add(path, want);
      }
      moves.push({ path, out: true, in: want });
    } else if (want !== undefined) {
      const kind = entry.isDirectory() ? 'a folder with files' : entry.isFile() ? 'a file' : 'a link or a device';
      const need = typeof want === 'string' ? 'file' : 'folder';
      findings.push(inTheWay(dir, path, `is ${kind} that matrix-fleet did not write, where a ${need} must go`));
    } else if (entry.isDirectory()) {
      visit(`${path}/`, new Map());
    } else {
      foreign.push(path);
    }
  }

  try {
    visit('', tree);
  } catch (error) {
    if (!isTrouble(error)) throw error;
    findings.push(unreadable(dir, '', error));
  }
  for (const paths of [added, changed, stale, foreign]) paths.sort();
  return { comparison: { added, changed, stale, foreign, unchanged }, moves, findings };
}

/** The files of a path that is all this program's: a generated file, or a folder of nothing else. Undefined: a stranger has part in it. */
export function ownFiles(dir: string, path: string, entry: Pick<Dirent, 'isFile' | 'isDirectory'>): string[] | undefined {
  if (entry.isFile()) return isGenerated(head(`${dir}/${path}`)) ? [path] : undefined;
  if (!entry.isDirectory()) return undefined;
  const own: string[] = [];
  for (const inner of list(dir, `${path}/`)) {
    const more = ownFiles(dir, `${path}/${inner.name}`, inner);
    if (more === undefined) return undefined;
    own.push(...more);
  }
  return own.length > 0 ? own : undefined;
}

/** What is in a folder; nothing if it is the root and does not exist yet. */
function list(dir: string, prefix: string): Dirent[] {
  try {
    const entries = readdirSync(`${dir}/${prefix}`, { withFileTypes: true });
    return prefix === '' ? entries.filter(({ name }) => name !== PENDING) : entries;
  } catch (error) {
    if (prefix === '' && isTrouble(error) && error.code === 'ENOENT') return [];
    throw error;
  }
}

function isEmpty(dir: string, path: string, entry: Dirent): boolean {
  return entry.isFile() && head(`${dir}/${path}`) === '';
}

/** Whether the file has exactly these bytes and, if it is a script, can be run. Opened, read once into one shared buffer, closed. */
function holds(file: string, text: string): boolean {
  if (isScript(text) && !isExecutable(file)) return false;
  // A character takes three bytes at most, and a file that is longer is to be seen as such.
  if (page.length <= 3 * text.length) [page, expected] = [Buffer.allocUnsafe(6 * text.length), Buffer.allocUnsafe(6 * text.length)];
  const length = expected.write(text);
  return page.compare(expected, 0, length, 0, read(file, length + 1)) === 0;
}

/** Whether the owner may run the file, which is what git keeps; Windows has no such mode. */
function isExecutable(file: string): boolean {
  return process.platform === 'win32' || (lstatSync(file).mode & 0o100) !== 0;
}

/** The first lines of the file. */
function head(file: string): string {
  return page.toString('utf8', 0, read(file, 256));
}

/** What a file holds, and what it is to hold: as large as both must be, and used again and again. */
let page = Buffer.allocUnsafe(64 * 1024);
let expected = Buffer.allocUnsafe(64 * 1024);

/** Reads the first bytes of the file into the shared page. @returns how many there were */
function read(file: string, length: number): number {
  const descriptor = openSync(file, 'r');
  try {
    return readSync(descriptor, page, 0, length, 0);
  } finally {
    closeSync(descriptor);
  }
}
