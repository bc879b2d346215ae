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

/** Puts down files as they are. */
export function put(dir: string, files: Tree | Readonly<Record<string, string>>): void {
  for (const [path, text] of files instanceof Map ? files : Object.entries(files)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
}

/** All that is in a folder, but for what is pending: the text of files, and which folders and links there are. Nothing, if it does not exist. */
export function snapshot(dir: string): Record<string, string> {
  if (lstatSync(dir, { throwIfNoEntry: false }) === undefined) return {};
  const found = readdirSync(dir, { withFileTypes: true, recursive: true }).flatMap((entry) => {
    const path = join(entry.parentPath, entry.name).slice(dir.length + 1);
    if (path.split('/')[0] === PENDING) return [];
    const what = entry.isDirectory() ? '(folder)' : entry.isSymbolicLink() ? `(link to ${readlinkSync(join(dir, path))})` : readFileSync(join(dir, path), 'utf8');
    return [[path, what] as const];
  });
  return Object.fromEntries(found.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Whether a mode keeps this user out; it does not keep root out. */
export const modesCount = process.getuid?.() !== 0;

/** Takes rights away for the rest of the test. */
export function chmod(path: string, mode: number): void {
  const before = lstatSync(path).mode;
  chmodSync(path, mode);
  onTestFinished(() => chmodSync(path, before));
}
