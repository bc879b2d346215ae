import { spawn, spawnSync } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { PENDING } from '../../lib/output/folder';
import type { Tree } from '../../lib/output/tree';
import { recover, write } from '../../lib/output/writer';
import { type Call, intercept, systemError } from './faults';
import { chmod, modesCount, put, scratch, snapshot, treeOf } from './scratch';

/** From one to the other, everything happens that can: files and folders come, go, change, stay, and turn into each other. */
const before = treeOf({
  'same.yaml': 'same', 'changed.yaml': 'old', 'gone.yaml': 'gone', 'apps/same.yaml': 'same', 'apps/gone.yaml': 'gone', 'left/a.yaml': 'gone', 'left/deep/b.yaml': 'gone',
  'turns': 'into a folder', 'swaps/a.yaml': 'into a file', 'shared/ours.yaml': 'gone',
});
const after = treeOf({
  'same.yaml': 'same', 'changed.yaml': 'new', 'apps/same.yaml': 'same', 'apps/come.yaml': 'new', 'come/a.yaml': 'new', 'come/deep/b.yaml': '#!/bin/sh\n',
  'turns/a.yaml': 'from a file', 'swaps': 'from a folder',
});
const foreign = { 'README.md': 'by hand\n', 'shared/notes.txt': 'by hand\n', 'theirs/x.yaml': 'a: 1\n' };
const done = {
  added: ['apps/come.yaml', 'come/a.yaml', 'come/deep/b.yaml', 'swaps', 'turns/a.yaml'],
  changed: ['changed.yaml'],
  stale: ['apps/gone.yaml', 'gone.yaml', 'left/a.yaml', 'left/deep/b.yaml', 'shared/ours.yaml', 'swaps/a.yaml', 'turns'],
  foreign: ['README.md', 'shared/notes.txt', 'theirs/x.yaml'],
  unchanged: 2,
};

/** A folder that holds a tree among foreign files. */
function holding(tree: Tree): string {
  const dir = scratch();
  put(dir, tree);
  put(dir, foreign);
  return dir;
}

const old = () => snapshot(holding(before));
const wanted = () => snapshot(holding(after));

describe('write', () => {
  it('makes a folder that does not exist yet hold the tree', () => {
    const dir = scratch();
    expect(write(dir, after)).toEqual({ added: [...after.keys()].sort(), changed: [], stale: [], foreign: [], unchanged: 0 });
    const made = scratch();
    put(made, after);
    expect(snapshot(dir)).toEqual(snapshot(made));
    expect(existsSync(join(dir, PENDING))).toBe(false);
  });

  it('changes what differs, deletes what is stale, and leaves the rest', () => {
    const dir = holding(before);
    expect(write(dir, after)).toEqual(done);
    expect(snapshot(dir)).toEqual(wanted());
    expect(readdirSync(dir)).not.toContain(PENDING);
  });

  it('does not touch what is as it should be', () => {
    const dir = holding(after);
    const identity = (): unknown[] => [...after.keys()].map((path) => statSync(join(dir, path))).map(({ ino, mtimeMs, ctimeMs }) => [ino, mtimeMs, ctimeMs]);
    const untouched = identity();
    expect(write(dir, after)).toMatchObject({ added: [], changed: [], stale: [], unchanged: after.size });
    expect(identity()).toEqual(untouched);
  });

  it('writes scripts that can be run', () => {
    const dir = scratch();
    write(dir, after);
    expect(statSync(join(dir, 'come/deep/b.yaml')).mode & 0o100).toBe(0o100);
    expect(statSync(join(dir, 'come/a.yaml')).mode & 0o111).toBe(0);
  });

  it('removes the folder of an empty tree, but nobody else\'s empty folder', () => {
    const dir = scratch();
    expect(write(dir, new Map())).toMatchObject({ added: [] });
    expect(existsSync(dir)).toBe(false);
    mkdirSync(join(dir, 'empty'), { recursive: true });
    expect(write(dir, new Map())).toMatchObject({ stale: [] });
    expect(snapshot(dir)).toEqual({ empty: '(folder)' });
  });

  it('says all that is in the way, and changes nothing', () => {
    const dir = scratch();
    put(dir, before);
    put(dir, { 'come/a.yaml': 'a: 1\n', 'swaps/b.yaml': 'b: 1\n' });
    symlinkSync('same.yaml', join(dir, 'apps/come.yaml'));
    const untouched = snapshot(dir);
    const found = write(dir, after);
    expect(found).toMatchObject([
      { rule: 'file-in-the-way', severity: 'error', file: 'dist/apps/come.yaml', message: 'is a link or a device that matrix-fleet did not write, where a file must go' },
      { rule: 'file-in-the-way', file: 'dist/come/a.yaml', message: 'is a file that matrix-fleet did not write, where a file must go' },
      { rule: 'file-in-the-way', file: 'dist/swaps', message: 'is a folder with files that matrix-fleet did not write, where a file must go' },
    ]);
    expect(snapshot(dir)).toEqual(untouched);
  });

  it('says that a file is where dist must go', () => {
    const dir = scratch();
    writeFileSync(dir, 'a file');
    expect(write(dir, after)).toMatchObject([{ rule: 'file-in-the-way', file: 'dist', message: 'is a file where a folder must go' }]);
  });

  it.runIf(modesCount)('says that a folder cannot be written', () => {
    const dir = holding(before);
    chmod(join(dir, 'apps'), 0o555);
    expect(write(dir, after)).toMatchObject([{ rule: 'dist-not-writable', file: 'dist/apps/gone.yaml' }]);
    expect(snapshot(dir)).toEqual(old());
  });

  it.runIf(modesCount)('says what cannot be read', () => {
    const dir = holding(before);
    chmod(join(dir, 'changed.yaml'), 0o000);
    chmod(join(dir, 'left'), 0o000);
    expect(write(dir, after)).toMatchObject([{ rule: 'dist-not-readable', file: 'dist/changed.yaml' }, { rule: 'dist-not-readable', file: 'dist/left' }]);
  });
});

