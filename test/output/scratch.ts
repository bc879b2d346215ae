import { chmodSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { PENDING } from '../../lib/output/folder';
import { renderScript } from '../../lib/output/render';
import type { Tree } from '../../lib/output/tree';

/** A tree of generated files with these contents. */
export function treeOf(contents: Readonly<Record<string, string>>): Tree {
  return new Map(Object.entries(contents).map(([path, text]) => [path, renderScript(text)]));
}

/** A `dist` that does not exist yet, in a folder that is deleted after the test. */
export function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'matrix-fleet-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'dist');
}

/** Puts down files as they are; a script can be run. */
export function put(dir: string, files: Tree | Readonly<Record<string, string>>): void {
  for (const [path, text] of files instanceof Map ? files : Object.entries(files)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text, { mode: text.startsWith('#!') ? 0o777 : 0o666 });
  }
}

/** All that is in a folder but for what is pending: the text of files, and which folders and links there are. */
export function snapshot(dir: string): Record<string, string> {
  if (lstatSync(dir, { throwIfNoEntry: false }) === undefined) return {};
  const found = readdirSync(dir, { withFileTypes: true, recursive: true }).flatMap((entry): (readonly [string, string])[] => {
    const path = join(entry.parentPath, entry.name).slice(dir.length + 1);
    if (path.split('/')[0] === PENDING) return [];
    if (entry.isDirectory()) return [[path, '(folder)']];
    if (entry.isSymbolicLink()) return [[path, `(link to ${readlinkSync(join(dir, path))})`]];
    return [[path, readFileSync(join(dir, path), 'utf8')]];
  });
  return Object.fromEntries(found.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** From one to the other, everything happens that can: files and folders come, go, change, stay, and turn into each other. */
export const before = treeOf({
  'same.yaml': 'same', 'changed.yaml': 'old', 'gone.yaml': 'gone', 'apps/same.yaml': 'same', 'apps/gone.yaml': 'gone',
  'left/a.yaml': 'gone', 'left/deep/b.yaml': 'gone', 'shared/ours.yaml': 'gone', turns: 'into a folder', 'swaps/a.yaml': 'into a file',
});
export const after = treeOf({
  'same.yaml': 'same', 'changed.yaml': 'new', 'apps/same.yaml': 'same', 'apps/come.yaml': 'new',
  'come/a.yaml': 'new', 'come/deep/run.sh': '#!/bin/sh\n', 'turns/a.yaml': 'from a file', swaps: 'from a folder',
});
const foreign = { 'README.md': 'by hand\n', 'shared/notes.txt': 'by hand\n', 'theirs/x.yaml': 'a: 1\n' };
/** What `write` says when it has gone from one to the other among the foreign files. */
export const done = {
  added: ['apps/come.yaml', 'come/a.yaml', 'come/deep/run.sh', 'swaps', 'turns/a.yaml'],
  changed: ['changed.yaml'],
  stale: ['apps/gone.yaml', 'gone.yaml', 'left/a.yaml', 'left/deep/b.yaml', 'shared/ours.yaml', 'swaps/a.yaml', 'turns'],
  foreign: ['README.md', 'shared/notes.txt', 'theirs/x.yaml'],
  unchanged: 2,
};

/** A folder that holds a tree among foreign files. */
export function holding(tree: Tree): string {
  const dir = scratch();
  put(dir, tree);
  put(dir, foreign);
  return dir;
}

/** What the folder holds before, and after. */
export const old = () => snapshot(holding(before));
export const wanted = () => snapshot(holding(after));

/** Whether a mode keeps this user out; it does not keep root out. */
export const modesCount = process.getuid?.() !== 0;

/** Takes rights away for the rest of the test. */
export function chmod(path: string, mode: number): void {
  const before = lstatSync(path).mode;
  chmodSync(path, mode);
  onTestFinished(() => chmodSync(path, before));
}
