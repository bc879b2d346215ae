import { placeIn, placeOf, type TracedFleet } from '../checks/traced';
import type { Fault, Rule } from '../checks/rule';
import type { Homeserver } from '../homeserver/homeserver';
import { demandOfHomeserver } from './ess';
import { type Amounts, bytesOf, larger, millicoresOf, nothing, sum } from './pod';
import { cpuText, memoryText } from './units';

/** What a namespace must be able to hold: everything that runs, one pod more of the largest, since the new one comes before the old one goes, or the hooks. */
function needOf(homeserver: Homeserver): Amounts & { readonly storage: number } {
  const { pods, sync } = demandOfHomeserver(homeserver);
  const all = sum(pods.flatMap((one) => Array.from({ length: one.replicas }, () => one)));
  const more = pods.reduce<Amounts>(larger, larger(nothing, sync));
  const volumes = pods.flatMap(({ volumes: own, replicas }) => own.map(({ size }) => size * replicas));
  return { ...sum([all, more]), storage: volumes.reduce((total, size) => total + size, 0) };
}

function* tooSmall({ homeservers }: TracedFleet): Generator<Fault> {
  for (const { model, words } of homeservers) {
    const { quota, state } = model;
    if (quota === undefined || state !== 'running') continue;
    const need = needOf(model);
    const measures = [
      ['cpu', quota.cpu && millicoresOf(quota.cpu), need.cpu, cpuText],
      ['memory', quota.memory && bytesOf(quota.memory), need.memoryLimit, memoryText],
      ['storage', quota.storage && bytesOf(quota.storage), need.storage, memoryText],
    ] as const;
    for (const [name, has, wants, text] of measures) {
      if (!has || has >= wants) continue;
      const path = ['quota', name];
      yield { ...placeOf(words, path) ?? placeIn(words[0], path), message: `${text(has)} is less than this homeserver needs while it is updated, ${text(wants)}`, fix: 'raise it, or take it away' };
    }
  }
}

export const quotaRule: Rule<{ readonly fleet: TracedFleet }> = {
  id: 'quota-too-small',
  severity: 'error',
  what: 'A quota holds what the homeserver runs, and one pod more while it is updated.',
  why: 'The API server refuses the pod beyond it: a rollout stands still, or a hook of the chart never starts and no sync ends (Kubernetes, ResourceQuota).',
  fix: 'Raise the quota, or take it away.',
  check: ({ fleet }) => tooSmall(fleet),
};
