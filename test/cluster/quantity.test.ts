import { describe, expect, it } from 'vitest';
import { bytes } from '../../lib/cluster/quantity';

describe('bytes', () => {
  it.each([['512', 512], ['1k', 1000], ['1.5Gi', 1.5 * 2 ** 30], ['256Mi', 2 ** 28], ['2T', 2e12]])('of %s are %d', (size, expected) => {
    expect(bytes(size)).toBe(expected);
  });

  it.each(['', 'Gi', '1Xi', '1 Gi', '-1Gi'])('of %j are none', (size) => {
    expect(() => bytes(size)).toThrow(RangeError);
  });
});
