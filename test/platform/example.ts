import { resolveCluster } from '../../lib/cluster/cluster';
import type { ClusterOptions } from '../../lib/cluster/options';
import { emit } from '../../lib/gitops/emit';
import type { Manifest } from '../../lib/gitops/manifest';
import type { PlatformOptions } from '../../lib/platform/options';
import { type Platform, resolvePlatform } from '../../lib/platform/platform';
import { PlatformUnit } from '../../lib/platform/unit';

/** A platform with everything on it, with what a test says otherwise. */
export function platform(own: Partial<PlatformOptions> = {}, provider: ClusterOptions['provider'] = 'yandex-cloud'): Platform {
  const options: PlatformOptions = {
    gitea: { host: 'gitea.example.org' },
    argocd: { host: 'argocd.example.org' },
    certManager: { email: 'admin@example.org' },
    backups: { bucket: 'backups', endpoint: 'https://storage.yandexcloud.net' },
    monitoring: { host: 'grafana.example.org' },
    ...own,
  };
  return resolvePlatform('main.ts', options, resolveCluster({ provider, kubernetes: '1.32', nodes: [{ count: 3, cpu: '2', memory: '6Gi' }] }));
}

export interface Objects {
  readonly all: readonly Manifest[];
  /** The text of the list of the platform's Secrets. */
  readonly secrets: string;
  /** The object of a kind and a name, or of a kind that there is one of. */
  readonly get: (kind: string, name?: string) => any;
  /** The Helm values of an Application. */
  readonly values: (application: string) => any;
  /** The sync wave of an Application. */
  readonly wave: (application: string) => number;
}

/** Everything that a platform emits. */
export function objectsOf(of: Platform): Objects {
  const { documents, files } = emit(new PlatformUnit(of));
  const all = documents.map(({ manifest }) => manifest);
  const get = (kind: string, name?: string): any => {
    const found = all.filter((object) => object.kind === kind && (name === undefined || object.metadata.name === name));
    if (found.length !== 1) throw new Error(`${found.length} objects are a ${kind} ${name ?? ''}`);
    return found[0];
  };
  return {
    all,
    get,
    secrets: files.find(({ path }) => path === 'bootstrap/secrets/platform.list')?.text ?? '',
    values: (application) => get('Application', application).spec.source.helm.valuesObject,
    wave: (application) => Number(get('Application', application).metadata.annotations['argocd.argoproj.io/sync-wave']),
  };
}
