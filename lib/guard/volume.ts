import { listAt, valueAt } from '../checks/path';
import { isMap } from '../merge';
import type { Manifest } from '../gitops/manifest';
import { chartValue, fieldOf, isEss, isOf } from './scene';

/** A volume that comes of an object, be it by a chart or an operator. */
export interface Volume {
  /** Where in the object, or in the chart values of an Application, it is described. */
  readonly where: string;
  readonly size: unknown;
  /** Its storage class; absent: whatever the cluster's default is. */
  readonly storageClass: unknown;
}

/** Every volume that comes of an object, as far as the object itself says. */
export function volumesOf(manifest: Manifest): readonly Volume[] {
  if (isOf(manifest, 'PersistentVolumeClaim')) return [claimed('spec', manifest['spec'])];
  if (isOf(manifest, 'Cluster.postgresql.cnpg.io')) return clusterVolumes(manifest);
  if (isOf(manifest, 'StatefulSet.apps')) {
    return listAt(manifest, ['spec', 'volumeClaimTemplates']).map((template) => claimed(`spec.volumeClaimTemplates[name=${String(valueAt(template, ['metadata', 'name']))}]`, valueAt(template, ['spec'])));
  }
  if (isOf(manifest, 'Application.argoproj.io')) return isEss(manifest) ? essVolumes(manifest) : chartVolumes(chartValue(manifest, ''), []);
  return [];
}

/** By the specification of a PersistentVolumeClaim. */
function claimed(where: string, spec: unknown): Volume {
  return { where, size: valueAt(spec, ['resources', 'requests', 'storage']), storageClass: valueAt(spec, ['storageClassName']) };
}

function clusterVolumes(manifest: Manifest): readonly Volume[] {
  const described: readonly (readonly [string, unknown])[] = [
    ...['spec.storage', 'spec.walStorage'].map((where) => [where, fieldOf(manifest, where)] as const),
    ...listAt(manifest, ['spec', 'tablespaces']).map((one) => [`spec.tablespaces[name=${String(valueAt(one, ['name']))}]`, valueAt(one, ['storage'])] as const),
  ];
  return described.filter(([, storage]) => storage !== undefined).map(([where, storage]) => {
    const template = claimed(where, valueAt(storage, ['pvcTemplate']));
    return { where, size: valueAt(storage, ['size']) ?? template.size, storageClass: valueAt(storage, ['storageClass']) ?? template.storageClass };
  });
}

/** What the ESS chart makes a claim of: media and Hookshot's where no claim is given, and its own PostgreSQL. */
function essVolumes(application: Manifest): readonly Volume[] {
  const value = (path: string) => chartValue(application, path);
  const made = [
    ['synapse.media.storage', value('synapse.enabled') !== false],
    ['hookshot.storage', value('hookshot.enabled') === true && value('hookshot.enableEncryption') === true],
    ['postgres.storage', value('postgres.enabled') !== false],
  ] as const;
  return made
    .filter(([where, on]) => on && typeof value(`${where}.existingClaim`) !== 'string')
    .map(([where]) => ({ where, size: value(`${where}.size`), storageClass: value(`${where}.storageClassName`) ?? value('storage.storageClassName') }));
}

/** The keys by which charts ask for a volume. */
const storageKeys: ReadonlySet<string> = new Set(['persistence', 'persistentVolume', 'storage', 'volumeClaimTemplate']);

/** By the customs of charts: a map of a known name with a size, or a claim's template, in nothing that is off. */
function chartVolumes(values: unknown, path: readonly string[]): readonly Volume[] {
  if (!isMap(values) || values['enabled'] === false) return [];
  return Object.entries(values).flatMap(([key, value]): readonly Volume[] => {
    const where = [...path, key].join('.');
    if (storageKeys.has(key) && isMap(value)) {
      const size = value['size'] ?? valueAt(value, ['spec', 'resources', 'requests', 'storage']);
      const off = value['enabled'] === false || typeof value['existingClaim'] === 'string';
      // One that is on without a size has the chart's own.
      if (size !== undefined || value['enabled'] === true) return off ? [] : [{ where, size, storageClass: value['storageClass'] ?? value['storageClassName'] ?? valueAt(value, ['spec', 'storageClassName']) }];
    }
    return chartVolumes(value, [...path, key]);
  });
}

/** By which a pod mounts what outlives it, and how that is called before its name. */
const mounts = [
  [['persistentVolumeClaim', 'claimName'], 'claim '],
  [['hostPath', 'path'], 'the node\'s '],
  [['nfs', 'path'], 'NFS '],
] as const;

/** What an object mounts or has mounted that outlives its pods, by where it says so. */
export function mounted(manifest: Manifest): ReadonlyMap<string, string> {
  if (isOf(manifest, 'Application.argoproj.io')) return new Map(existingClaims(chartValue(manifest, ''), []));
  const pod = { Pod: 'spec', CronJob: 'spec.jobTemplate.spec.template.spec' }[manifest.kind] ?? 'spec.template.spec';
  return new Map(listAt(manifest, [...pod.split('.'), 'volumes']).flatMap((volume) => mounts.flatMap(([path, what]) => {
    const name = valueAt(volume, path);
    return typeof name === 'string' ? [[`volume ${String(valueAt(volume, ['name']))}`, `${what}${name}`] as const] : [];
  })));
}

function existingClaims(values: unknown, path: readonly string[]): readonly (readonly [string, string])[] {
  if (!isMap(values)) return [];
  return Object.entries(values).flatMap(([key, value]): readonly (readonly [string, string])[] => {
    const here = [...path, key];
    return key === 'existingClaim' && typeof value === 'string' ? [[here.join('.'), `claim ${value}`]] : existingClaims(value, here);
  });
}
