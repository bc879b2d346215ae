import { valueAt } from '../../checks/path';
import { parseYaml } from '../../checks/yaml-text';
import type { Manifest } from '../../gitops/manifest';
import { isMap } from '../../merge';
import { type ConfiguredProvider, providerChanges } from '../identity-providers';
import { entranceOf } from './entrance';
import { nameMoves } from './network';
import { matches, type Says, type Spot } from './row';
import { stateSaying, stateSwitches } from './state';

/** A part of a homeserver that restarts by itself. */
type Part = keyof typeof parts;

/** What the parts are called, and whether the values of a homeserver let them run. */
const parts = {
  synapse: { restarts: 'restarts Synapse of {owner}', runs: (values: Values) => on(values, 'synapse') },
  mas: { restarts: 'restarts Matrix Authentication Service of {owner}', runs: (values: Values) => on(values, 'matrixAuthenticationService') },
  web: { restarts: 'restarts Element Web of {owner}', runs: (values: Values) => on(values, 'elementWeb') },
  admin: { restarts: 'restarts Element Admin of {owner}', runs: (values: Values) => on(values, 'elementAdmin') },
  authoriser: { restarts: 'restarts the RTC authoriser of {owner}', runs: (values: Values) => on(values, 'matrixRTC') },
  sfu: { restarts: 'restarts the SFU of {owner} and drops running calls', runs: (values: Values) => on(values, 'matrixRTC') && on(map(values.matrixRTC), 'sfu') },
  haproxy: { restarts: 'restarts HAProxy of {owner}, through which everything reaches Synapse', runs: (values: Values) => on(values, 'synapse') || on(values, 'wellKnownDelegation') },
  hookshot: { restarts: 'restarts Hookshot of {owner}', runs: (values: Values) => map(values.hookshot).enabled === true },
  redis: { restarts: 'restarts Redis of {owner}', runs: (values: Values) => on(values, 'synapse') || map(values.hookshot).enabled === true },
  postgres: { restarts: 'restarts the PostgreSQL of the chart of {owner}', runs: (values: Values) => on(values, 'postgres') },
} as const;

type Values = Readonly<Record<string, unknown>>;

export const valuesPath = ['spec', 'source', 'helm', 'valuesObject'];

/** Who takes requests to a homeserver, by its Application: where no ingress controller is told to, a proxy outside. */
export function essEntrance(application: Manifest): string {
  return entranceOf(valueAt(application, [...valuesPath, 'ingress', 'className']), 'the proxy');
}

/** What stands at a path of the values before and after a change. */
function sides({ change }: Spot, path: string): readonly [unknown, unknown] {
  const at = (manifest: Manifest) => valueAt(manifest, [...valuesPath, ...path.split(' ')]);
  return [at(change.before), at(change.after)];
}

/** Whether there is something on one side alone. */
const appears = (before: unknown, after: unknown) => before === undefined && after !== undefined;
const onOneSide = (before: unknown, after: unknown) => appears(before, after) || appears(after, before);

function map(value: unknown): Values {
  return isMap(value) ? value : {};
}

/** Components of the chart are on unless the values say otherwise. */
function on(values: Values, component: string): boolean {
  return map(values[component]).enabled !== false;
}

/** Which parts restart when a value at or below a path changes, and what else that means. The first that fits has the say. */
interface ValueRow {
  readonly at: readonly string[];
  readonly restarts: readonly Part[];
  readonly says: readonly Says<Spot>[];
  readonly when: ((spot: Spot) => boolean) | undefined;
}

function value(at: string, restarts: string, ...says: readonly Says<Spot>[]): ValueRow {
  return { at: at.split(' '), restarts: (restarts === '' ? [] : restarts.split(' ')) as Part[], says, when: undefined };
}

function valueWhen(at: string, when: ValueRow['when'], restarts: string, ...says: readonly Says<Spot>[]): ValueRow {
  return { ...value(at, restarts, ...says), when };
}

const everything = Object.keys(parts).join(' ');
const isOff = ({ after }: Spot) => after === false;
const isNone = ({ after }: Spot) => after === 0;

