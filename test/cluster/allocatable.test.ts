import { expect, it } from 'vitest';
import { allocatable } from '../../lib/cluster/allocatable';
import { resolveCluster } from '../../lib/cluster/cluster';
import type { ClusterOptions } from '../../lib/cluster/options';

const of = (provider: ClusterOptions['provider'], node: Partial<ClusterOptions['nodes'][number]> = {}) =>
  allocatable(resolveCluster({ provider, kubernetes: '1.32', nodes: [{ count: 3, cpu: '2', memory: '6Gi', ...node }] }))[0]!;
const mi = 2 ** 20;

it('in Yandex Cloud is what its published reservation and the system\'s pods leave', () => {
  // 2 cores: 70m less. 6 GiB: a quarter of four, a fifth of two, and 100 MiB.
  expect(of('yandex-cloud')).toEqual({ cpu: 2000 - 70 - 200, memory: Math.floor((6144 - 1024 - 409.6 - 100 - 192) * mi), volumes: 7 });
  expect(of('yandex-cloud', { cpu: '8', memory: '16Gi' })).toMatchObject({ cpu: 8000 - 90 - 200, memory: Math.floor((16384 - 1024 - 819.2 - 819.2 - 100 - 192) * mi) });
});

it('in k3s is all but the system\'s pods, with any number of volumes', () => {
  expect(of('k3s')).toEqual({ cpu: 1800, memory: (6144 - 192) * mi, volumes: Infinity });
});

it('is what the user says, and never less than nothing', () => {
  expect(of('yandex-cloud', { reserved: { cpu: '500m', memory: '1Gi' }, volumes: 3 })).toEqual({ cpu: 1500, memory: 5120 * mi, volumes: 3 });
  expect(of('yandex-cloud', { cpu: '100m' }).cpu).toBe(0);
});
