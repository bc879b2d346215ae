import { describe, expect, it } from 'vitest';
import { applicationComplaints, objectComplaints } from '../../lib/checks/projects';
import { pathText } from '../../lib/checks/path';

const project = (spec: Record<string, unknown>) => ({ apiVersion: 'argoproj.io/v1alpha1', kind: 'AppProject', metadata: { name: 'tools' }, spec });
const application = (repoURL: string, namespace = 'tools') => ({ spec: { source: { repoURL }, destination: { server: 'https://kubernetes.default.svc', namespace } } });
const own = { sourceRepos: ['*'], destinations: [{ server: '*', namespace: '*' }] };

const takes = (sourceRepos: readonly string[], repository: string) => applicationComplaints(project({ ...own, sourceRepos }), application(repository)).length === 0;
const reaches = (destinations: readonly unknown[], namespace: string) => applicationComplaints(project({ ...own, destinations }), application('x', namespace)).length === 0;

// As Argo CD's docs and globs have it: * does not cross a slash, ** does, and ! forbids.
describe('a project takes from', () => {
  it.each([
    [['*'], 'https://example.org/a/b.git', true],
    [['https://example.org/*'], 'https://example.org/a', true],
    [['https://example.org/*'], 'https://example.org/a/b', false],
    [['https://example.org/**'], 'https://example.org/a/b', true],
    [['https://example.org/a'], 'https://example.org/a.git', true],
    [['ghcr.io/example'], 'oci://ghcr.io/example', false],
    [['ghcr.io/**', '!ghcr.io/secret/**'], 'ghcr.io/secret/a', false],
    [['ghcr.io/**', '!ghcr.io/secret/**'], 'ghcr.io/open/a', true],
    [['https://example.org/a+b'], 'https://example.org/aab', false],
    [[], 'https://example.org/a', false],
  ])('%j: %s is %s', (sourceRepos, repository, isTaken) => {
    expect(takes(sourceRepos, repository)).toBe(isTaken);
  });

  it('every source of several', () => {
    const two = { spec: { sources: [{ repoURL: 'a' }, { repoURL: 'b' }], destination: { namespace: 'x' } } };
    expect(applicationComplaints(project({ ...own, sourceRepos: ['a'] }), two).map(({ path }) => pathText(path))).toEqual(['spec.sources[1].repoURL']);
  });
});

describe('a project reaches', () => {
  it.each([
    [[{ server: 'https://kubernetes.default.svc', namespace: 'tools' }], 'tools', true],
    [[{ server: 'https://kubernetes.default.svc', namespace: 'tools-*' }], 'tools-1', true],
    [[{ server: 'https://kubernetes.default.svc', namespace: 'tools-*' }], 'tools', false],
    [[{ server: 'https://elsewhere', namespace: '*' }], 'tools', false],
    [[], 'tools', false],
  ])('%j: %s is %s', (destinations, namespace, isReached) => {
    expect(reaches(destinations, namespace)).toBe(isReached);
  });
});

describe('a project may touch', () => {
  const namespaced = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x', namespace: 'tools' } };
  const whole = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'x' } };
  const paths = (spec: Record<string, unknown>, object: typeof namespaced | typeof whole) => objectComplaints(project({ ...own, ...spec }), object).map(({ path }) => pathText(path));

  it('what has no namespace only where it is listed', () => {
    expect(paths({}, whole)).toEqual(['kind']);
    expect(paths({ clusterResourceWhitelist: [{ group: 'rbac.authorization.k8s.io', kind: '*' }] }, whole)).toEqual([]);
    expect(paths({ clusterResourceWhitelist: [{ group: '*', kind: '*', name: 'y' }] }, whole)).toEqual(['kind']);
  });

  it('what has one, unless the kinds are listed or the namespace is another', () => {
    expect(paths({}, namespaced)).toEqual([]);
    expect(paths({ namespaceResourceWhitelist: [{ group: '', kind: 'Secret' }] }, namespaced)).toEqual(['kind']);
    expect(paths({ destinations: [{ server: '*', namespace: 'other' }] }, namespaced)).toEqual(['metadata.namespace']);
  });
});
