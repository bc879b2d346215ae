import { existsSync, lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from '../finding';
import { PENDING } from '../output/folder';
import { isGenerated } from '../output/header';
import { unfinished } from '../output/journal';
import { fileChanges, type Tree } from '../output/tree';
import { isTrouble, unreadable } from '../output/trouble';
import type { Baseline } from './baseline';

/** The tree that lies in a folder, which need not exist. */
export function folderBaseline(dir: string, name: string): Baseline {
  return {
    name,
    differing(tree) {
      const { found, findings } = readTree(dir);
      return findings.length > 0 ? findings : fileChanges(found, tree);
    },
  };
}

/** A fleet's `dist/` as it lies there. */
export function onDisk(folder: string): Baseline {
  return folderBaseline(join(folder, 'dist'), 'dist/ on disk');
}

/**
 * The files in a folder that this program wrote. Where a killed command has left it half changed, what it was before: the next `synth`
 * puts it back so.
 */
function readTree(dir: string): { readonly found: Tree; readonly findings: readonly Finding[] } {
  const found = new Map<string, string>();
  const findings: Finding[] = [];
  const pending = `${dir}/${PENDING}`;
  const moves = existsSync(`${pending}/journal`) ? unfinished(dir) : [];
  const come = new Set(moves.flatMap(({ path, comes }, index) => (comes && !existsSync(`${pending}/new/${index}`) ? [path] : [])));

  /** Reads a file or folder, which stands for a path of the tree. */
  function visit(file: string, path: string): void {
    try {
      // The folder itself may be a symbolic link; the writer follows that, and no other.
      const status = (path === '' ? statSync : lstatSync)(file, { throwIfNoEntry: false });
      if (status?.isDirectory()) {
        for (const name of readdirSync(file)) {
          const inner = path === '' ? name : `${path}/${name}`;
          if (inner !== PENDING && !come.has(inner)) visit(`${file}/${name}`, inner);
        }
      } else if (status?.isFile()) {
        const text = readFileSync(file, 'utf8');
        if (isGenerated(text)) found.set(path, text);
      }
    } catch (error) {
      if (!isTrouble(error)) throw error;
      findings.push(unreadable(dir, path, error));
    }
  }

  visit(dir, '');
  for (const [index, { path }] of moves.entries()) visit(`${pending}/old/${index}`, path);
  return { found, findings };
}