const dns: Says<Spot> = ['action', (spot) => nameMoves(spot, essEntrance(spot.change.after))];
const certificate: Says<Spot> = ['effect', 'asks for a certificate for the new name of {owner}'];
const reissue: Says<Spot> = ['effect', 'changes how the certificates of {owner} are issued from now on'];
const reached: Says<Spot> = ['outage', 'changes how requests reach {owner}'];
const jobs: Says<Spot> = ['effect', 'changes a job that runs at each sync of {owner}; nothing restarts'];
const measured: Says<Spot> = ['effect', 'changes what is measured of {owner}'];
const origin: Says<Spot> = ['loss', 'changes whether the chart makes the keys of {owner}: keys that are not the same log everybody out and break federation'];

/** A name that moves; one that comes or goes asks for its DNS record alone. */
const host = (component: string, restarts: string, ...says: readonly Says<Spot>[]): readonly ValueRow[] => [
  valueWhen(`${component} ingress host`, ({ after }) => after === undefined, restarts, dns),
  valueWhen(`${component} ingress host`, ({ before }) => before === undefined, restarts, dns, certificate),
  value(`${component} ingress host`, restarts, dns, certificate, ...says),
];

/** Switching a part off and on; others restart since they are told of it. */
const enabled = (component: string, name: string, restarts: string): readonly ValueRow[] => [
  valueWhen(`${component} enabled`, isOff, restarts, ['outage', `stops ${name} of {owner}`]),
  value(`${component} enabled`, restarts, ['effect', `starts ${name} of {owner}`]),
];

const replicas = (component: string, name: string): readonly ValueRow[] => [
  valueWhen(`${component} replicas`, isNone, '', ['outage', `stops ${name} of {owner}`]),
  valueWhen(`${component} replicas`, ({ before, after }) => onOneSide(before, after), '', ['effect', `changes who says how many pods of ${name} of {owner} run; nothing restarts`]),
  value(`${component} replicas`, '', ['effect', ({ before, after }) => `runs ${count(after, 'pod')} of ${name} of {owner} instead of ${String(before)}; nothing restarts`]),
];

export const count = (number: unknown, what: string) => `${String(number)} ${what}${Number(number) === 1 ? '' : 's'}`;

/** A way that calls come in by: known to clients at once, but closed until the firewall lets them in. All that is said of it is one meaning. */
const port = (exposed: string, protocol: string): readonly ValueRow[] => {
  const at = `matrixRTC sfu exposedServices ${exposed}`;
  const open = (spot: Spot) => portsOf(spot, exposed);
  const moves = (spot: Spot) => open(spot)[0] !== open(spot)[1];
  const says: Says<Spot> = ['action', (spot) => portMoves(...open(spot), protocol)];
  return [
    value(`${at} nodePort`, '', ['action', ({ before, after }) => portMoves(before, after, protocol)]),
    ...['port', 'enabled', 'portType'].map((leaf) => valueWhen(`${at} ${leaf}`, moves, 'sfu', says)),
    valueWhen(`${at} portType`, ({ before, after }) => !onOneSide(before, after), 'sfu', ['action', 'reaches the SFU of {owner} through a {after} instead of a {before}: look at the ports and addresses in the firewall']),
  ];
};

/** The port of a service of calls that is open before and after; undefined where calls or the service are off. */
function portsOf({ change }: Spot, exposed: string): readonly [unknown, unknown] {
  const open = (manifest: Manifest) => {
    const rtc = map(valueAt(manifest, [...valuesPath, 'matrixRTC']));
    const service = map(map(map(rtc.sfu).exposedServices)[exposed]);
    return rtc.enabled === false || map(rtc.sfu).enabled === false || service.enabled === false ? undefined : service.port;
  };
  return [open(change.before), open(change.after)];
}

function portMoves(before: unknown, after: unknown, protocol: string): string {
  if (after === undefined) return `calls of {owner} need this port of the nodes no more: close ${String(before)}/${protocol} in the firewall`;
  if (before === undefined) return `calls of {owner} need a port of the nodes: open ${String(after)}/${protocol} in the firewall`;
  return `moves the RTC ports of {owner}: open ${String(after)}/${protocol} in the firewall, then close ${String(before)}/${protocol}`;
}

