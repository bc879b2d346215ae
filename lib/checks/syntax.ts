import { isIP } from 'node:net';
import { dnsName } from './bound';
import { inWords } from './complaint';
import { cronProblem } from './cron';
import type { Path } from './path';
import type { Fault, Rule } from './rule';
import { placeIn, placeOf, type TracedFleet, type Words } from './traced';

/** A text of the user's, where the options have it. */
interface Text {
  readonly text: string;
  readonly path: Path;
  readonly words: readonly [Words, ...Words[]];
}

/** A rule that holds every text of a kind against its syntax. */
function syntax(id: string, what: string, why: string, texts: (fleet: TracedFleet) => Iterable<Text>, problem: (text: string) => Pick<Fault, 'message' | 'fix'> | undefined): Rule<TracedFleet> {
  function* check(fleet: TracedFleet): Generator<Fault> {
    for (const { text, path, words } of texts(fleet)) {
      const found = problem(text);
      if (found) yield { ...placeOf(words, path) ?? placeIn(words[0], path), ...found };
    }
  }
  return { id, severity: 'error', what, why, check };
}

function* addresses({ platform, homeservers }: TracedFleet): Generator<Text> {
  const { traefik } = platform.model;
  if (traefik && traefik.loadBalancerIp !== undefined) yield { text: traefik.loadBalancerIp, path: ['platform', 'traefik', 'loadBalancerIp'], words: platform.words };
  for (const { model: { rtc }, words } of homeservers) if (rtc && rtc.publicIp !== undefined) yield { text: rtc.publicIp, path: ['rtc', 'publicIp'], words };
}

function* urls({ platform, homeservers }: TracedFleet): Generator<Text> {
  const { backups } = platform.model;
  if (backups) yield { text: backups.endpoint, path: ['platform', 'backups', 'endpoint'], words: platform.words };
  for (const { model: { wellKnown }, words } of homeservers) {
    if (wellKnown && typeof wellKnown.redirect === 'string') yield { text: wellKnown.redirect, path: ['wellKnown', 'redirect'], words };
  }
}

function* mailAddresses({ platform: { model, words } }: TracedFleet): Generator<Text> {
  yield { text: model.certManager.email, path: ['platform', 'certManager', 'email'], words };
}

function* schedules({ platform: { model: { backups }, words } }: TracedFleet): Generator<Text> {
  if (backups) yield { text: backups.schedule, path: ['platform', 'backups', 'schedule'], words };
}

function* storageClasses({ platform, homeservers }: TracedFleet): Generator<Text> {
  for (const [purpose, text] of Object.entries(platform.model.cluster.storage)) yield { text, path: ['cluster', 'storage', purpose], words: platform.words };
  for (const { model: { synapse: { media } }, words } of homeservers) {
    const path = ['synapse', 'media', 'storageClass'];
    if (placeOf(words, path)) yield { text: media.storageClass, path, words };
  }
}

const isUrl = (text: string) => URL.canParse(text) && /^https?:\/\/[^\s]+$/.test(text);

export const syntaxRules: readonly Rule<TracedFleet>[] = [
  syntax('no-ip-address', 'Every IP address is one.', 'Clients of calls would be sent nowhere, and the cloud would refuse the load balancer.', addresses,
    (text) => (isIP(text) ? undefined : { message: `${inWords(text)} is no IP address`, fix: 'write an address such as 203.0.113.7' })),
  syntax('no-url', 'Every URL is one of http or https.', 'Backups and redirects would lead nowhere.', urls,
    (text) => (isUrl(text) ? undefined : { message: `${inWords(text)} is no URL`, fix: 'write it whole, such as https://chat.example.org' })),
  syntax('no-mail-address', 'A mail address is one.', 'Let\'s Encrypt refuses the account, and no certificate is issued.', mailAddresses,
    (text) => (/^[^\s@<>]+@[^\s@.<>]+(\.[^\s@.<>]+)+$/.test(text) ? undefined : { message: `${inWords(text)} is no mail address`, fix: 'write an address such as admin@example.org' })),
  syntax('no-class-name', 'The name of a storage class is a name that Kubernetes allows.', 'No class can bear any other, and the claim would be refused (Kubernetes, ValidatePersistentVolumeClaimSpec).', storageClasses,
    (text) => dnsName(text)),
  syntax('cron-fields', 'A schedule of backups has six fields, seconds first.',
    'CloudNativePG reads five as seconds to weekday without the last: `0 3 * * *` would be every hour (robfig/cron 1.2, Parse).', schedules, cronProblem),
];
