import { valueAt } from '../checks/path';
import { objectName } from '../diff/change';
import type { Manifest } from '../gitops/manifest';
import { isMap, merge } from '../merge';
import { saving } from './dumps';
import { estateOf } from './estate';
import { savingMedia } from './lifecycle';
import type { Danger, GuardRule } from './rule';
import { chartValue, essChanges, type Scene, written } from './scene';
import { parsed } from './source';
import { pushed, step } from './steps';

/** Settings of Synapse after which it deletes what is older, what that is, and the switch that they need. By its manual, each is off by default. */
const lifetimes: readonly (readonly [path: string, what: string, needs?: string])[] = [
  ['media_retention.local_media_lifetime', 'uploads of its users'],
  ['media_retention.remote_media_lifetime', 'copies of other homeservers\' media'],
  ['retention.default_policy.max_lifetime', 'messages', 'retention.enabled'],
  ['retention.allowed_lifetime_max', 'messages', 'retention.enabled'],
  ['forgotten_room_retention_period', 'rooms that everybody has left'],
  ['delete_stale_devices_after', 'devices, with their keys'],
];

/** What Synapse reads of the configuration that is written out, in the order of the files' names. */
function configuration(application: Manifest): unknown {
  const files = chartValue(application, 'synapse.additional');
  return Object.entries(isMap(files) ? files : {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .reduce<unknown>((all, [, file]) => merge(all, parsed(String(valueAt(file, ['config']) ?? '')) ?? {}), {});
}

const units: Readonly<Record<string, number>> = { '': 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000, y: 31_536_000_000 };

/** Milliseconds of `30d` or of a number of them; nothing said, it stays for good. What cannot be read may be as short as can be. */
function lifetime(value: unknown): number {
  if (value === undefined || value === null) return Infinity;
  const [, number, unit] = /^(\d+)([smhdwy]?)$/.exec(String(value)) ?? [];
  return number === undefined ? 0 : Number(number) * units[unit!]!;
}

function* historyExpires(scene: Scene): Generator<Danger> {
  for (const { before, after, owner } of essChanges(scene)) {
    const configurations = [before, after].map(configuration);
    for (const [path, what, needs] of lifetimes) {
      const [from, to] = configurations.map((read) =>
        (needs !== undefined && valueAt(read, needs.split('.')) !== true ? undefined : valueAt(read, path.split('.'))));
      if (lifetime(to) >= lifetime(from)) continue;
      yield {
        object: objectName(after),
        at: path,
        to: written(to),
        owner,
        option: ['values', 'synapse', 'additional'],
        loses: `${what} would be deleted after ${written(to)}${from === undefined || from === null ? ', and stay for good now' : ` instead of ${written(from)}`}: what is older goes within the day`,
        steps: [
          'leave it as it was',
          saving(estateOf(owner.name, before), ['synapse']),
          savingMedia(owner.name, before, true),
          step('tell the users, and say that it is meant, by the line above', ...pushed(`Shorter lives in ${owner.name}`)),
        ],
      };
    }
  }
}

export const historyRules: readonly GuardRule[] = [{
  id: 'history-expires',
  what: 'Synapse goes on keeping messages, media and devices for as long as it did, or longer.',
  why: 'What is older than a lifetime in its configuration is deleted for good, for all users at once.',
  check: historyExpires,
}];