/** Where a service keeps its data. The chart's own PostgreSQL has no host: from or to it, all that is said of the connection is one meaning. */
const postgres = (component: string, name: string, part: Part): readonly ValueRow[] => {
  const empty = 'it is empty unless you have brought the data over';
  const hosts = (spot: Spot) => sides(spot, `${component} postgres host`);
  const place = (address: unknown) => (address === undefined ? 'in the PostgreSQL of its chart' : `at ${String(address)}`);
  return [
    valueWhen(`${component} postgres`, (spot) => onOneSide(...hosts(spot)), part,
      ['loss', (spot) => `${name} of {owner} looks for its database ${place(hosts(spot)[1])} instead of ${place(hosts(spot)[0])}: ${empty}`]),
    value(`${component} postgres database`, part, ['loss', `${name} of {owner} uses the database {after} instead of {before}: ${empty}`]),
    value(`${component} postgres host`, part, ['loss', `${name} of {owner} looks for its database at {after} instead of {before}: ${empty}`]),
    value(`${component} postgres user`, part, ['outage', `${name} of {owner} logs in to PostgreSQL as {after} instead of {before}, who must own its tables`]),
    value(`${component} postgres password`, part, ['action', `${name} of {owner} reads its database's password from elsewhere, which must be there first: run dist/bootstrap/secrets.sh`]),
    value(`${component} postgres`, part),
  ];
};

/** A key from a Secret: the same key elsewhere does no harm, another one does. Where the chart makes keys no more, or again, that says it all. */
const key = (at: string, restarts: string, what: string, otherwise: string): readonly ValueRow[] => [
  valueWhen(at, (spot) => onOneSide(spot.before, spot.after) && onOneSide(...sides(spot, 'initSecrets enabled')), restarts, origin),
  valueWhen(at, (spot) => usesKeys(spot, at), restarts, ['loss', `{owner} takes ${what} from elsewhere; if it is not the same, ${otherwise}`]),
  value(at, restarts),
];

/** What stands in the values of a part that has keys only where it is on; a homeserver that is stopped has it, too. */
const marks: Readonly<Record<string, string>> = { matrixAuthenticationService: 'matrixAuthenticationService ingress host', hookshot: 'hookshot resources' };

function usesKeys(spot: Spot, at: string): boolean {
  const mark = marks[at.split(' ')[0]!];
  return mark === undefined || sides(spot, mark)[1] !== undefined;
}

/** Which stage of the move MAS is at, before or after a change. */
const stage = (spot: Spot, side: 0 | 1) =>
  (sides(spot, 'matrixAuthenticationService syn2mas enabled')[side] !== true ? undefined : sides(spot, 'matrixAuthenticationService syn2mas dryRun')[side] === false ? 'migrate' : 'dry-run');
const rehearses = (side: 0 | 1) => (spot: Spot) => stage(spot, side) === 'dry-run';
const migrates = (side: 0 | 1) => (spot: Spot) => stage(spot, side) === 'migrate';
const moves: Says<Spot> = ['action', 'moves accounts of {owner} to Matrix Authentication Service at the next sync by hand, and there is no way back: save its databases before'];

/**
 * Held against `helm template` of the chart's versions 26.2.3 to 26.8.1: what restarts is what has another pod template afterwards, for
 * each value that a homeserver has here and for those that a user would set (test/diff/ess-restarts.json).
 */
