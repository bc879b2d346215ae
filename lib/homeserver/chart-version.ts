import type { ChartVersion } from './options';

/** The supported versions of the ESS chart, oldest first. */
export const chartVersions: readonly ChartVersion[] = ['26.2.3', '26.6.1', '26.7.2', '26.8.1'];

/** Whether a chart version has what came with the given release, e.g. `has('26.6.1', '26.7.0')` is false. */
export function has(version: ChartVersion, release: string): boolean {
  return compareVersions(version, release) >= 0;
}

/** Compares versions of three numbers, as `sort` wants it. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [numbersOf(a), numbersOf(b)];
  for (let i = 0; i < 3; i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** What was read before: there are a few versions, and every homeserver asks for them. */
const read = new Map<string, readonly number[]>();

function numbersOf(version: string): readonly number[] {
  let numbers = read.get(version);
  if (numbers === undefined) read.set(version, numbers = version.split('.').map(Number));
  return numbers;
}
