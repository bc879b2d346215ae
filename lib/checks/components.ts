import { has } from '../homeserver/chart-version';
import type { Homeserver } from '../homeserver/homeserver';
import type { WorkerType } from '../homeserver/options';
import { valueAt } from './path';
import type { Fault, Rule } from './rule';
import { placeIn, placeOf, type Traced, type TracedFleet } from './traced';

/** Worker types that came to the chart after the oldest version that this program knows. */
const workersSince: Partial<Record<WorkerType, string>> = { 'mas-helper': '26.5.0' };

/** A rule that looks at one homeserver at a time. */
function each(check: (homeserver: Traced<Homeserver>) => Iterable<Fault>) {
  return function* ({ homeservers }: TracedFleet): Generator<Fault> {
    for (const homeserver of homeservers) yield* check(homeserver);
  };
}

function* worker({ model, words }: Traced<Homeserver>, type: WorkerType, message: string, fix: string): Generator<Fault> {
  if (!model.synapse.workers.some((one) => one.type === type)) return;
  const path = ['synapse', 'workers', type];
  yield { ...placeOf(words, path) ?? placeIn(words[0], path), message, fix };
}

export const componentRules: readonly Rule<TracedFleet>[] = [
  {
    id: 'element-admin-without-mas',
    severity: 'error',
    what: 'Element Admin is on only where MAS is.',
    why: 'It logs in and manages accounts through MAS; the chart does not check.',
    check: each(function* ({ model, words: [own] }) {
      if (model.mas || !valueAt(own.options, ['elementAdmin'])) return;
      yield { ...placeIn(own, ['elementAdmin']), message: 'Element Admin needs mas, which is false', fix: 'take elementAdmin away, or turn mas on' };
    }),
  },
  {
    id: 'sso-login-with-mas',
    severity: 'error',
    what: 'There is no worker sso-login where MAS is on.',
    why: 'Logins are the business of MAS then; the chart refuses the worker from 26.5.0 on.',
    check: each((homeserver) => (homeserver.model.mas
      ? worker(homeserver, 'sso-login', 'logins are the business of mas, which is on', 'take the worker away, or turn mas off')
      : [])),
  },
  {
    id: 'mas-helper-without-mas',
    severity: 'error',
    what: 'The worker mas-helper is there only where MAS is on.',
    why: 'It answers the requests of MAS and nobody else\'s; the chart refuses it.',
    check: each((homeserver) => (homeserver.model.mas
      ? []
      : worker(homeserver, 'mas-helper', 'this worker helps mas, which is false', 'take the worker away, or turn mas on'))),
  },
  {
    id: 'worker-too-new',
    severity: 'error',
    what: 'Every worker type is one of the chart\'s at the homeserver\'s version.',
    why: 'The chart\'s schema refuses an unknown type.',
    check: each(function* (homeserver) {
      const { chartVersion } = homeserver.model;
      for (const [type, since] of Object.entries(workersSince)) {
        if (!has(chartVersion, since)) yield* worker(homeserver, type as WorkerType, `this worker came with version ${since} of the chart, and chartVersion is ${chartVersion}`, 'take the worker away, or choose a newer chartVersion');
      }
    }),
  },
];
