import { describe, expect, it } from 'vitest';
import { emit } from '../../lib/gitops/emit';
import { HomeserverUnit } from '../../lib/homeserver/unit';
import { demo, repository } from './example';

const emitted = (...args: Parameters<typeof demo>) => emit(new HomeserverUnit(demo(...args), repository));
const paths = (...args: Parameters<typeof demo>) => {
  const { documents, files } = emitted(...args);
  return [...documents, ...files].map(({ path }) => path).sort();
};
const find = (path: string, ...args: Parameters<typeof demo>) => emitted(...args).documents.find((document) => document.path === path)!.manifest;

describe('the files of a homeserver', () => {
  it('are these, all of its own name', () => {
    expect(paths()).toEqual([
      'argocd/apps/homeservers/matrix-demo-base.yaml',
      'argocd/apps/homeservers/matrix-demo-databases.yaml',
      'argocd/apps/homeservers/matrix-demo.yaml',
      'argocd/apps/homeservers/project-matrix-demo.yaml',
      'bootstrap/secrets/matrix-demo.list',
      'manifests/matrix-demo-base/namespace-matrix-demo.yaml',
      'manifests/matrix-demo-base/networkpolicy-calls.yaml',
      'manifests/matrix-demo-base/networkpolicy-isolation.yaml',
      'manifests/matrix-demo-base/persistentvolumeclaim-matrix-demo-media.yaml',
      'manifests/matrix-demo-databases/database-mas-demo.yaml',
      'manifests/matrix-demo-databases/database-synapse-demo.yaml',
      'manifests/matrix-demo-databases/databaserole-mas-demo.yaml',
      'manifests/matrix-demo-databases/databaserole-synapse-demo.yaml',
    ]);
  });

  it('grow by the user\'s own manifests, in the homeserver\'s namespace', () => {
    const manifests = [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'motd' }, data: { text: 'hello' } }];
    expect(find('manifests/matrix-demo-base/configmap-motd.yaml', { manifests }).metadata).toEqual({ namespace: 'matrix-demo', name: 'motd' });
  });
});

describe('what must not vanish', () => {
  it.each([
    'manifests/matrix-demo-base/namespace-matrix-demo.yaml',
    'manifests/matrix-demo-base/persistentvolumeclaim-matrix-demo-media.yaml',
    'manifests/matrix-demo-databases/database-synapse-demo.yaml',
    'manifests/matrix-demo-databases/databaserole-mas-demo.yaml',
  ])('is taken by no prune and no deletion: %s', (path) => {
    expect(find(path).metadata.annotations).toMatchObject({ 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' });
  });

  it('does not hang on an Application: none has the finalizer that deletes what it made', () => {
    for (const { manifest } of emitted().documents) expect(manifest.metadata).not.toHaveProperty('finalizers');
  });

  it('stays in PostgreSQL when its object goes', () => {
    expect(find('manifests/matrix-demo-databases/database-synapse-demo.yaml')).toHaveProperty(['spec', 'databaseReclaimPolicy'], 'retain');
    expect(find('manifests/matrix-demo-databases/databaserole-synapse-demo.yaml')).toHaveProperty(['spec', 'databaseRoleReclaimPolicy'], 'retain');
  });
});

describe('the project of a homeserver', () => {
  const project = find('argocd/apps/homeservers/project-matrix-demo.yaml');

  it('reaches its own namespace and no other', () => {
    expect(project).toHaveProperty(['spec', 'destinations'], [{ server: 'https://kubernetes.default.svc', namespace: 'matrix-demo' }]);
  });

  it('comes before the Applications that name it', () => {
    expect(Number(project.metadata.annotations!['argocd.argoproj.io/sync-wave'])).toBeLessThan(0);
  });

  it('is not the one of its databases, whose namespace it must not reach', () => {
    expect(find('argocd/apps/homeservers/matrix-demo-databases.yaml')).toHaveProperty(['spec', 'project'], 'databases');
  });
});

describe('the ESS Application', () => {
  const application = (...args: Parameters<typeof demo>) => find('argocd/apps/homeservers/matrix-demo.yaml', ...args);

  it('names the chart as Argo CD reads an OCI registry: without oci:// and with the release name', () => {
    expect(application()).toHaveProperty(['spec', 'source', 'repoURL'], 'ghcr.io/element-hq/ess-helm');
    expect(application()).toHaveProperty(['spec', 'source', 'chart'], 'matrix-stack');
    expect(application()).toHaveProperty(['spec', 'source', 'targetRevision'], '26.8.1');
    expect(application()).toHaveProperty(['spec', 'source', 'helm', 'releaseName'], 'matrix-demo');
  });

  it('retries without end', () => {
    expect(application()).toHaveProperty(['spec', 'syncPolicy', 'retry', 'limit'], -1);
  });

  it('renders its ServiceMonitors before their definition is there, and none where nothing scrapes', () => {
    expect(application()).toHaveProperty(['spec', 'source', 'helm', 'apiVersions'], ['monitoring.coreos.com/v1/ServiceMonitor']);
    expect(application({}, {}, { monitoring: undefined })).not.toHaveProperty(['spec', 'source', 'helm', 'apiVersions']);
  });
});

it('lets a media server in the node\'s network run at all', () => {
  const labels = find('manifests/matrix-demo-base/namespace-matrix-demo.yaml', { rtc: { tcp: 7881, udp: 7882, exposure: 'HostPort' } }).metadata.labels;
  expect(labels).toMatchObject({ 'pod-security.kubernetes.io/enforce': 'privileged' });
});
