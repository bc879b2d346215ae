import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { didYouMean, editDistance, nearest } from '../../lib/checks/suggest';

describe('nearest', () => {
  it.each([
    ['serverNaem', 'serverName'], ['SERVERNAME', 'serverName'], ['replica', 'replicas'], ['hst', 'host'],
  ])('%s is a slip of %s', (word, meant) => {
    expect(nearest(word, ['host', 'replicas', 'serverName'])).toBe(meant);
  });

  it('knows nothing near a word of another kind, or for a word that is known', () => {
    expect(nearest('tolerations', ['host', 'replicas'])).toBeUndefined();
    expect(nearest('host', ['hosts', 'host'])).toBeUndefined();
  });
});

describe('didYouMean', () => {
  it('names the near word, else the whole of a short list, else nothing', () => {
    expect(didYouMean('hsot', ['host', 'mas'])).toBe('did you mean host?');
    expect(didYouMean('zzz', ['mas', 'host'])).toBe('known here: host, mas');
    expect(didYouMean('zzz', Array.from({ length: 31 }, (_, index) => `key${index}`))).toBeUndefined();
  });
});

describe('editDistance', () => {
  it('counts a swap of neighbours as one', () => {
    expect(editDistance('ab', 'ba', 3)).toBe(1);
    expect(editDistance('kitten', 'sitting', 3)).toBe(3);
  });

  it('is symmetrical, zero for equal words alone, and never more than the longer word', () => {
    const word = fc.string({ maxLength: 8, unit: fc.constantFrom('a', 'b', 'c') });
    fc.assert(fc.property(word, word, (a, b) => {
      const distance = editDistance(a, b, 8);
      expect(distance).toBe(editDistance(b, a, 8));
      expect(distance === 0).toBe(a === b);
      expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length));
    }));
  });
});
