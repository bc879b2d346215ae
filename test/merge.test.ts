import { describe, expect, it } from 'vitest';
import { merge } from '../lib/merge';

describe('merge', () => {
  it('lays maps over each other key by key, and replaces everything else', () => {
    expect(merge({ a: { b: 1, c: [1, 2] }, d: 1 }, { a: { c: [3] }, e: 2 })).toEqual({ a: { b: 1, c: [3] }, d: 1, e: 2 });
  });

  it('keeps a null, which says something, and ignores what is undefined, which does not', () => {
    expect(merge({ a: 1, b: 2 }, { a: null, b: undefined })).toEqual({ a: null, b: 2 });
  });

  it('changes neither of the two', () => {
    const under = { a: { b: 1 } };
    const over = { a: { c: 2 } };
    merge(under, over);
    expect([under, over]).toEqual([{ a: { b: 1 } }, { a: { c: 2 } }]);
  });
});
