import { isIP } from 'node:net';
import { dnsName } from './bound';
import { inWords } from './complaint';
import { cronProblem } from './cron';
import type { Path } from './path';
import type { Fault, Rule, RuleText } from './rule';
import { placeIn, placeOf, type TracedFleet, type Words } from './traced';

/** A text of the user's, where the options have it. */
interface Text {
  readonly text: string;
  readonly path: Path;
  readonly words: readonly [Words, ...Words[]];
}

/** A rule that holds every text of a kind against its syntax. */
function syntax({ id, what, why, fix }: Omit<RuleText, 'severity'>, texts: (fleet: TracedFleet) => Iterable<Text>, problem: (text: string) => Pick<Fault, 'message' | 'fix'> | undefined): Rule<TracedFleet> {
  function* check(fleet: TracedFleet): Generator<Fault> {
    for (const { text, path, words } of texts(fleet)) {
      const found = problem(text);
      if (found) yield { ...placeOf(words, path) ?? placeIn(words[0], path), ...found };
    }
  }
  return { id, severity: 'error', what, why, fix, check };
}

function* addresses({ platform, homeservers }: TracedFleet): Generator<Text> {
  const { traefik } = platform.model;
  if (traefik && traefik.loadBalancerIp !== undefined) yield { text: traefik.loadBalancerIp, path: ['platform', 'traefik', 'loadBalancerIp'], words: platform.words };
  const { hairpin } = platform.model.cluster;
  if (hairpin !== undefined) yield { text: hairpin, path: ['cluster', 'hairpin'], words: platform.words };
  for (const { model: { rtc }, words } of homeservers) if (rtc && rtc.publicIp !== undefined) yield { text: rtc.publicIp, path: ['rtc', 'publicIp'], words };
}

function* addressRanges({ platform: { model: { cluster: { proxy } }, words } }: TracedFleet): Generator<Text> {
  if (proxy?.from !== undefined) yield { text: proxy.from, path: ['cluster', 'proxy', 'from'], words };
}

function* urls({ platform, homeservers }: TracedFleet): Generator<Text> {
  const { backups } = platform.model;
  if (backups) yield { text: backups.endpoint, path: ['platform', 'backups', 'endpoint'], words: platform.words };
  for (const { model: { wellKnown, identityProviders }, words } of homeservers) {
    for (const [index, { issuer }] of identityProviders.entries()) yield { text: issuer, path: ['identityProviders', index, 'issuer'], words };
    if (wellKnown && typeof wellKnown.redirect === 'string') yield { text: wellKnown.redirect, path: ['wellKnown', 'redirect'], words };
  }
}

function* mailAddresses({ platform: { model, words } }: TracedFleet): Generator<Text> {
  if (model.certManager) yield { text: model.certManager.email, path: ['platform', 'certManager', 'email'], words };
}

function* schedules({ platform: { model: { backups }, words } }: TracedFleet): Generator<Text> {
  if (backups) yield { text: backups.schedule, path: ['platform', 'backups', 'schedule'], words };
}

function* storageClasses({ platform, homeservers }: TracedFleet): Generator<Text> {
  for (const [purpose, text] of Object.entries(platform.model.cluster.storage).filter(([, text]) => text !== '')) yield { text, path: ['cluster', 'storage', purpose], words: platform.words };
  for (const { model: { synapse: { media } }, words } of homeservers) {
    const path = ['synapse', 'media', 'storageClass'];
    if (!media.nfs && placeOf(words, path)) yield { text: media.storageClass, path, words };
  }
}

function rangeProblem(text: string): Pick<Fault, 'message' | 'fix'> | undefined {
  const [address = '', bits = '', ...rest] = text.split('/');
  const width = { 0: 0, 4: 32, 6: 128 }[isIP(address)]!;
  if (width > 0 && /^\d+$/.test(bits) && Number(bits) <= width && rest.length === 0) return undefined;
  return { message: `${inWords(text)} is no range of addresses`, fix: width > 0 && bits === '' ? `did you mean ${address}/${width}?` : 'write one such as 172.18.0.0/16' };
}

const isUrl = (text: string) => URL.canParse(text) && /^https?:\/\/[^\s]+$/.test(text);

export const syntaxRules: readonly Rule<TracedFleet>[] = [
  syntax({
    id: 'no-ip-address',
    what: 'Every IP address is one.',
    why: 'Clients of calls would be sent nowhere, and the cloud would refuse the load balancer.',
    fix: 'Write an address such as 203.0.113.7.',
  }, addresses, (text) => (isIP(text) ? undefined : { message: `${inWords(text)} is no IP address`, fix: 'write an address such as 203.0.113.7' })),
  syntax({
    id: 'no-address-range',
    what: 'Every range of addresses is one.',
    why: 'The API server refuses a NetworkPolicy with another (Kubernetes, IPBlock).',
    fix: 'Write the first address and how many bits are fixed, such as 172.18.0.0/16.',
  }, addressRanges, (text) => rangeProblem(text)),
  syntax({
    id: 'no-url',
    what: 'Every URL is one of http or https.',
    why: 'Backups, redirects and logins would lead nowhere.',
    fix: 'Write it whole, such as https://chat.example.org.',
  }, urls, (text) => (isUrl(text) ? undefined : { message: `${inWords(text)} is no URL`, fix: 'write it whole, such as https://chat.example.org' })),
  syntax({
    id: 'no-mail-address',
    what: 'A mail address is one.',
    why: 'Let\'s Encrypt refuses the account, and no certificate is issued (RFC 8555, section 7.3).',
    fix: 'Write an address such as admin@example.org.',
  }, mailAddresses, (text) => (/^[^\s@<>]+@[^\s@.<>]+(\.[^\s@.<>]+)+$/.test(text) ? undefined : { message: `${inWords(text)} is no mail address`, fix: 'write an address such as admin@example.org' })),
  syntax({
    id: 'no-class-name',
    what: 'The name of a storage class is a name that Kubernetes allows.',
    why: 'No class can bear any other, and the claim would be refused (Kubernetes, ValidatePersistentVolumeClaimSpec).',
    fix: 'Write the name of a class that the cluster has.',
  }, storageClasses, (text) => dnsName(text)),
  syntax({
    id: 'cron-fields',
    what: 'A schedule of backups has six fields, seconds first.',
    why: 'CloudNativePG reads five as seconds to weekday without the last: `0 3 * * *` would be every hour (robfig/cron 1.2, Parse).',
    fix: 'Write the seconds in front: `0 0 3 * * *`.',
  }, schedules, cronProblem),
];
