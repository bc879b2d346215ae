import { valueAt } from '../checks/path';
import { compareVersions } from '../homeserver/chart-version';
import type { Level } from './meaning';

/** What is known to change with a release. */
export interface Note {
  readonly level: Level;
  readonly text: string;
}

interface Release extends Note {
  /** The first version that has it. */
  readonly since: string;
  /** Whether it touches a homeserver with these values. By default it does. */
  readonly touches?: (values: unknown) => boolean;
}

/** Reads a value, by a path with spaces. */
const at = (values: unknown, path: string): unknown => valueAt(values, path.split(' '));
const calls = (values: unknown) => at(values, 'matrixRTC enabled') !== false;
const mas = (values: unknown) => at(values, 'matrixAuthenticationService enabled') !== false;
const web = (values: unknown) => at(values, 'elementWeb enabled') !== false;
const unsetPort = (values: unknown) => calls(values) && ['rtcTcp', 'rtcMuxedUdp'].some((name) => at(values, `matrixRTC sfu exposedServices ${name} port`) === undefined);

/**
 * The releases of the ESS chart between its supported versions, from its CHANGELOG; what the chart's schema refuses by itself is said by
 * the checks too, before anything is pushed.
 */
const ess: readonly Release[] = [
  { since: '26.3.0', level: 'action', text: 'since 26.3.0 the RTC ports are 30001 and 30002 where the values name none: open them in the firewall', touches: unsetPort },
  { since: '26.3.0', level: 'refused', text: 'since 26.3.0 synapse.redis names a Redis outside the chart', touches: (values) => at(values, 'synapse redis') !== undefined && at(values, 'synapse redis host') === undefined },
  { since: '26.3.0', level: 'action', text: 'since 26.3.0 the RTC host has /get_token: let an outer proxy pass it on', touches: calls },
  { since: '26.3.1', level: 'effect', text: 'since 26.3.1 a Synapse process takes 5 to 10 connections of PostgreSQL' },
  {
    since: '26.3.2', level: 'outage', text: 'since 26.3.2 sslMode verify-full asks the system\'s certificate authorities: name your own in synapse.additional',
    touches: (values) => at(values, 'synapse postgres sslMode') === 'verify-full',
  },
  { since: '26.5.0', level: 'refused', text: 'since 26.5.0 the worker sso-login is refused with Matrix Authentication Service', touches: (values) => mas(values) && at(values, 'synapse workers sso-login enabled') === true },
  { since: '26.6.0', level: 'effect', text: 'since 26.6.0 Redis has an exporter beside it: one image more to mirror' },
  { since: '26.7.0', level: 'effect', text: 'since 26.7.0 Matrix Authentication Service ends the oldest of more than 50 sessions of a user', touches: mas },
  { since: '26.7.1', level: 'effect', text: 'since 26.7.1 Matrix Authentication Service reaches Synapse through HAProxy: a network policy of your own must allow it', touches: mas },
  {
    since: '26.7.1', level: 'effect', text: 'since 26.7.1 Element Web reads element_call.disable instead of features.feature_group_calls',
    touches: (values) => web(values) && JSON.stringify(at(values, 'elementWeb additional') ?? '').includes('feature_group_calls'),
  },
  { since: '26.7.2', level: 'effect', text: 'security: since 26.7.2 Synapse is 1.157.2, which closes six holes of high severity' },
  { since: '26.8.0', level: 'effect', text: 'since 26.8.0 new rooms are of version 11' },
  { since: '26.8.1', level: 'refused', text: 'since 26.8.1 there is no matrixRTC.livekitAuth.keysYaml: give key and secret', touches: (values) => at(values, 'matrixRTC livekitAuth keysYaml') !== undefined },
  { since: '26.8.1', level: 'action', text: 'since 26.8.1 a $ in a database password is mangled: change such a password first' },
  { since: '26.8.1', level: 'action', text: 'since 26.8.1 the RTC host has /delegate_delayed_leave: let an outer proxy pass it on', touches: calls },
];

/** The versions of what the ESS chart runs, as far as they are known. */
const essImages: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '26.2.3': { 'Synapse': '1.148.0', 'Matrix Authentication Service': '1.12.0', 'Element Web': '1.12.11', 'LiveKit': '1.9.1' },
  '26.6.1': { 'Synapse': '1.154.0', 'Matrix Authentication Service': '1.18.0', 'Element Web': '1.12.21', 'LiveKit': '1.12.0' },
  '26.7.2': { Synapse: '1.157.2' },
  '26.8.1': { 'Synapse': '1.159.0', 'Matrix Authentication Service': '1.23.0', 'Element Web': '1.12.26', 'LiveKit': '1.13.5' },
};

/** Releases of the platform's charts that ask for something, by chart. */
const platform: Readonly<Record<string, readonly Release[]>> = {
  'argo-cd': [
    { since: '9.0.0', level: 'action', text: 'since 9.0.0 parameters of Argo CD stand under configs.params' },
    { since: '10.0.0', level: 'outage', text: 'since 10.0.0 network policies shut Argo CD\'s own parts off from everybody else' },
  ],
  'cert-manager': [{ since: '1.18.0', level: 'effect', text: 'since 1.18.0 a certificate gets a new private key each time it is renewed' }],
  'cloudnative-pg': [{ since: '0.0.0', level: 'outage', text: 'another operator may restart every PostgreSQL that it looks after, one instance after the other' }],
  'plugin-barman-cloud': [{ since: '0.0.0', level: 'outage', text: 'another plugin may restart every PostgreSQL that it backs up, one instance after the other' }],
  'loki': [{ since: '18.0.0', level: 'action', text: 'charts up to 7 are another line, of the Enterprise edition: compare the values' }],
};

/** What the releases of the ESS chart after `from`, up to `to`, change for a homeserver with these values. */
export function essNotes(from: string, to: string, values: unknown): readonly Note[] {
  const [old, now] = [essImages[from] ?? {}, essImages[to] ?? {}];
  const images = Object.keys(now).filter((name) => old[name] !== undefined && old[name] !== now[name]).map((name): Note => ({ level: 'effect', text: `${name} ${old[name]} → ${now[name]}` }));
  return [...passed(ess, from, to).filter(({ touches = () => true }) => touches(values)), ...images];
}

/** What the releases of another chart between two versions change. */
export function platformNotes(chart: string, from: string, to: string): readonly Note[] {
  const major = (version: string) => version.split('.')[0];
  const leap: readonly Note[] = major(from) === major(to) ? [] : [{ level: 'action', text: `${chart} ${to} is another major version: read what its maintainers say about upgrading, and compare the values` }];
  return [...leap, ...(Object.hasOwn(platform, chart) ? platform[chart]! : []).filter(({ since }) => since === '0.0.0' || passed([{ since }], from, to).length > 0)];
}

function passed<T extends { readonly since: string }>(releases: readonly T[], from: string, to: string): readonly T[] {
  return releases.filter(({ since }) => compareVersions(since, from) > 0 && compareVersions(since, to) <= 0);
}
