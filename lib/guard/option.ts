import type { Path } from '../checks/path';
import { type Owner, objectName } from '../diff/change';
import type { Manifest } from '../gitops/manifest';
import { isOf, type Scene } from './scene';

/** The options that the platform's own objects come from, by object; raw values and further objects apart. */
const platformOptions: Readonly<Record<string, string>> = {
  'PersistentVolumeClaim gitea/gitea-data': 'platform.gitea',
  'PersistentVolumeClaim gitea/gitea-data spec': 'platform.gitea.size',
  'Application argocd/loki': 'platform.monitoring',
  'Application argocd/loki singleBinary.persistence': 'platform.monitoring.sizes.loki',
  'Application argocd/victoria-metrics-single': 'platform.monitoring',
  'Application argocd/victoria-metrics-single server.persistentVolume': 'platform.monitoring.sizes.victoriaMetrics',
  'Application argocd/kube-prometheus-stack': 'platform.monitoring',
  'Application argocd/cert-manager': 'platform.certManager.values',
  'Application argocd/traefik': 'platform.traefik.values',
  'Application argocd/argocd': 'platform.argocd.values',
};

/** The options of a database cluster's volumes. */
const clusterVolumes: Readonly<Record<string, Path>> = { 'spec.storage': ['size'], 'spec.walStorage': ['walSize'] };

/**
 * Where in the owner's words an object comes from.
 * @param volume the volume whose size is meant, as `volumesOf` calls it; left out, the object as a whole
 */
export function optionOf({ homeservers, platform }: Scene, owner: Owner, manifest: Manifest, volume?: string): Path {
  const model = owner.kind === 'homeserver' ? homeservers.get(owner.name)?.model : undefined;
  const own = (model ?? platform.model).manifests;
  const index = own.findIndex(({ kind, metadata: { name } }) => kind === manifest.kind && name === manifest.metadata.name);
  const start = model ? [] : ['platform'];
  if (index >= 0) return [...start, 'manifests', index];
  const { kind, metadata: { name } } = manifest;
  if (model === undefined) {
    const database = platform.model.databaseClusters.find((cluster) => cluster.name === name);
    if (isOf(manifest, 'Cluster.postgresql.cnpg.io')) return [...database?.path ?? ['platform'], ...clusterVolumes[volume ?? ''] ?? []];
    if (isOf(manifest, 'ObjectStore.barmancloud.cnpg.io', 'ScheduledBackup.postgresql.cnpg.io')) return ['platform', 'backups'];
    const whole = objectName(manifest);
    const option = platformOptions[volume === undefined ? whole : `${whole} ${volume}`] ?? platformOptions[whole];
    if (option !== undefined) return option.split('.');
    return kind === 'StorageClass' ? ['cluster', 'storage'] : owner.name === 'extra' ? ['platform', 'manifests'] : ['platform'];
  }
  if (name === model.names.mediaClaim) return volume === undefined ? ['synapse', 'media'] : ['synapse', 'media', 'size'];
  if (name === model.names.databaseClaim) return ['database', 'builtIn', ...volume === undefined ? [] : ['size']];
  if (kind === 'Application') return volume === undefined ? ['values'] : ['values', ...volume.split('.')];
  if (kind === 'Database' || kind === 'DatabaseRole') return name.startsWith('mas-') ? ['mas'] : [];
  return ['manifests'];
}
