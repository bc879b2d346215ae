import type { Manifest } from '../gitops/manifest';
import { isMap } from '../merge';
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
  /** What the server puts where nothing is said. */
  readonly byDefault?: unknown;
  /** A further condition on the change. */
  readonly when?: (field: FieldChange, before: Manifest) => boolean;
}

const frozen = (...at: readonly string[]): readonly Frozen[] => at.map((each) => ({ at: each }));
const rules = (...at: readonly string[]): readonly Frozen[] => at.map((each) => ({ at: each, bothSides: true }));

const withDefault = (at: string, byDefault: unknown): Frozen => ({ at, byDefault });

/** What may change of a Job's pods while it is suspended. */
const rescheduling = ['labels', 'annotations'].map((field) => `spec template metadata ${field}`)
  .concat(['nodeSelector', 'tolerations', 'affinity nodeAffinity', 'schedulingGates'].map((field) => `spec template spec ${field}`));

/** A ConfigMap or Secret that is marked so stays as it is, and marked. */
const sealed: readonly Frozen[] = ['data', 'stringData', 'binaryData', 'immutable'].map((at) =>
  ({ at, when: (_: FieldChange, before: Manifest) => before.immutable === true }));

const roleRef: readonly Frozen[] = [{ at: 'roleRef', but: ['roleRef apiGroup'] }, withDefault('roleRef apiGroup', 'rbac.authorization.k8s.io')];

/**
 * What cannot be changed, only made anew; by `group/Kind`. For the built-in kinds it is the validation of updates in Kubernetes 1.32,
 * for the others the rules of their CRDs that compare with the old object (`x-kubernetes-validations` with `oldSelf`). Every line of
 * it was held against an API server 1.32 by changing objects leaf by leaf.
 */
const table: Readonly<Record<string, readonly Frozen[]>> = {
  '/PersistentVolumeClaim': [{ at: 'spec', but: ['spec resources requests storage', 'spec volumeAttributesClassName'] }],
  '/PersistentVolume': [...frozen('spec csi', 'spec nfs', 'spec hostPath', 'spec local'), withDefault('spec volumeMode', 'Filesystem'), ...rules('spec nodeAffinity')],
  '/ConfigMap': sealed,
  '/Secret': [withDefault('type', 'Opaque'), ...sealed],
  '/Service': [...rules('spec clusterIP'), { at: 'spec loadBalancerClass', when: ({ before }) => before !== undefined }],
  '/Pod': [
    { at: 'spec', but: ['spec containers * image', 'spec initContainers * image', 'spec activeDeadlineSeconds', 'spec tolerations', 'spec restartPolicy'] },
    { at: 'spec tolerations', but: ['spec tolerations * tolerationSeconds'], when: ({ before }) => before !== undefined },
    withDefault('spec restartPolicy', 'Always'),
  ],
  'apps/Deployment': frozen('spec selector'),
  'apps/DaemonSet': frozen('spec selector'),
  'apps/ReplicaSet': frozen('spec selector'),
  'apps/StatefulSet': [{
    at: 'spec',
    but: ['spec replicas', 'spec ordinals', 'spec template', 'spec updateStrategy', 'spec persistentVolumeClaimRetentionPolicy', 'spec minReadySeconds', 'spec podManagementPolicy'],
  }, withDefault('spec podManagementPolicy', 'OrderedReady')],
  'batch/Job': [
    { at: 'spec template', when: ({ path }, { spec }) => !(isMap(spec) && spec.suspend === true && rescheduling.some((at) => matches(at.split(' '), path))) },
    withDefault('spec completionMode', 'NonIndexed'),
    { at: 'spec completions', when: (_, { spec }) => !(isMap(spec) && spec.completionMode === 'Indexed') },
    ...frozen('spec selector', 'spec podFailurePolicy', 'spec backoffLimitPerIndex', 'spec managedBy'),
  ],
  'rbac.authorization.k8s.io/RoleBinding': roleRef,
  'rbac.authorization.k8s.io/ClusterRoleBinding': roleRef,
  'scheduling.k8s.io/PriorityClass': [...frozen('value'), withDefault('preemptionPolicy', 'PreemptLowerPriority')],
  'storage.k8s.io/StorageClass': [...frozen('provisioner', 'parameters'), withDefault('reclaimPolicy', 'Delete'), withDefault('volumeBindingMode', 'Immediate')],
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
  return (table[kindOf(before)] ?? []).some(({ at, but = [], bothSides, byDefault, when }) =>
    fits(at) && !but.some(fits)
    && (!bothSides || (field.before !== undefined && field.after !== undefined) || field.path.length > at.split(' ').length)
    && (byDefault === undefined || (field.before ?? byDefault) !== (field.after ?? byDefault))
    && (when === undefined || when(field, before)));
}
