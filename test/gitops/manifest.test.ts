import { Chart } from 'cdk8s';
import { expect, it } from 'vitest';
import { Unit } from '../../lib/gitops/folder';
import { KubernetesObject } from '../../lib/gitops/manifest';
import { repository } from '../homeserver/example';

it('an object is written word for word: nulls stay, and so does the order of keys', () => {
  const manifest = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' }, z: { limits: { cpu: null } }, a: 1 };
  const object = new KubernetesObject(new Chart(new Unit(repository, 'main.ts'), 'chart'), manifest);
  expect(JSON.stringify(object.toJson())).toBe(JSON.stringify(manifest));
});
