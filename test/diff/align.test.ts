import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { align } from '../../lib/diff/align';

const letters = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 12 });

it('has every member once, in order, and puts only equal ones side by side', () => {
  fc.assert(fc.property(letters, letters, (before, after) => {
    const aligned = align(before, after);
    expect(aligned.flatMap((one) => one.before ?? [])).toEqual(before.map((_, index) => index));
    expect(aligned.flatMap((one) => one.after ?? [])).toEqual(after.map((_, index) => index));
    expect(aligned.filter(({ before: i, after: j }) => i !== undefined && j !== undefined && before[i] !== after[j])).toEqual([]);
  }));
});

it('finds the longest common part', () => {
  const common = (a: string, b: string) => align([...a], [...b]).filter(({ before, after }) => before !== undefined && after !== undefined).length;
  expect(common('abcbdab', 'bdcaba')).toBe(4);
  expect(common('abc', 'xabc')).toBe(3);
  expect(common('abc', '')).toBe(0);
});

it('gives up on what is large beyond all reason, and is right all the same', () => {
  const before = Array.from({ length: 5000 }, (_, n) => `b${n}`);
  const after = Array.from({ length: 5000 }, (_, n) => `a${n}`);
  expect(align(['x', ...before, 'y'], ['x', ...after, 'y'])).toHaveLength(10_002);
});
