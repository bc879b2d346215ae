import { basename, relative, sep } from 'node:path';
import type { Finding } from '../finding';
import { PENDING } from './folder';

/** An error of the operating system about a file, as Node.js throws it. */
export type Trouble = NodeJS.ErrnoException & { readonly dest?: string };

/** Whether this is about the user's disk, and no bug of this program. */
export function isTrouble(error: unknown): error is Trouble {
  return error instanceof Error && 'syscall' in error && 'code' in error;
}

/** An error about a path in the folder `dir`; the empty path is the folder itself. */
export function finding(rule: string, dir: string, path: string, message: string, fix: string): Finding {
  return { rule, severity: 'error', file: path === '' ? basename(dir) : `${basename(dir)}/${path}`, path: '', message, fix };
}

/** What kept a file or folder from being read. */
export function unreadable(dir: string, path: string, error: Trouble): Finding {
  if (error.code === 'ENOTDIR') return inTheWay(dir, path, 'is a file where a folder must go');
  return finding('dist-not-readable', dir, path, `cannot be read (${reason(error)})`, 'let the user that runs this command read it');
}

/** What kept the tree from being written. */
export function unwritable(dir: string, error: Trouble): Finding {
  const path = place(dir, error);
  const message = `cannot be written (${reason(error)})`;
  switch (error.code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return finding('disk-full', dir, path, message, 'free some space, then run the command again');
    case 'ENAMETOOLONG':
      return finding('name-too-long', dir, path, message, 'move the fleet to a shorter path, or shorten the names of its objects');
    case 'ENOTDIR':
      return inTheWay(dir, path, 'is a file where a folder must go');
    case 'EEXIST':
      if (path === '') return inTheWay(dir, path, 'is a file where a folder must go');
      return inTheWay(dir, path, 'has come there just now, or under a name that differs only in case');
    default:
      return finding('dist-not-writable', dir, path, message, 'let the user that runs this command write it');
  }
}

/** Something that this program did not write is where a file of the tree must go. */
export function inTheWay(dir: string, path: string, message: string): Finding {
  return finding('file-in-the-way', dir, path, message, 'move it elsewhere, or delete it');
}

/** A file of the tree whose name no usual file system takes. */
export function tooLong(dir: string, path: string): Finding {
  return finding('name-too-long', dir, path, 'has a name of more than 255 bytes', 'shorten the name of the object that it holds');
}

/** The path in `dir` that the error is about; what is pending stands for the folder as a whole. */
function place(dir: string, { path, dest }: Trouble): string {
  const inside = [dest, path].flatMap((name) => (name === undefined ? [] : [relative(dir, name).split(sep).join('/')]));
  return inside.find((name) => !name.startsWith('..') && !name.startsWith(PENDING)) ?? '';
}

/** The system's own words: `EACCES: permission denied`. */
function reason({ message }: Trouble): string {
  return message.replace(/,.*/s, '');
}
