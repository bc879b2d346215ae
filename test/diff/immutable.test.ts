import { describe, expect, it } from 'vitest';
import { isImmutable } from '../../lib/diff/immutable';
import type { Manifest } from '../../lib/gitops/manifest';

const object = (apiVersion: string, kind: string, rest: object = {}): Manifest => ({ apiVersion, kind, metadata: { name: 'a' }, ...rest });

/** Each as the API server 1.32 answered: what, where, from, to, whether it refuses. */
const verdicts: readonly (readonly [Manifest, string, unknown, unknown, boolean])[] = [
  [object('v1', 'PersistentVolumeClaim'), 'spec storageClassName', 'a', 'b', true],
  [object('v1', 'PersistentVolumeClaim'), 'spec resources requests storage', '1Gi', '2Gi', false],
  [object('v1', 'PersistentVolumeClaim'), 'metadata labels a', 'a', 'b', false],
  [object('storage.k8s.io/v1', 'StorageClass'), 'parameters type', 'a', 'b', true],
  [object('storage.k8s.io/v1', 'StorageClass'), 'allowVolumeExpansion', true, false, false],
  [object('storage.k8s.io/v1', 'StorageClass'), 'reclaimPolicy', 'Retain', undefined, true],
  [object('storage.k8s.io/v1', 'StorageClass'), 'reclaimPolicy', 'Delete', undefined, false],
  [object('scheduling.k8s.io/v1', 'PriorityClass'), 'value', 1, 2, true],
  [object('scheduling.k8s.io/v1', 'PriorityClass'), 'globalDefault', false, true, false],
  [object('apps/v1', 'Deployment'), 'spec selector matchLabels a', 'a', 'b', true],
  [object('apps/v1', 'Deployment'), 'spec template metadata labels b', 'a', 'b', false],
  [object('apps/v1', 'StatefulSet'), 'spec volumeClaimTemplates', [], [{}], true],
  [object('apps/v1', 'StatefulSet'), 'spec serviceName', 'a', 'b', true],
  [object('apps/v1', 'StatefulSet'), 'spec replicas', 1, 2, false],
  [object('batch/v1', 'Job'), 'spec template spec nodeSelector a', 'a', 'b', true],
  [object('batch/v1', 'Job', { spec: { suspend: true } }), 'spec template spec nodeSelector a', 'a', 'b', false],
  [object('batch/v1', 'Job', { spec: { suspend: true } }), 'spec template spec restartPolicy', 'Never', 'OnFailure', true],
  [object('batch/v1', 'Job'), 'spec parallelism', 1, 2, false],
  [object('v1', 'Service'), 'spec clusterIP', 'None', '10.96.0.9', true],
  [object('v1', 'Service'), 'spec clusterIP', undefined, '10.96.0.9', false],
  [object('v1', 'ConfigMap', { immutable: true }), 'data a', 'a', 'b', true],
  [object('v1', 'ConfigMap'), 'data a', 'a', 'b', false],
  [object('v1', 'Secret'), 'type', 'Opaque', 'example.org/a', true],
  [object('rbac.authorization.k8s.io/v1', 'RoleBinding'), 'roleRef name', 'a', 'b', true],
  [object('rbac.authorization.k8s.io/v1', 'RoleBinding'), 'subjects', [], [{}], false],
  [object('networking.k8s.io/v1', 'IngressClass'), 'spec controller', 'a', 'b', true],
  [object('v1', 'PersistentVolume'), 'spec csi volumeHandle', 'a', 'b', true],
  [object('v1', 'PersistentVolume'), 'spec persistentVolumeReclaimPolicy', 'Retain', 'Delete', false],
  [object('v1', 'Pod'), 'spec containers [c] image', 'a', 'b', false],
  [object('v1', 'Pod'), 'spec containers [c] env', 'a', 'b', true],
  [object('postgresql.cnpg.io/v1', 'Database'), 'spec name', 'a', 'b', true],
  [object('postgresql.cnpg.io/v1', 'Database'), 'spec template', 'template0', undefined, false],
  [object('postgresql.cnpg.io/v1', 'Database'), 'spec owner', 'a', 'b', false],
  [object('postgresql.cnpg.io/v1', 'DatabaseRole'), 'spec cluster name', 'a', 'b', true],
  [object('postgresql.cnpg.io/v1', 'ScheduledBackup'), 'spec cluster name', 'a', 'b', true],
  [object('postgresql.cnpg.io/v1', 'Cluster'), 'spec instances', 3, 2, false],
  [object('example.org/v1', 'Database'), 'spec name', 'a', 'b', false],
];

describe('isImmutable', () => {
  it.each(verdicts)('%j: %s from %j to %j is refused: %j', (before, path, from, to, refused) => {
    expect(isImmutable(before, { path: path.split(' '), before: from, after: to })).toBe(refused);
  });
});
