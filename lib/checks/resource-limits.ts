import type { Resources } from '../cluster/resources';
import type { Homeserver } from '../homeserver/homeserver';
import type { Platform } from '../platform/platform';
import type { Path } from './path';
import { parseQuantity } from './quantity';
import type { Fault, Rule } from './rule';
import { placeIn, placeOf, type TracedFleet, type Words } from './traced';

type Placed = readonly [path: Path, resources: Resources];

function ofPlatform({ gitea, databaseClusters }: Platform): Placed[] {
  return [[['platform', 'gitea', 'resources'], gitea.resources], ...databaseClusters.map(({ path, resources }): Placed => [[...path, 'resources'], resources])];
}

function ofHomeserver({ place, synapse, mas, elementWeb, elementAdmin, rtc, hookshot, haproxy, redis }: Homeserver): Placed[] {
  const components = { synapse, mas, elementWeb, elementAdmin, rtc, hookshot, haproxy, redis };
  return [
    ...Object.entries(components).flatMap(([name, component]): Placed[] => (component ? [[[name, 'resources'], component.resources]] : [])),
    ...synapse.workers.map(({ type, resources }): Placed => [['synapse', 'workers', type, 'resources'], resources]),
    ...place.kind === 'built-in' ? [[['database', 'builtIn', 'resources'], place.resources] as const] : [],
    ...rtc ? [[['rtc', 'authoriser', 'resources'], rtc.authoriser.resources] as const] : [],
  ];
}

function* requestAboveLimit({ platform, homeservers }: TracedFleet): Generator<Fault> {
  for (const placed of ofPlatform(platform.model)) if (isAbove(placed)) yield* faults(placed, platform.words);
  for (const { model, words } of homeservers) for (const placed of ofHomeserver(model)) if (isAbove(placed)) yield* faults(placed, words);
}

const kinds = ['cpu', 'memory'] as const;

const isAbove = ([, { requests, limits }]: Placed) =>
  requests !== undefined && limits !== undefined && kinds.some((resource) => (parseQuantity(requests[resource]) ?? 0) > (parseQuantity(limits[resource]) ?? Infinity));

function* faults([path, { requests, limits }]: Placed, words: readonly [Words, ...Words[]]): Generator<Fault> {
  for (const resource of kinds) {
    const [request, limit] = [requests?.[resource], limits?.[resource]];
    if ((parseQuantity(request) ?? 0) <= (parseQuantity(limit) ?? Infinity)) continue;
    const asked = [...path, 'requests', resource];
    const place = placeOf(words, asked, [...path, 'limits', resource]) ?? placeIn(words[0], asked);
    yield { ...place, message: `the request ${request} is more than the limit ${limit}`, fix: `set both: requests.${resource} and limits.${resource}` };
  }
}

export const resourceRules: readonly Rule<TracedFleet>[] = [{
  id: 'request-above-limit',
  severity: 'error',
  what: 'No container asks for more than it may use; a default counts where the options name only one of the two.',
  why: 'The API server refuses such a pod (Kubernetes, ValidateResourceRequirements).',
  fix: 'Set `requests` and `limits` together.',
  check: requestAboveLimit,
}];
