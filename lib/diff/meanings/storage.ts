import { parseQuantity } from '../../checks/quantity';
import { isStatic, placeOf, takenBy } from '../static-volume';
import type { Family } from './kind';
import { row, rowWhen, type Says, type Spot } from './row';

/** Whether a size becomes smaller. */
export function shrinks({ before, after }: Pick<Spot, 'before' | 'after'>): boolean {
  return before !== undefined && after !== undefined && (parseQuantity(after) ?? 0) < (parseQuantity(before) ?? 0);
}

const protection = (words: string): Family[string]['fields'] => [
  rowWhen('reclaimPolicy', ({ after }) => after !== 'Retain', ['loss', words]),
];

/** All that changes of a claim when it is to take another volume is one meaning. */
const movesClaim: Says<Spot> = ['refused', ({ change: { before, after } }) =>
  `refused by the API server: {object} keeps ${takenBy(before)}; what is stored there has to be copied to ${takenBy(after)}`];
const movesVolume: Says<Spot> = ['refused', ({ change: { before, after } }) =>
  `refused by the API server: {object} keeps its place, ${placeOf(before)}; what is stored there has to be copied to ${placeOf(after)}`];
const moves = ({ change: { before, after } }: Spot) => (isStatic(before) || isStatic(after)) && takenBy(before) !== takenBy(after);

/** Where data lies. */
export const storage: Family = {
  '/PersistentVolumeClaim': {
    frozen: ['accessModes', 'storageClassName', 'volumeName'].map((field) => rowWhen(`spec ${field}`, moves, movesClaim)),
    fields: [
      rowWhen('spec resources requests storage', moves, movesClaim),
      rowWhen('spec resources requests storage', ({ change }) => isStatic(change.after), ['refused', 'refused by the API server: {object} keeps its size of {before}, since no class has made its volume']),
      rowWhen('spec resources requests storage', shrinks, ['refused', 'asks for less than the volume of {object} has: {after} instead of {before}, which the API server refuses; volumes cannot shrink']),
      row('spec resources requests storage', ['effect', 'grows the volume of {object} from {before} to {after}; it cannot shrink again']),
      row('spec volumeAttributesClassName', ['effect', 'changes how fast the volume of {object} is']),
    ],
    otherwise: ['outage', 'changes {object}; the pod that mounts it may not start'],
    appears: [['effect', 'makes the volume {namespace}/{name}']],
    goes: [['loss', 'deletes {object}, and with it what is stored there, unless its class retains volumes']],
  },
  '/PersistentVolume': {
    frozen: ['nfs', 'csi', 'hostPath', 'local'].map((field) => row(`spec ${field}`, movesVolume)),
    fields: [
      rowWhen('spec persistentVolumeReclaimPolicy', ({ after }) => after !== 'Retain', ['loss', 'deletes the data of {name} once its claim goes']),
      row('spec persistentVolumeReclaimPolicy', ['effect', 'keeps the data of {name} when its claim goes']),
      row('spec capacity', ['effect', 'calls {name} {after} large instead of {before}']),
    ],
    otherwise: ['outage', 'changes {object}; pods that mount it may not start'],
    appears: [['effect', 'adds the volume {name}']],
    goes: [['loss', 'deletes {object}; what is stored there is out of reach']],
  },
  'storage.k8s.io/StorageClass': {
    fields: [
      row('allowVolumeExpansion', ['effect', 'changes whether volumes of the class {name} can grow: {after} instead of {before}']),
      ...protection('deletes the data of new volumes of the class {name} once their claims go'),
      row('metadata annotations storageclass.kubernetes.io/is-default-class', ['effect', 'changes which class claims get that do not name one']),
    ],
    otherwise: ['effect', 'changes the class {name} for new volumes; those that are there stay as they are'],
    appears: [['effect', 'adds the storage class {name}']],
    goes: [['outage', 'deletes the storage class {name}: volumes that are there stay, but none can grow, and no new one is made']],
  },
};
