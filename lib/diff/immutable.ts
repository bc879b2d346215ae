import type { Manifest } from '../gitops/manifest';
import type { FieldChange } from './change';
import { kindOf } from './kind-of';
import { matches } from './meanings/row';

/** A field that the API server refuses to change. */
interface Frozen {
  /** Where, in steps; `*` for any one. What is below is frozen too. */
  readonly at: string;
  /** Fields below that may change after all. */
  readonly but?: readonly string[];
  /** Whether a change from or to nothing passes: a rule of a CRD compares two values, and has no say where one is missing. */
  readonly bothSides?: true;
  /** A further condition on the change. */
  readonly when?: (field: FieldChange, before: Manifest) => boolean;
}

const frozen = (...at: readonly string[]): readonly Frozen[] => at.map((each) => ({ at: each }));
const rules = (...at: readonly string[]): readonly Frozen[] => at.map((each) => ({ at: each, bothSides: true }));

/** A ConfigMap or Secret that is marked so stays as it is, and marked. */
const sealed: readonly Frozen[] = ['data', 'stringData', 'binaryData', 'immutable'].map((at) =>
  ({ at, when: (_: FieldChange, before: Manifest) => before.immutable === true }));

/**
 * What cannot be changed, only made anew; by `group/Kind`. For the built-in kinds it is the validation of updates in Kubernetes 1.32,
 * for the others the rules of their CRDs that compare with the old object (`x-kubernetes-validations` with `oldSelf`). Every line of
 * it was held against an API server 1.32 by changing objects leaf by leaf.
 */
const table: Readonly<Record<string, readonly Frozen[]>> = {
  '/PersistentVolumeClaim': [{ at: 'spec', but: ['spec resources requests storage', 'spec volumeAttributesClassName'] }],
  '/PersistentVolume': frozen('spec csi', 'spec nfs', 'spec hostPath', 'spec local', 'spec volumeMode'),
  '/ConfigMap': sealed,
  '/Secret': [...frozen('type'), ...sealed],
  '/Service': [{ at: 'spec clusterIP', when: ({ before, after }) => before !== undefined && after !== undefined }],
  '/Pod': [{ at: 'spec', but: ['spec containers * image', 'spec initContainers * image', 'spec activeDeadlineSeconds', 'spec tolerations', 'spec terminationGracePeriodSeconds'] }],
  'apps/Deployment': frozen('spec selector'),
  'apps/DaemonSet': frozen('spec selector'),
  'apps/ReplicaSet': frozen('spec selector'),
  'apps/StatefulSet': [{
    at: 'spec',
    but: ['spec replicas', 'spec ordinals', 'spec template', 'spec updateStrategy', 'spec revisionHistoryLimit', 'spec persistentVolumeClaimRetentionPolicy', 'spec minReadySeconds'],
  }],
  'batch/Job': frozen('spec selector', 'spec template', 'spec completionMode', 'spec podFailurePolicy', 'spec backoffLimitPerIndex', 'spec managedBy', 'spec completions'),
  'rbac.authorization.k8s.io/RoleBinding': frozen('roleRef'),
  'rbac.authorization.k8s.io/ClusterRoleBinding': frozen('roleRef'),
  'scheduling.k8s.io/PriorityClass': frozen('value', 'preemptionPolicy'),
  'storage.k8s.io/StorageClass': frozen('provisioner', 'parameters', 'reclaimPolicy', 'volumeBindingMode'),
  'networking.k8s.io/IngressClass': frozen('spec controller'),
  'postgresql.cnpg.io/Cluster': rules('spec serviceAccountName'),
  'postgresql.cnpg.io/Pooler': rules('spec cluster', 'spec serviceAccountName'),
  'postgresql.cnpg.io/DatabaseRole': rules('spec name', 'spec cluster'),
  'postgresql.cnpg.io/ScheduledBackup': rules('spec cluster'),
  'postgresql.cnpg.io/Backup': rules('spec'),
  'postgresql.cnpg.io/Database': rules(...[
    'cluster', 'name', 'template', 'encoding', 'locale', 'localeProvider', 'localeCollate', 'localeCType', 'icuLocale', 'icuRules', 'builtinLocale', 'collationVersion',
  ].map((field) => `spec ${field}`)),
};

/** Whether the API server refuses that a field of the object changes. */
export function isImmutable(before: Manifest, field: FieldChange): boolean {
  const fits = (at: string) => matches(at.split(' '), field.path);
  return (table[kindOf(before)] ?? []).some(({ at, but = [], bothSides, when }) =>
    fits(at) && !but.some(fits)
    && (!bothSides || (field.before !== undefined && field.after !== undefined) || field.path.length > at.split(' ').length)
    && (when === undefined || when(field, before)));
}
