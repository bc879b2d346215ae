import { describe, expect, it } from 'vitest';
import { FolderApplication, HelmApplication } from '../../lib/gitops/application';
import { Folder, Unit } from '../../lib/gitops/folder';
import { repository } from '../homeserver/example';

const folder = () => new Folder(new Unit(repository, 'main.ts'), 'argocd/apps/platform');
const props = { name: 'tool', project: 'platform', namespace: 'tools' };
const chart = { repoURL: 'https://charts.example.net', chart: 'tool', version: '1.2.3' };

describe('an Application', () => {
  it('of a folder reads it from the fleet\'s own repository, below dist/', () => {
    expect(new FolderApplication(folder(), { ...props, folder: { path: 'manifests/tool' } }).toJson()['spec']).toMatchObject({
      source: { repoURL: repository.url, targetRevision: 'main', path: 'dist/manifests/tool' },
    });
  });

  it('of a folder needs no path before it where dist/ is the repository', () => {
    const unit = new Folder(new Unit({ ...repository, path: '' }, 'main.ts'), 'argocd/apps/platform');
    expect(new FolderApplication(unit, { ...props, folder: { path: 'manifests/tool' } }).toJson()).toHaveProperty(['spec', 'source', 'path'], 'manifests/tool');
  });

  it('of a chart says the release name, since every name in the chart derives from it', () => {
    const spec = (releaseName?: string) => new HelmApplication(folder(), { ...props, source: chart, values: {}, ...releaseName && { releaseName } }).toJson();
    expect(spec()).toHaveProperty(['spec', 'source', 'helm', 'releaseName'], 'tool');
    expect(spec('other')).toHaveProperty(['spec', 'source', 'helm', 'releaseName'], 'other');
  });

  it('keeps the nulls of its values', () => {
    const application = new HelmApplication(folder(), { ...props, source: chart, values: { limits: { cpu: null } } });
    expect(application.toJson()).toHaveProperty(['spec', 'source', 'helm', 'valuesObject', 'limits', 'cpu'], null);
  });

  it('retries without end and takes the newest commit each time', () => {
    expect(new HelmApplication(folder(), { ...props, source: chart, values: {} }).toJson()).toHaveProperty(['spec', 'syncPolicy', 'retry'],
      { limit: -1, refresh: true, backoff: { duration: '10s', factor: 2, maxDuration: '3m' } });
  });

  it('does nothing by itself where it is synced by hand', () => {
    const { syncPolicy } = new HelmApplication(folder(), { ...props, source: chart, values: {}, byHand: true }).toJson()['spec'] as { syncPolicy: object };
    expect(Object.keys(syncPolicy)).toEqual(['syncOptions']);
  });

  it('makes its namespace only where it is told its labels', () => {
    const options = (createNamespace?: Record<string, string>) =>
      (new HelmApplication(folder(), { ...props, source: chart, values: {}, ...createNamespace && { createNamespace } }).toJson()['spec'] as { syncPolicy: { syncOptions: string[] } }).syncPolicy;
    expect(options().syncOptions).not.toContain('CreateNamespace=true');
    expect(options({ a: 'b' })).toMatchObject({ managedNamespaceMetadata: { labels: { a: 'b' } }, syncOptions: expect.arrayContaining(['CreateNamespace=true']) });
  });

  it('without a stage has no wave', () => {
    expect(new HelmApplication(folder(), { ...props, source: chart, values: {} }).toJson().metadata).not.toHaveProperty('annotations');
  });
});
