import type { Family, KindWords } from './kind';
import { below, row, rowWhen, type Row } from './row';

/** A new image names its versions, since that is what the admin reads first. */
const podRows: readonly Row[] = below('spec template', [
  row('spec containers * image', ['outage', 'restarts {name} in {namespace} with the image {after} instead of {before}']),
  row('spec initContainers * image', ['outage', 'restarts {name} in {namespace} with the image {after} instead of {before}']),
]);

const rollouts: readonly Row[] = [
  ...podRows,
  row('spec template', ['outage', 'restarts {name} in {namespace}']),
  rowWhen('spec replicas', ({ after }) => after === 0, ['outage', 'stops {name} in {namespace}']),
  row('spec replicas', ['effect', 'runs {after} pods of {name} in {namespace} instead of {before}; the others go on']),
  row('spec strategy', ['effect', 'changes how the next restart of {name} in {namespace} goes']),
  row('spec updateStrategy', ['effect', 'changes how the next restart of {name} in {namespace} goes']),
  row('spec revisionHistoryLimit', ['effect', 'keeps {after} old revisions of {name} in {namespace} instead of {before}']),
  row('spec minReadySeconds', ['effect', 'changes how the next restart of {name} in {namespace} goes']),
  row('spec progressDeadlineSeconds', ['effect', 'changes how the next restart of {name} in {namespace} goes']),
  rowWhen('spec paused', ({ after }) => after === true, ['effect', 'holds back every further change of the pods of {name} in {namespace}']),
  row('spec persistentVolumeClaimRetentionPolicy', ['loss', 'changes whether the volumes of {name} in {namespace} are deleted with it']),
];

const workload: KindWords = {
  fields: rollouts,
  otherwise: ['outage', 'changes {object}; its pods may restart'],
  appears: [['effect', 'starts {name} in {namespace}']],
  goes: [['outage', 'stops {name} in {namespace} for good']],
};

const run: KindWords = {
  fields: [],
  otherwise: ['effect', 'changes {object}: the next run is another'],
  appears: [['effect', 'runs {name} in {namespace}']],
  goes: [['effect', 'deletes {object} and its runs']],
};

const policy: KindWords = {
  fields: [],
  otherwise: ['effect', 'changes {object}: how many pods may be away at once, or how many run'],
  appears: [['effect', 'adds {object}: how many pods may be away at once, or how many run']],
  goes: [['effect', 'deletes {object}: nothing limits any more how many pods may be away, or scales them']],
};

/** What runs. */
export const workloads: Family = {
  'apps/Deployment': workload,
  'apps/StatefulSet': workload,
  'apps/DaemonSet': workload,
  'apps/ReplicaSet': workload,
  '/Pod': workload,
  'batch/Job': run,
  'batch/CronJob': {
    ...run,
    fields: [
      row('spec schedule', ['effect', 'runs {name} in {namespace} at {after} instead of {before}']),
      rowWhen('spec suspend', ({ after }) => after === true, ['outage', 'runs {name} in {namespace} no more']),
    ],
  },
  'policy/PodDisruptionBudget': policy,
  'autoscaling/HorizontalPodAutoscaler': policy,
};
