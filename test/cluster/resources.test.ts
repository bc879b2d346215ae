import { expect, it } from 'vitest';
import { mergeResources, resources } from '../../lib/cluster/resources';

it('resources merge field by field', () => {
  expect(mergeResources(resources('100m', '256Mi', '1Gi'), { requests: { memory: '512Mi' }, limits: { cpu: '1' } })).toEqual({
    requests: { cpu: '100m', memory: '512Mi' },
    limits: { cpu: '1', memory: '1Gi' },
  });
});

it('a default has no CPU limit', () => {
  expect(resources('100m', '256Mi', '1Gi').limits).toEqual({ memory: '1Gi' });
});