describe('a change that fails', () => {
  /** Lets the n-th call fail, for every n. @returns how often it did */
  function failEverywhere(isHit: (call: Call, count: number, n: number) => boolean, code: string): number {
    const [untouched, target] = [old(), wanted()];
    for (let n = 1; ; n++) {
      const dir = holding(before);
      let count = 0;
      let hits = 0;
      const stop = intercept((call) => {
        if (!isHit(call, ++count, n)) return;
        hits++;
        throw systemError(code, join(dir, 'apps/come.yaml'));
      });
      let result;
      try {
        result = write(dir, after);
      } finally {
        stop();
      }
      if (hits === 0) return n - 1;
      const isDone = !Array.isArray(result);
      expect(snapshot(dir), `${code} at ${n}`).toEqual(isDone ? target : untouched);
      if (!isDone) expect(result).toMatchObject([{ severity: 'error', file: expect.stringMatching(/^dist/) as unknown, message: expect.stringContaining(code) as unknown }]);
      expect(recover(dir)).toEqual([]);
      expect(readdirSync(dir)).not.toContain(PENDING);
      expect(snapshot(dir)).toEqual(isDone ? target : untouched);
    }
  }

  it('because the disk is full, at whatever write, is undone', () => {
    expect(failEverywhere(({ needsSpace }, count, n) => count >= n && needsSpace, 'ENOSPC')).toBeGreaterThan(20);
  });

  it('because one call is refused, whichever, is undone', () => {
    expect(failEverywhere((_, count, n) => count === n, 'EACCES')).toBeGreaterThan(60);
  });

  it('because of a bug of ours is undone too, and is no finding', () => {
    const dir = holding(before);
    const untouched = snapshot(dir);
    let renames = 0;
    const stop = intercept(({ name }) => {
      if (name === 'renameSync' && ++renames === 9) throw new RangeError('a bug');
    });
    onTestFinished(stop);
    expect(() => write(dir, after)).toThrow(RangeError);
    stop();
    expect(snapshot(dir)).toEqual(untouched);
  });

  it('names what the disk is too full for', () => {
    const dir = holding(before);
    const stop = intercept(({ name }) => {
      if (name === 'writeFileSync') throw systemError('ENOSPC', join(dir, PENDING, 'new/3'));
    });
    onTestFinished(stop);
    expect(write(dir, after)).toEqual([{
      rule: 'disk-full', severity: 'error', file: 'dist', path: '', message: 'cannot be written (ENOSPC: told to fail)', fix: 'free some space, then run the command again',
    }]);
  });
});

