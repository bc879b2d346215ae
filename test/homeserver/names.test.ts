import { expect, it } from 'vitest';
import { databaseName, namesOf } from '../../lib/homeserver/names';

it('the longest name leaves room for the chart\'s longest suffixes', () => {
  // 63 for a Service and a label, 52 for a StatefulSet, whose label gets a hash of its revision.
  const { release } = namesOf('a'.repeat(22));
  expect(`${release}-matrix-rtc-authorisation-service`.length).toBeLessThanOrEqual(63);
  expect(`${release}-synapse-presence-write`.length).toBeLessThanOrEqual(52);
  expect(databaseName('synapse', 'a'.repeat(22)).length).toBeLessThanOrEqual(63);
});
