import type { Family, KindWords } from './kind';
import { isMap } from '../../merge';
import { below, row, rowWhen, type Row, type WholeOf } from './row';

/** A new image names its versions, since that is what the admin reads first. */
const podRows: readonly Row[] = below('spec template', [
  row('spec containers * image', ['outage', 'restarts {name} in {namespace} with the image {after} instead of {before}']),
  row('spec initContainers * image', ['outage', 'restarts {name} in {namespace} with the image {after} instead of {before}']),
]);

const rollouts: readonly Row[] = [
  ...podRows,
  row('spec template', ['outage', 'restarts {name} in {namespace}']),
  rowWhen('spec replicas', ({ after }) => after === 0, ['outage', 'stops {name} in {namespace}']),
  row('spec replicas', ['effect', 'runs {after} of the pods of {name} in {namespace} instead of {before}; nothing restarts']),
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

const isSuspended = ({ manifest: { spec } }: WholeOf) => isMap(spec) && spec.suspend === true;

const run: KindWords = {
  fields: [],
  otherwise: ['effect', 'changes {object}: the next run is another'],
  appears: (of) => [['effect', isSuspended(of) ? 'holds {name} in {namespace} ready: it runs when you start it' : 'runs {name} in {namespace}']],
  goes: [['effect', 'deletes {object} and its runs']],
};

const disruption: KindWords = {
  fields: [],
  otherwise: ['effect', 'changes by {object} how many pods may be away at once'],
  appears: [['effect', 'limits by {object} how many pods may be away at once']],
  goes: [['effect', 'deletes {object}: nothing limits any more how many pods may be away at once']],
};

const scale: KindWords = {
  fields: [],
  otherwise: ['effect', 'changes by {object} how many pods run at which load'],
  appears: [['effect', 'lets the load decide by {object} how many pods run']],
  goes: [['effect', 'deletes {object}: the load decides no more how many pods run']],
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
  'policy/PodDisruptionBudget': disruption,
  'autoscaling/HorizontalPodAutoscaler': scale,
};
