import { describe, expect, it } from 'vitest';
import { parseQuantity } from '../../lib/checks/quantity';

describe('a quantity', () => {
  it.each<[unknown, number]>([
    ['100m', 0.1], ['2', 2], [2, 2], ['1Gi', 2 ** 30], ['1.5Gi', 1.5 * 2 ** 30], ['500M', 5e8], ['1e3', 1000], ['.5', 0.5], ['1E', 1e18], ['-1', -1], ['+2k', 2000],
  ])('%s is %d', (quantity, number) => {
    expect(parseQuantity(quantity)).toBeCloseTo(number, 9);
  });

  it.each(['', 'junk', '1 Gi', '1gi', '1GiB', '1e', '1mm', NaN, null, true])('%s is none', (quantity) => {
    expect(parseQuantity(quantity)).toBeUndefined();
  });
});
