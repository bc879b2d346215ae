import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { compare } from '../../lib/output/compare';
import { PENDING } from '../../lib/output/folder';
import { intercept } from './faults';
import { after, before, done, holding, put, scratch, snapshot, treeOf } from './scratch';

describe('compare', () => {
  it('says how a folder differs, and writes nothing', () => {
    const dir = holding(before);
    const untouched = snapshot(dir);
    const stop = intercept((call) => expect(call).toMatchObject({ isChange: false }));
    onTestFinished(stop);
    expect(compare(dir, after)).toEqual(done);
    stop();
    expect(snapshot(dir)).toEqual(untouched);
  });

  it('takes a folder that does not exist for an empty one', () => {
    expect(compare(scratch(), after)).toMatchObject({ added: [...after.keys()].sort(), unchanged: 0 });
  });

  it('compares bytes, not letters', () => {
    const dir = scratch();
    const tree = treeOf({ 'a.yaml': 'Привет \ufffd', 'long.yaml': 'x'.repeat(200_000) });
    put(dir, tree);
    expect(compare(dir, tree)).toMatchObject({ changed: [], unchanged: 2 });
    const bytes = Buffer.from(tree.get('a.yaml')!);
    writeFileSync(join(dir, 'a.yaml'), Buffer.concat([bytes.subarray(0, -3), Buffer.from([0xff, 0xfe, 0xfd])]));
    put(dir, { 'long.yaml': `${tree.get('long.yaml')}y` });
    expect(compare(dir, tree)).toMatchObject({ changed: ['a.yaml', 'long.yaml'], unchanged: 0 });
  });

  it('overlooks what is pending, follows no link, and takes an empty folder for nobody\'s', () => {
    const dir = scratch();
    put(dir, { [`${PENDING}/new/0`]: 'x' });
    put(dir, treeOf({ 'a/x.yaml': '' }));
    symlinkSync('a', join(dir, 'link'));
    mkdirSync(join(dir, 'a/empty'));
    expect(compare(dir, new Map())).toEqual({ added: [], changed: [], stale: ['a/x.yaml'], foreign: ['link'], unchanged: 0 });
  });

  it('says that a file is where the folder should be', () => {
    const dir = scratch();
    writeFileSync(dir, '');
    expect(compare(dir, after)).toEqual([
      {
        rule: 'file-in-the-way', severity: 'error', file: 'dist', path: '', message: 'is a file where a folder must go',
        fix: 'move it elsewhere, or delete it',
      },
    ]);
  });
});
