import type { k8s } from 'cdk8s-plus-30';
import type { Plain } from '../../imports/plain';
import type { Manifest } from '../gitops/manifest';
import type { Homeserver } from './homeserver';

const name = 'homeserver';

/**
 * What the namespace may ask for in all. Where a quota counts memory, the API server refuses every container that says none: those get some
 * by the limit range, hooks of the chart and challenges of cert-manager among them.
 */
export function quotaObjects({ names: { release: namespace }, quota }: Homeserver): readonly Manifest[] {
  if (quota === undefined) return [];
  const { cpu, memory, storage } = quota;
  return [
    {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name, namespace },
      spec: {
        hard: {
          ...cpu !== undefined && { 'requests.cpu': cpu },
          ...memory !== undefined && { 'limits.memory': memory },
          ...storage !== undefined && { 'requests.storage': storage },
        },
      },
    },
    {
      apiVersion: 'v1',
      kind: 'LimitRange',
      metadata: { name, namespace },
      spec: {
        limits: [{ type: 'Container', defaultRequest: { cpu: '10m', memory: '64Mi' }, default: { memory: '256Mi' } }],
      } as unknown as Plain<k8s.LimitRangeSpec>,
    },
  ];
}
