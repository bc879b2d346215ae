import { expect, it } from 'vitest';
import { emit } from '../../lib/gitops/emit';
import { PlatformUnit } from '../../lib/platform/unit';
import { platform } from './example';

it('the user\'s manifests are a folder with an Application of its own, word for word', () => {
  const manifest = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'tool', namespace: 'tools' }, data: { a: null } };
  const { documents } = emit(new PlatformUnit(platform({ manifests: [manifest] })));
  expect(documents.find(({ path }) => path === 'manifests/extra/tools-configmap-tool.yaml')?.manifest).toBe(manifest);
  const application = documents.find(({ path }) => path === 'argocd/apps/platform/extra.yaml')?.manifest;
  expect(application?.spec).toMatchObject({ source: { path: 'dist/manifests/extra' } });
});

it('without any, nothing is there of it', () => {
  const { documents } = emit(new PlatformUnit(platform()));
  expect(documents.filter(({ path }) => path.includes('extra'))).toEqual([]);
});

it('tells objects of one name in two namespaces apart', () => {
  const manifests = ['a', 'b'].map((namespace) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'tool', namespace } }));
  const { documents } = emit(new PlatformUnit(platform({ manifests })));
  expect(documents.map(({ path }) => path).filter((path) => path.startsWith('manifests/extra/'))).toEqual([
    'manifests/extra/a-configmap-tool.yaml', 'manifests/extra/b-configmap-tool.yaml',
  ]);
});
