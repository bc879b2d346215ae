import { expect, it } from 'vitest';
import { chartVersions, compareVersions, has } from '../../lib/homeserver/chart-version';

it('versions compare by number, not by letter', () => {
  expect(compareVersions('26.10.0', '26.9.1')).toBeGreaterThan(0);
  expect(compareVersions('26.8.1', '26.8.1')).toBe(0);
  expect([...chartVersions].sort(compareVersions)).toEqual(chartVersions);
});

it('a version has what came with an earlier release', () => {
  expect(has('26.6.1', '26.7.0')).toBe(false);
  expect(has('26.7.2', '26.7.0')).toBe(true);
});