const table: readonly ValueRow[] = [
  value('serverName', 'admin web mas authoriser hookshot synapse', ['loss', 'makes {owner} another homeserver, {after} instead of {before}: its users, rooms and federation belong to the old name'], dns, certificate),
  valueWhen('certManager clusterIssuer', ({ after }) => String(after).endsWith('-staging'), '', ['outage', 'asks {after} for the certificates of {owner}: neither browsers nor other servers trust these']),
  valueWhen('certManager clusterIssuer', ({ before, after }) => !onOneSide(before, after), '', ['effect', 'asks {after} instead of {before} for the certificates of {owner}']),
  valueWhen('certManager', ({ after }) => after === undefined, '', ['effect', 'asks for certificates of {owner} no more; those that are there stay until they end']),
  value('certManager', '', reissue),
  value('ingress annotations cert-manager.io/*', '', reissue),
  valueWhen('ingress className', ({ after }) => after === undefined, '', ['outage', 'no ingress controller serves the names of {owner} any more: something else must pass requests on']),
  valueWhen('ingress className', ({ before }) => before === undefined, '', ['outage', 'the ingress controller {after} serves the names of {owner} from now on']),
  value('ingress className', '', ['outage', 'hands all names of {owner} over to the ingress controller {after} instead of {before}']),
  value('ingress', '', reached),
  value('initSecrets enabled', 'mas synapse', origin),
  value('initSecrets', '', jobs),
  valueWhen('deploymentMarkers enabled', isOff, '', ['loss', '{owner} forgets how its accounts are kept, and nothing stops a step back that spoils them']),
  value('deploymentMarkers', '', jobs),
  value('matrixTools', 'mas sfu hookshot synapse', jobs),
  value('storage', '', ['effect', 'is for volumes that the chart of {owner} makes from now on']),
  valueWhen('postgres enabled', isOff, everything, ['loss', 'takes the PostgreSQL of the chart of {owner} away']),
  value('postgres enabled', everything, ['effect', 'starts the PostgreSQL of the chart for {owner}, empty']),
  value('postgres', 'postgres'),
  value('clusterDomain', 'haproxy mas authoriser sfu hookshot synapse'),
  value('networking', 'admin web haproxy mas hookshot synapse', reached),

  ...host('synapse', 'web haproxy hookshot synapse', ['outage', 'clients that do not look at .well-known have to be told the new address of {owner}']),
  value('synapse ingress annotations cert-manager.io/*', '', reissue),
  value('synapse ingress', '', reached),
  ...enabled('synapse', 'Synapse', 'web haproxy mas authoriser hookshot redis'),
  ...replicas('synapse', 'Synapse'),
  ...postgres('synapse', 'Synapse', 'synapse'),
  value('synapse media storage existingClaim', 'synapse', ['loss', 'Synapse of {owner} looks for its media in {after} instead of {before}: they are not there unless you have brought them over']),
  value('synapse media storage', 'synapse', ['effect', 'is for a media volume that the chart of {owner} makes']),
  ...key('synapse signingKey', 'synapse', 'the signing key', 'other servers do not believe this one any more'),
  ...key('synapse macaroon', 'synapse', 'the key of access tokens', 'everybody is logged out'),
  ...key('synapse registrationSharedSecret', 'synapse', 'the secret for making users', 'scripts that make users fail'),
  valueWhen('synapse workers *', (spot) => onOneSide(...sides(spot, `synapse workers ${workerOf(spot)}`)), 'haproxy synapse redis', ['effect', (spot) => `${sides(spot, `synapse workers ${workerOf(spot)}`)[0] === undefined ? 'starts' : 'stops'} workers of {owner}: ${workerOf(spot)}`]),
  value('synapse workers * replicas', 'haproxy synapse', ['effect', (spot) => `runs {after} instead of {before} of the workers ${workerOf(spot)} of {owner}`]),
  value('synapse workers * enabled', 'haproxy synapse redis', ['effect', (spot) => `switches the worker ${workerOf(spot)} of {owner} ${spot.after === true ? 'on' : 'off'}`]),
  value('synapse workers', 'haproxy synapse redis'),
  value('synapse checkConfigHook', '', jobs),
  value('synapse serviceMonitors', '', measured),
  value('synapse serviceAccount', '', ['effect', 'changes the account that Synapse of {owner} runs as']),
  value('synapse', 'synapse'),

  ...host('matrixAuthenticationService', 'haproxy mas', ['outage', 'everybody who logged in to {owner} at {before} may have to log in again, and an identity provider must know the redirect URI at {after}']),
  value('matrixAuthenticationService ingress annotations cert-manager.io/*', '', reissue),
  value('matrixAuthenticationService ingress', '', reached),
  valueWhen('matrixAuthenticationService enabled', (spot) => isOff(spot) && rehearses(0)(spot), 'web haproxy synapse', ['effect', 'ends the rehearsal of moving accounts of {owner}: they stay with Synapse']),
  valueWhen('matrixAuthenticationService enabled', isOff, 'web haproxy synapse', ['loss', 'stops Matrix Authentication Service of {owner}, which has its accounts: nobody can log in, since Synapse does not know them']),
  valueWhen('matrixAuthenticationService enabled', migrates(1), 'web haproxy mas synapse', moves),
  valueWhen('matrixAuthenticationService enabled', rehearses(1), 'web haproxy mas synapse', ['effect', 'gets Matrix Authentication Service of {owner} ready for a rehearsal of moving accounts: they stay with Synapse']),
  value('matrixAuthenticationService enabled', 'web haproxy mas synapse', ['loss', 'starts Matrix Authentication Service of {owner}, which does not know the accounts that Synapse has: nobody can log in']),
  valueWhen('matrixAuthenticationService syn2mas dryRun', ({ after }) => after === false, 'web haproxy mas synapse', moves),
  valueWhen('matrixAuthenticationService syn2mas dryRun', ({ after }) => after === true, 'web haproxy mas synapse', ['effect', 'rehearses to move accounts of {owner} to Matrix Authentication Service at each sync by hand']),
  valueWhen('matrixAuthenticationService syn2mas', (spot) => appears(spot.after, spot.before) && rehearses(0)(spot), 'web haproxy mas synapse', ['loss', 'lets Matrix Authentication Service of {owner} keep the accounts, which have not moved: nobody can log in, since it does not know them']),
  valueWhen('matrixAuthenticationService syn2mas', ({ before, after }) => appears(after, before), 'web haproxy mas synapse', ['effect', 'moves no accounts of {owner} any more: they are with Matrix Authentication Service']),
  value('matrixAuthenticationService syn2mas resources', '', jobs),
  value('matrixAuthenticationService syn2mas', 'web haproxy mas synapse'),
  ...replicas('matrixAuthenticationService', 'Matrix Authentication Service'),
  ...postgres('matrixAuthenticationService', 'Matrix Authentication Service', 'mas'),
  ...key('matrixAuthenticationService synapseSharedSecret', 'mas synapse', 'the secret that Synapse and MAS share', 'nobody can log in'),
  ...key('matrixAuthenticationService encryptionSecret', 'mas', 'the encryption secret of MAS', 'what MAS has encrypted cannot be read, and everybody must log in again'),
  ...key('matrixAuthenticationService privateKeys', 'mas', 'a key that signs tokens', 'tokens that were signed before are not believed'),
  value('matrixAuthenticationService serviceMonitors', '', measured),
  value('matrixAuthenticationService', 'mas'),

  ...host('elementWeb', 'haproxy synapse'),
  value('elementWeb ingress annotations cert-manager.io/*', '', reissue),
  value('elementWeb ingress', '', reached),
  ...enabled('elementWeb', 'Element Web', 'haproxy synapse'),
  ...replicas('elementWeb', 'Element Web'),
  value('elementWeb', 'web'),

  ...host('elementAdmin', ''),
  value('elementAdmin ingress annotations cert-manager.io/*', '', reissue),
  value('elementAdmin ingress', '', reached),
  ...enabled('elementAdmin', 'Element Admin', ''),
  ...replicas('elementAdmin', 'Element Admin'),
  value('elementAdmin', 'admin'),

  ...host('matrixRTC', 'haproxy authoriser synapse', ['outage', 'calls of {owner} that are being set up fail until the new name resolves']),
  value('matrixRTC ingress annotations cert-manager.io/*', '', reissue),
  value('matrixRTC ingress', '', reached),
  ...enabled('matrixRTC', 'calls', 'web haproxy synapse'),
  ...replicas('matrixRTC', 'the RTC authoriser'),
  ...enabled('matrixRTC sfu', 'the SFU', 'authoriser'),
  ...replicas('matrixRTC sfu', 'the SFU'),
  ...port('rtcTcp', 'tcp'),
  ...port('rtcMuxedUdp', 'udp'),
  ...port('turnTLS', 'tcp'),
  ...port('turn', 'udp'),
  value('matrixRTC sfu exposedServices * annotations', '', ['effect', 'changes annotations of the Service that calls of {owner} come in by']),
  value('matrixRTC sfu exposedServices', 'sfu', ['action', 'changes which ports calls of {owner} use: look at the firewall']),
  valueWhen('matrixRTC sfu manualIP', ({ before, after }) => appears(before, after), 'sfu', ['action', 'tells clients of {owner} to send calls to {after}, which must lead to its SFU']),
  valueWhen('matrixRTC sfu manualIP', ({ before, after }) => appears(after, before), 'sfu', ['action', 'tells clients of {owner} to send calls to the address that its node finds by STUN instead of {before}']),
  value('matrixRTC sfu manualIP', 'sfu', ['action', 'tells clients of {owner} to send calls to {after} instead of {before}, which must lead to its SFU']),
  value('matrixRTC sfu hostNetwork', 'sfu', ['action', 'changes whether the SFU of {owner} listens on its node: look at the firewall']),
  value('matrixRTC sfu serviceMonitors', '', measured),
  value('matrixRTC sfu', 'sfu'),
  value('matrixRTC livekitAuth', 'authoriser sfu'),
  value('matrixRTC', 'authoriser'),

  ...host('hookshot', 'hookshot', ['action', 'webhooks of {owner} have another address: change it where they are sent from']),
  value('hookshot ingress annotations cert-manager.io/*', '', reissue),
  value('hookshot ingress', '', reached),
  valueWhen('hookshot enabled', isOff, 'redis synapse', ['outage', 'stops Hookshot of {owner}']),
  value('hookshot enabled', 'synapse', ['effect', 'starts Hookshot of {owner}']),
  ...replicas('hookshot', 'Hookshot'),
  ...key('hookshot appserviceRegistration', 'hookshot synapse', 'the registration of Hookshot', 'Synapse does not let Hookshot in'),
  ...key('hookshot passkey', 'hookshot', 'the key of Hookshot', 'Hookshot forgets the accounts of GitHub and the like that users connected'),
  value('hookshot serviceMonitors', '', measured),
  value('hookshot', 'hookshot'),

  ...replicas('haproxy', 'HAProxy'),
  value('haproxy', 'haproxy'),
  value('redis', 'redis'),
  valueWhen('wellKnownDelegation enabled', isOff, 'haproxy', ['outage', 'answers .well-known of {owner} no more: clients and other servers do not find it unless somebody else does']),
  value('wellKnownDelegation enabled', 'haproxy', ['effect', 'answers .well-known of {owner}'], dnsOfServerName()),
  value('wellKnownDelegation ingress annotations cert-manager.io/*', '', reissue),
  value('wellKnownDelegation ingress', '', reached),
  value('wellKnownDelegation additional', 'haproxy', ['outage', 'tells clients and other servers other things about {owner}']),
  value('wellKnownDelegation baseDomainRedirect', 'haproxy', ['effect', 'changes where the bare domain of {owner} leads']),
  value('wellKnownDelegation', 'haproxy'),
];