describe('a process', () => {
  const folder = mkdtempSync(join(tmpdir(), 'matrix-fleet-'));
  const program = join(folder, 'write.cjs');
  afterAll(() => rmSync(folder, { recursive: true }));

  /** The writer as a program of its own: `node write.cjs DIR TREE N` is killed before its N-th change on the disk. */
  beforeAll(() => {
    const contents = `
      import { write } from './lib/output/writer';
      import { intercept } from './test/output/faults';
      const [dir, tree, n] = process.argv.slice(2);
      let count = 0;
      if (n !== undefined) intercept(({ isChange }) => { if (isChange && ++count === Number(n)) process.kill(process.pid, 'SIGKILL'); });
      process.stdout.write(JSON.stringify(write(dir, new Map(JSON.parse(tree)))));
    `;
    buildSync({ stdin: { contents, resolveDir: process.cwd(), loader: 'ts' }, bundle: true, platform: 'node', outfile: program, logLevel: 'error' });
  });

  const argumentsOf = (dir: string, tree: Tree): string[] => [program, dir, JSON.stringify([...tree])];

  it('that is killed before any change leaves the old tree or the new one to the next command', { timeout: 120_000 }, () => {
    const outcomes = { old: 0, new: 0 };
    const [untouched, target] = [old(), wanted()];
    for (let n = 1; ; n++) {
      const dir = holding(before);
      const { signal, stdout } = spawnSync(process.execPath, [...argumentsOf(dir, after), String(n)], { encoding: 'utf8' });
      if (signal === null) {
        expect(JSON.parse(stdout)).toEqual(done);
        break;
      }
      expect(signal).toBe('SIGKILL');
      expect(recover(dir), `killed at ${n}`).toEqual([]);
      const found = snapshot(dir);
      const isNew = found['changed.yaml'] === after.get('changed.yaml');
      expect(found, `killed at ${n}`).toEqual(isNew ? target : untouched);
      expect(readdirSync(dir)).not.toContain(PENDING);
      outcomes[isNew ? 'new' : 'old']++;
      expect(write(dir, after)).not.toBeInstanceOf(Array);
      expect(snapshot(dir)).toEqual(target);
    }
    expect(outcomes.old).toBeGreaterThan(30);
    expect(outcomes.new).toBeGreaterThan(3);
  });

  it('and another at once never mix their trees', { timeout: 60_000 }, async () => {
    const dir = holding(before);
    const run = (tree: Tree): Promise<unknown> =>
      new Promise((resolve, reject) => {
        const child = spawn(process.execPath, argumentsOf(dir, tree));
        let out = '';
        child.stdout.on('data', (data: Buffer) => (out += data.toString()));
        child.on('close', () => resolve(JSON.parse(out))).on('error', reject);
      });
    for (let round = 0; round < 4; round++) {
      for (const result of await Promise.all([run(after), run(before), run(after)])) {
        if (Array.isArray(result)) expect(result).toMatchObject([{ rule: 'dist-busy', file: 'dist' }]);
      }
      expect([old(), wanted()]).toContainEqual(snapshot(dir));
    }
  });
});

describe('the lock', () => {
  it('of a living process is respected', () => {
    const dir = holding(before);
    const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)'], { stdio: 'ignore' });
    onTestFinished(() => void child.kill());
    put(dir, { [`${PENDING}/${child.pid}.lock`]: '', [`${PENDING}/new/0`]: 'theirs' });
    const busy = { rule: 'dist-busy', severity: 'error', file: 'dist', path: '', message: `is being written by process ${child.pid}` };
    expect(write(dir, after)).toMatchObject([busy]);
    expect(recover(dir)).toMatchObject([busy]);
    expect(snapshot(dir)).toEqual(old());
    expect(readdirSync(join(dir, PENDING)).sort()).toEqual([`${child.pid}.lock`, 'new']);
  });

  it('of a dead process is swept away', () => {
    const dir = holding(before);
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    put(dir, { [`${PENDING}/${pid}.lock`]: '' });
    expect(write(dir, after)).toEqual(done);
    expect(readdirSync(dir)).not.toContain(PENDING);
  });
});

describe('recover', () => {
  it('does nothing where nothing is pending', () => {
    const dir = scratch();
    expect(recover(dir)).toEqual([]);
    expect(lstatSync(dir, { throwIfNoEntry: false })).toBeUndefined();
  });

  it('leaves alone what somebody has put into a half-done change since', () => {
    const dir = scratch();
    const moves = [{ path: 'a.yaml', comes: true }, { path: 'b.yaml', comes: false }, { path: 'c', comes: true }, { path: 'd/e.yaml', comes: false }];
    put(dir, { [`${PENDING}/journal`]: JSON.stringify(moves), [`${PENDING}/old/0`]: 'old', [`${PENDING}/old/1`]: 'old', [`${PENDING}/old/3`]: 'old' });
    put(dir, { 'a.yaml': 'by hand', 'b.yaml': 'by hand', 'c/f.yaml': 'by hand' });
    expect(recover(dir)).toEqual([]);
    expect(snapshot(dir)).toEqual({ 'a.yaml': 'by hand', 'b.yaml': 'by hand', c: '(folder)', 'c/f.yaml': 'by hand' });
  });
});
