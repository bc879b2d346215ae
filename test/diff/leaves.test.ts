import { describe, expect, it } from 'vitest';
import { mutations, silence } from '../../bench/leaves';
import { synthesise } from '../../lib/cli/synthesis';
import { fixture, root } from '../cli/fleet-folder';

/** A small generator of numbers below 1 (mulberry32), so that the sample is the same everywhere. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe('a leaf of a tree that changes', () => {
  it('is always told, with an effect, and with all words filled in (one in twenty; all of dist/: bench/leaves.ts)', async () => {
    const next = numbers(4);
    const sample = [...mutations((await synthesise(fixture, root)).tree)].filter(() => next() < 0.05);
    expect(sample.length).toBeGreaterThan(100);
    expect(sample.flatMap((mutation) => silence(mutation) ?? [])).toEqual([]);
  });
});
