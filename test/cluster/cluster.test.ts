import { describe, expect, it } from 'vitest';
import { priorityClasses, resolveCluster, retainingClass } from '../../lib/cluster/cluster';
import type { ClusterOptions } from '../../lib/cluster/options';

const cluster = (own: Partial<ClusterOptions> = {}) =>
  resolveCluster({ provider: 'yandex-cloud', kubernetes: '1.32', nodes: [{ count: 3, cpu: '2', memory: '6Gi' }], ...own });

describe('a cluster', () => {
  it('brings its provider\'s storage classes and what a node can attach', () => {
    expect(cluster().storage).toEqual({ fast: 'yc-network-ssd', bulk: 'yc-network-hdd', fastRetain: 'fleet-fast-retain', bulkRetain: 'fleet-bulk-retain' });
    expect(cluster().nodes[0]!.volumes).toBe(7);
    expect(cluster({ provider: 'k3s' }).storage.fast).toBe('local-path');
  });

  it('takes what the user says instead', () => {
    expect(cluster({ storage: { bulkRetain: 'longhorn' }, nodePorts: { from: 20000, to: 22767 } })).toMatchObject({
      storage: { bulkRetain: 'longhorn', fast: 'yc-network-ssd' }, nodePorts: { from: 20000, to: 22767 },
    });
  });
});

describe('a retaining storage class', () => {
  it('keeps the disk, and waits for the pod\'s node', () => {
    expect(retainingClass(cluster(), 'fleet-bulk-retain')).toMatchObject({ reclaimPolicy: 'Retain', volumeBindingMode: 'WaitForFirstConsumer', parameters: { type: 'network-hdd' } });
  });

  it('is not made where the user names one of the cluster\'s own', () => {
    expect(retainingClass(cluster(), 'longhorn')).toBeUndefined();
  });
});

it('PostgreSQL comes first and monitoring gives way', () => {
  const { database, platform, homeserver, monitoring } = priorityClasses;
  const values = [database, platform, homeserver, monitoring].map(({ value }) => value);
  expect(values).toEqual([...values].sort((a, b) => b - a));
});