function workerOf({ path }: Spot): string {
  return path[valuesPath.length + 2] ?? '';
}

function dnsOfServerName(): Says<Spot> {
  return ['action', ({ change }) => `the server name of {owner} itself must lead to ${essEntrance(change.after)}`];
}

/** Parts that the options switch off and on, and what stands in the values only where they are on. */
const optional: Readonly<Record<string, Part>> = { matrixAuthenticationService: 'mas', elementWeb: 'web', elementAdmin: 'admin', matrixRTC: 'authoriser', hookshot: 'hookshot' };
const isDescribed = (values: unknown, component: string) => ['ingress', 'postgres', 'resources'].some((key) => map(map(values)[component])[key] !== undefined);

/** Of a part that is switched off or on, every value has come or gone with it: only its names and ports ask for more than the switch. */
function switchSayings(spot: Spot, path: readonly string[], before: unknown, after: unknown): readonly Says<Spot>[] | undefined {
  const [component = '', ...rest] = path;
  const part = Object.hasOwn(optional, component) ? optional[component]! : undefined;
  if (part === undefined || rest.join(' ') === 'enabled' || !onOneSide(spot.before, spot.after)) return undefined;
  const isOn = (values: unknown) => parts[part].runs(map(values));
  if (isOn(before) === isOn(after) || isDescribed(before, component) === isDescribed(after, component)) return undefined;
  const [line] = rowOf({ ...spot, before: isOn(before), after: isOn(after) }, [component, 'enabled'])?.says ?? [];
  const asked = rest.join(' ') === 'ingress host' || rest[1] === 'exposedServices' ? rowOf(spot, path)?.says.filter(([level]) => level === 'action') ?? [] : [];
  return line && [...asked, line];
}

