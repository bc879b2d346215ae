import { expect, it } from 'vitest';
import { quotaObjects } from '../../lib/homeserver/quota';
import { demo } from './example';

it('a quota bounds what is named, and every container gets amounts', () => {
  const [quota, range] = quotaObjects(demo({ quota: { cpu: '2', memory: '6Gi' } }));
  expect(quota).toHaveProperty('spec.hard', { 'requests.cpu': '2', 'limits.memory': '6Gi' });
  expect(range).toHaveProperty('spec.limits', [{ type: 'Container', defaultRequest: { cpu: '10m', memory: '64Mi' }, default: { memory: '256Mi' } }]);
});

it('there is none by default', () => expect(quotaObjects(demo())).toEqual([]));
