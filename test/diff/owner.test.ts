import { expect, it } from 'vitest';
import { ownerOf } from '../../lib/diff/owner';

const application = (path?: string) => ({ apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', metadata: { name: 'x' }, spec: { source: path === undefined ? { chart: 'matrix-stack' } : { path } } });

it.each([
  ['argocd/apps/homeservers/matrix-demo.yaml', application(), 'demo'],
  ['argocd/apps/homeservers/matrix-demo-base.yaml', application('dist/manifests/matrix-demo-base'), 'demo'],
  ['argocd/apps/homeservers/matrix-demo-databases.yaml', application('dist/manifests/matrix-demo-databases'), 'demo'],
  ['argocd/apps/homeservers/matrix-demo-base.yaml', application(), 'demo-base'],
  ['argocd/apps/homeservers/matrix-demo-base-base.yaml', application('dist/manifests/matrix-demo-base-base'), 'demo-base'],
  ['argocd/apps/homeservers/project-matrix-demo.yaml', undefined, 'demo'],
  ['argocd/apps/homeservers/project-databases-matrix-demo.yaml', undefined, 'demo'],
  ['manifests/matrix-demo-base/networkpolicy-isolation.yaml', undefined, 'demo'],
  ['manifests/matrix-demo-databases/database-mas-demo.yaml', undefined, 'demo'],
  ['bootstrap/secrets/matrix-demo.list', undefined, 'demo'],
])('%s is a homeserver\'s', (path, manifest, name) => expect(ownerOf(path, manifest)).toEqual({ kind: 'homeserver', name }));

it.each([
  ['argocd/apps/platform/postgres.yaml', 'postgres'],
  ['argocd/apps/platform/project-platform.yaml', 'projects'],
  ['argocd/apps/homeservers/project-databases.yaml', 'projects'],
  ['argocd/app-of-apps.yaml', 'roots'],
  ['manifests/postgres/cluster-shared-pg.yaml', 'postgres'],
  ['bootstrap/gitea/deployment-gitea.yaml', 'gitea'],
  ['bootstrap/argocd/values.yaml', 'argocd'],
  ['bootstrap/secrets.sh', 'secrets'],
  ['bootstrap/secrets/platform.list', 'secrets'],
])('%s is a component\'s', (path, name) => expect(ownerOf(path)).toEqual({ kind: 'component', name }));
