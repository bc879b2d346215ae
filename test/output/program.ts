import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { afterAll } from 'vitest';
import type { Tree } from '../../lib/output/tree';

/**
 * The writer as a program of its own: `node PROGRAM DIR TREE [N]`, killed before its N-th change on the disk. Deleted after the tests.
 * @returns its path
 */
export function program(): string {
  const folder = mkdtempSync(join(tmpdir(), 'matrix-fleet-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const outfile = join(folder, 'write.cjs');
  const contents = `
    import { write } from './lib/output/writer';
    import { intercept } from './test/output/faults';
    const [dir, tree, n] = process.argv.slice(2);
    let count = 0;
    if (n !== undefined) intercept(({ isChange }) => { if (isChange && ++count === Number(n)) process.kill(process.pid, 'SIGKILL'); });
    process.stdout.write(JSON.stringify(write(dir, new Map(JSON.parse(tree)))));
  `;
  const resolveDir = join(__dirname, '../..');
  buildSync({ stdin: { contents, resolveDir, loader: 'ts' }, bundle: true, platform: 'node', outfile, logLevel: 'error' });
  return outfile;
}

/** The arguments that make Node.js run that program. */
export function callOf(file: string, dir: string, tree: Tree): string[] {
  return [file, dir, JSON.stringify([...tree])];
}
