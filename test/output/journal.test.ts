import { spawnSync } from 'node:child_process';
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { PENDING } from '../../lib/output/folder';
import { recover, write } from '../../lib/output/writer';
import { type Call, intercept, systemError } from './faults';
import { callOf, program } from './program';
import { after, before, done, holding, old, put, scratch, snapshot, wanted } from './scratch';

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
    let result: ReturnType<typeof write>;
    try {
      result = write(dir, after);
    } finally {
      stop();
    }
    if (hits === 0) return n - 1;
    const findings = Array.isArray(result) ? result : [];
    const goal = findings.length > 0 ? untouched : target;
    expect({ n, holds: snapshot(dir) }).toEqual({ n, holds: goal });
    for (const { file, message } of findings) expect(`${file}: ${message}`).toMatch(new RegExp(`^dist.*${code}`));
    expect(recover(dir)).toEqual([]);
    expect(readdirSync(dir)).not.toContain(PENDING);
    expect(snapshot(dir)).toEqual(goal);
  }
}

describe('a change that fails', () => {
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
    const fix = 'free some space, then run the command again';
    expect(write(dir, after)).toEqual([
      { rule: 'disk-full', severity: 'error', file: 'dist', path: '', message: 'cannot be written (ENOSPC: told to fail)', fix },
    ]);
  });
});

describe('a process', () => {
  const file = program();

  it('that is killed before any change leaves the old tree or the new one to the next command', () => {
    const [untouched, target] = [old(), wanted()];
    const outcomes = { old: 0, new: 0 };
    for (let n = 1; ; n++) {
      const dir = holding(before);
      const { signal } = spawnSync(process.execPath, [...callOf(file, dir, after), String(n)]);
      expect(recover(dir)).toEqual([]);
      expect(readdirSync(dir)).not.toContain(PENDING);
      const isNew = readFileSync(join(dir, 'changed.yaml'), 'utf8') === after.get('changed.yaml');
      expect({ n, holds: snapshot(dir) }).toEqual({ n, holds: isNew ? target : untouched });
      if (signal === null) break;
      outcomes[isNew ? 'new' : 'old']++;
      expect(write(dir, after)).not.toBeInstanceOf(Array);
      expect(snapshot(dir)).toEqual(target);
    }
    expect(outcomes.old).toBeGreaterThan(30);
    expect(outcomes.new).toBeGreaterThan(3);
  });
});

describe('recover', () => {
  it.each([
    '', '[{"path":"changed.yaml","com', '\0\0\0', 'null', '{}', '[null]', '["changed.yaml"]', '[{"path":"lost.yaml"}]', '[{"comes":true}]',
  ])('takes a damaged journal for none: %j', (journal) => {
    const dir = holding(before);
    put(join(dir, PENDING), { journal, 'new/0': 'new', 'old/0': 'old' });
    expect(recover(dir)).toEqual([]);
    expect(readdirSync(dir)).not.toContain(PENDING);
    expect(snapshot(dir)).toEqual(old());
    expect(write(dir, after)).toEqual(done);
    expect(snapshot(dir)).toEqual(wanted());
  });

  it('does nothing where nothing is pending', () => {
    const dir = scratch();
    expect(recover(dir)).toEqual([]);
    expect(lstatSync(dir, { throwIfNoEntry: false })).toBeUndefined();
  });

  it('leaves alone what somebody has put into a half-done change since', () => {
    const dir = scratch();
    const journal = [
      { path: 'a.yaml', comes: true }, { path: 'b.yaml', comes: false }, { path: 'c', comes: true }, { path: 'd/e.yaml', comes: false },
    ];
    put(dir, { [`${PENDING}/journal`]: JSON.stringify(journal) });
    put(join(dir, PENDING, 'old'), { 0: 'old', 1: 'old', 3: 'old' });
    put(dir, { 'a.yaml': 'by hand', 'b.yaml': 'by hand', 'c/f.yaml': 'by hand' });
    expect(recover(dir)).toEqual([]);
    expect(snapshot(dir)).toEqual({ 'a.yaml': 'by hand', 'b.yaml': 'by hand', c: '(folder)', 'c/f.yaml': 'by hand' });
  });
});
