import type { Alert } from './alert';

const free = 'kubelet_volume_stats_available_bytes / kubelet_volume_stats_capacity_bytes';
const growing = 'Raise its size where it is described and synthesize again: volumes grow in place, if their storage class allows it.';

export const volumeAlerts: readonly Alert[] = [
  {
    name: 'VolumeFilling',
    expr: `${free} < 0.2 and predict_linear(kubelet_volume_stats_available_bytes[6h], 4 * 86400) < 0`,
    for: '1h',
    severity: 'warning',
    summary: 'The volume {{ $labels.persistentvolumeclaim }} of {{ $labels.namespace }} will be full within four days',
    description: growing,
  },
  {
    name: 'VolumeFull',
    expr: `${free} < 0.05`,
    for: '5m',
    severity: 'critical',
    summary: 'The volume {{ $labels.persistentvolumeclaim }} of {{ $labels.namespace }} has {{ $value | humanizePercentage }} left',
    description: `Whoever writes to it is about to fail. ${growing}`,
  },
  {
    name: 'VolumeOutOfInodes',
    expr: 'kubelet_volume_stats_inodes_free / kubelet_volume_stats_inodes < 0.05',
    for: '5m',
    severity: 'critical',
    summary: 'The volume {{ $labels.persistentvolumeclaim }} of {{ $labels.namespace }} has room for hardly any more files',
    description: `It may look half empty and still take no new file. ${growing}`,
  },
];
