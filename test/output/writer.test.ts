import { chmodSync, existsSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Finding } from '../../lib/finding';
import { compare } from '../../lib/output/compare';
import { PENDING } from '../../lib/output/folder';
import { write } from '../../lib/output/writer';
import { intercept } from './faults';
import { after, before, chmod, done, holding, modesCount, old, put, scratch, snapshot, treeOf, wanted } from './scratch';

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
    const identity = (): unknown[] => [...after.keys()].map((path) => {
      const { ino, mtimeMs, ctimeMs } = statSync(join(dir, path));
      return [ino, mtimeMs, ctimeMs];
    });
    const untouched = identity();
    expect(write(dir, after)).toMatchObject({ added: [], changed: [], stale: [], unchanged: after.size });
    expect(identity()).toEqual(untouched);
  });

  it('counts what a user edited in a generated file as changed, and writes it again', () => {
    const dir = holding(after);
    put(dir, { 'changed.yaml': `${after.get('changed.yaml')}edited: true\n` });
    expect(write(dir, after)).toMatchObject({ changed: ['changed.yaml'] });
    expect(snapshot(dir)).toEqual(wanted());
  });

  it('never overwrites what comes in its way at the last moment', () => {
    const dir = holding(before);
    const stop = intercept(({ name }) => {
      if (name === 'renameSync') put(dir, { 'apps/come.yaml': 'by hand' });
    });
    onTestFinished(stop);
    expect(write(dir, after)).toMatchObject([{ rule: 'file-in-the-way', file: 'dist/apps/come.yaml' }]);
    stop();
    expect(snapshot(dir)).toEqual({ ...old(), 'apps/come.yaml': 'by hand' });
  });

  it('writes scripts that can be run', () => {
    const dir = scratch();
    write(dir, after);
    expect(statSync(join(dir, 'come/deep/run.sh')).mode & 0o100).toBe(0o100);
    expect(statSync(join(dir, 'come/a.yaml')).mode & 0o111).toBe(0);
  });

  it.skipIf(process.platform === 'win32')('lets a script be run again that could not be', () => {
    const dir = holding(after);
    const script = join(dir, 'come/deep/run.sh');
    chmodSync(script, 0o644);
    expect(compare(dir, after)).toMatchObject({ changed: ['come/deep/run.sh'] });
    expect(write(dir, after)).toMatchObject({ added: [], changed: ['come/deep/run.sh'], stale: [] });
    expect(statSync(script).mode & 0o100).toBe(0o100);
    expect(write(dir, after)).toMatchObject({ changed: [], unchanged: after.size });
  });

  it('writes again what a crash of the system has emptied, and nobody else\'s empty file', () => {
    const dir = holding(after);
    put(dir, { 'apps/.gitkeep': '' });
    const intact = snapshot(dir);
    put(dir, { 'changed.yaml': '', 'come/deep/run.sh': '' });
    expect(write(dir, after)).toMatchObject({ added: [], changed: ['changed.yaml', 'come/deep/run.sh'], stale: [] });
    expect(snapshot(dir)).toEqual(intact);
    put(dir, { 'theirs/empty': '' });
    expect(write(dir, treeOf({ 'theirs/empty/a.yaml': '' }))).toMatchObject([{ rule: 'file-in-the-way', file: 'dist/theirs/empty' }]);
  });

  it('says which names are too long for a file system, before anything is written', () => {
    const dir = holding(before);
    const [longest, tooLong] = ['x'.repeat(255), 'x'.repeat(256)];
    const found = (path: string): object => ({
      rule: 'name-too-long', severity: 'error', file: `dist/${path}`, path: '',
      message: 'has a name of more than 255 bytes', fix: 'shorten the name of the object that it holds',
    });
    const tree = treeOf({ [longest]: '', [tooLong]: '', [`come/${tooLong}/a`]: '', [`turns/${tooLong}`]: '' });
    const expected = [tooLong, `come/${tooLong}/a`, `turns/${tooLong}`].map(found);
    for (const outcome of [compare(dir, tree), write(dir, tree)]) {
      expect(outcome).toHaveLength(expected.length);
      expect(outcome).toEqual(expect.arrayContaining(expected));
    }
    expect(snapshot(dir)).toEqual(old());
    expect(write(dir, treeOf({ [longest]: '' }))).toMatchObject({ added: [longest] });
  });

  it('says that a path as a whole is too long', () => {
    const dir = scratch();
    const path = Array<string>(20).fill('x'.repeat(250)).join('/');
    expect(write(dir, treeOf({ [path]: '' }))).toMatchObject([{ rule: 'name-too-long', file: 'dist' }]);
    expect(existsSync(dir)).toBe(false);
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
    expect((found as Finding[]).map(({ rule, file, message, fix }) => `${file} ${message}; ${fix} [${rule}]`).sort()).toEqual([
      ['apps/come.yaml', 'a link or a device'], ['come/a.yaml', 'a file'], ['swaps', 'a folder with files'],
    ].map(([path, kind]) =>
      `dist/${path} is ${kind} that matrix-fleet did not write, where a file must go; move it elsewhere, or delete it [file-in-the-way]`));
    expect(snapshot(dir)).toEqual(untouched);
  });

  it('says that a file is where dist must go', () => {
    const dir = scratch();
    writeFileSync(dir, 'a file');
    expect(write(dir, after)).toMatchObject([{ rule: 'file-in-the-way', file: 'dist', message: 'is a file where a folder must go' }]);
  });

  it.runIf(modesCount)('says that a folder cannot be written (not as root, whom no mode keeps out)', () => {
    const dir = holding(before);
    chmod(join(dir, 'apps'), 0o555);
    expect(write(dir, after)).toMatchObject([{ rule: 'dist-not-writable', file: 'dist/apps/gone.yaml' }]);
    expect(snapshot(dir)).toEqual(old());
  });

  it.runIf(modesCount)('says what cannot be read (not as root, whom no mode keeps out)', () => {
    const dir = holding(before);
    chmod(join(dir, 'changed.yaml'), 0o000);
    chmod(join(dir, 'left'), 0o000);
    const found = write(dir, after) as Finding[];
    const rule = 'dist-not-readable';
    found.sort((a, b) => (a.file < b.file ? -1 : 1));
    expect(found).toMatchObject([{ rule, file: 'dist/changed.yaml' }, { rule, file: 'dist/left' }]);
  });
});
