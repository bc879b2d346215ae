import { describe, expect, it } from 'vitest';
import { valueAt } from '../../lib/checks/path';
import { emit } from '../../lib/gitops/emit';
import { HomeserverUnit } from '../../lib/homeserver/unit';
import { PlatformUnit } from '../../lib/platform/unit';
import { demo, repository } from '../homeserver/example';
import { platform } from './example';

const emitted = emit(new PlatformUnit(platform())).documents;
const bundle = emitted.filter(({ path }) => path === 'argocd/app-of-apps.yaml');
const roots = bundle.map(({ manifest }) => manifest).filter(({ kind }) => kind === 'Application');

describe('argocd/app-of-apps.yaml', () => {
  it('is the only file of several objects: the project first, then the roots that run in it', () => {
    expect(bundle.map(({ manifest }) => `${manifest.kind} ${manifest.metadata.name}`)).toEqual([
      'AppProject roots', 'Application platform', 'Application homeservers',
    ]);
    expect(emitted.filter(({ bundled }) => bundled)).toEqual(bundle);
    const single = emitted.filter(({ bundled }) => !bundled).map(({ path }) => path);
    expect(new Set(single).size).toBe(single.length);
  });

  it('has roots of the folders in which the Applications are', () => {
    const homeserver = emit(new HomeserverUnit(demo(), repository)).documents;
    const folders = [...emitted, ...homeserver].filter(({ manifest, bundled }) => manifest.kind === 'Application' && !bundled)
      .map(({ path }) => `dist/${path.slice(0, path.lastIndexOf('/'))}`);
    expect(roots.map((one) => valueAt(one, ['spec', 'source', 'path']))).toEqual([...new Set(folders)]);
  });

  it('has roots that take along what is gone from git, but nothing that it made, and that never stop trying', () => {
    for (const one of roots) {
      expect(one.metadata).not.toHaveProperty('finalizers');
      expect(one).toHaveProperty('spec.syncPolicy.automated', { prune: true, selfHeal: true });
      expect(one).toHaveProperty('spec.syncPolicy.retry.limit', -1);
    }
  });

  it('lets the roots make Applications and projects from the fleet\'s repository, and nothing else', () => {
    expect(bundle[0]!.manifest.spec).toEqual({
      sourceRepos: [repository.url],
      destinations: [{ server: 'https://kubernetes.default.svc', namespace: 'argocd' }],
      clusterResourceWhitelist: [],
      namespaceResourceWhitelist: [{ group: 'argoproj.io', kind: 'Application' }, { group: 'argoproj.io', kind: 'AppProject' }],
    });
  });
});

it('every Application of the platform has a wave, so that its root can order them', () => {
  const applications = emitted.filter(({ manifest, bundled }) => manifest.kind === 'Application' && !bundled);
  expect(applications.length).toBeGreaterThan(10);
  for (const { manifest } of applications) expect(manifest.metadata.annotations).toHaveProperty(['argocd.argoproj.io/sync-wave']);
});