function rowOf(spot: Spot, path: readonly string[]): ValueRow | undefined {
  return table.find(({ at, when }) => matches(at, path) && (when === undefined || when(spot)));
}

/** Whether a file of Synapse's or MAS's configuration leaves logging in by password on, which is the default. */
function takesPasswords(config: unknown): boolean {
  if (typeof config !== 'string' || !/password/.test(config)) return true;
  const read = parseYaml(config);
  return !('value' in read) || ['passwords', 'password_config'].every((section) => valueAt(read.value, [section, 'enabled']) !== false);
}

/** What becomes of those who log in by providers of identities that a file of configuration names, or named. */
function loginsOf([component = '', list, file = '']: readonly string[], before: unknown, after: unknown): readonly Says<Spot>[] {
  if (list !== 'additional') return [];
  const { gone, moved, renaming, come } = providerChanges(before, after);
  const [hadPasswords, hasPasswords] = [before, after].map((values) => takesPasswords(valueAt(values, [component, list, file, 'config'])));
  const isHere = (provider: ConfiguredProvider) => provider.service === component && provider.file === file;
  return [
    ...gone.filter(({ provider }) => isHere(provider)).map(({ provider, successor }): Says<Spot> =>
      ['loss', `cuts users of {owner} off from accounts that are linked to ${provider.id}${successor ? `, which is called ${successor.id} now` : ', by which nobody can log in any more'}`]),
    ...moved.filter(({ now }) => isHere(now)).map(({ provider, now }): Says<Spot> =>
      ['loss', `gives accounts of {owner} that are linked to ${provider.id} to whom ${now.issuer} calls what ${provider.issuer} called their owners`]),
    ...renaming.filter(({ now }) => isHere(now)).map(({ now: { id, localpart } }): Says<Spot> =>
      ['loss', `gives accounts of {owner} to whom ${id} calls by their names for the first time, now by ${localpart || "the service's own template"}`]),
    ...hadPasswords && !hasPasswords ? [['outage', 'takes no passwords any more: who has an account of {owner} and no identity provider that knows it cannot log in']] satisfies readonly Says<Spot>[] : [],
    ...come.filter((provider) => isHere(provider) && !gone.some(({ successor }) => successor === provider)).map(({ id, issuer }): Says<Spot> => ['effect', `lets users of {owner} log in by ${id}, ${issuer}`]),
  ];
}

/** What a change of the ESS chart's values means. A value that the table does not know restarts everything, as far as anybody knows. */
export function essSayings(spot: Spot, path: readonly string[], before: unknown, after: unknown): readonly Says<Spot>[] {
  if (path.length === 2 && path[1] === 'enabled' && stateSwitches(spot.change)) return [stateSaying(spot.change)];
  const switched = switchSayings(spot, path, before, after);
  if (switched) return switched;
  const found = rowOf(spot, path);
  if (found === undefined) return [['outage', 'restarts every component of {owner}']];
  const runs = (values: unknown) => found.restarts.filter((part) => parts[part].runs(map(values)));
  const [ran, run] = [runs(before), runs(after)];
  const running = run.filter((part) => ran.includes(part));
  const says = [...found.says, ...loginsOf(path, before, after), ...running.map((part): Says<Spot> => ['outage', parts[part].restarts])];
  if (says.length > 0) return says;
  return [['effect', run.length > 0 ? 'configures a part of {owner} that starts' : ran.length > 0 ? 'is for a part of {owner} that stops' : 'prepares a part of {owner} that is off']];
}
