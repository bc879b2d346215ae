import { expect, it } from 'vitest';
import { emit } from '../../lib/gitops/emit';
import { HomeserverUnit } from '../../lib/homeserver/unit';
import { PlatformUnit } from '../../lib/platform/unit';
import { demo, repository } from '../homeserver/example';
import { objectsOf, platform } from './example';

const project = (name: string, of = platform()) => objectsOf(of).get('AppProject', name).spec;
const reached = (spec: any) => spec.destinations.map(({ namespace }: any) => namespace);

it('every Application of the platform may come from where it comes from and go where it goes', () => {
  const { all } = objectsOf(platform());
  const applications: any[] = all.filter(({ kind, spec }: any) => kind === 'Application' && spec.project === 'platform');
  expect(applications.length).toBeGreaterThan(10);
  const { sourceRepos } = project('platform');
  for (const { spec } of applications) {
    expect(sourceRepos).toContain(spec.source.repoURL);
    expect(reached(project('platform'))).toContain(spec.destination.namespace);
  }
});

it('the platform reaches every namespace that an object of its own is in, the user\'s included', () => {
  const manifests = [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'tools' } },
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'tool', namespace: 'elsewhere' } },
  ];
  const of = platform({ manifests });
  const used = emit(new PlatformUnit(of)).documents.flatMap(({ manifest: { metadata } }) => metadata.namespace ?? []);
  expect(reached(project('platform', of))).toEqual(expect.arrayContaining([...used, 'tools']));
});

it('roles and databases are all that a homeserver\'s database Application may touch, and in the database namespace only', () => {
  expect(project('databases')).toEqual({
    sourceRepos: [repository.url],
    destinations: [{ server: 'https://kubernetes.default.svc', namespace: 'cnpg' }],
    clusterResourceWhitelist: [],
    namespaceResourceWhitelist: [{ group: 'postgresql.cnpg.io', kind: 'DatabaseRole' }, { group: 'postgresql.cnpg.io', kind: 'Database' }],
  });
  const objects = emit(new HomeserverUnit(demo(), repository)).documents
    .filter(({ path }) => path.startsWith('manifests/matrix-demo-databases/'));
  expect(new Set(objects.map(({ manifest }) => manifest.kind))).toEqual(new Set(['DatabaseRole', 'Database']));
});

it('the folder of the homeservers is there when there are none, for its root to read', () => {
  const paths = emit(new PlatformUnit(platform())).documents.map(({ path }) => path);
  expect(paths.filter((path) => path.startsWith('argocd/apps/homeservers/'))).toEqual(['argocd/apps/homeservers/project-databases.yaml']);
});

it('what names no project may do nothing', () => {
  expect(project('default')).toEqual({ sourceRepos: [], destinations: [], clusterResourceWhitelist: [] });
});
