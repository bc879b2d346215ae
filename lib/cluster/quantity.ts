const units: Readonly<Record<string, number>> = {
  '': 1, k: 1e3, M: 1e6, G: 1e9, T: 1e12, Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40,
};

/**
 * Bytes of a size as the options take it: `512Mi`, `1.5Gi`, `1G`.
 * @throws RangeError - no such size: the options' schema has let it pass, which is a bug of ours
 */
export function bytes(size: string): number {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)([A-Za-z]*)$/.exec(size) ?? [];
  const factor = units[unit];
  if (number === undefined || factor === undefined) throw new RangeError(`${size} is no size`);
  return Number(number) * factor;
}
