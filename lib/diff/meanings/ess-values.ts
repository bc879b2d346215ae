import { isMap } from '../../merge';
import { nameMoves } from './network';
import { matches, type Says, type Spot } from './row';

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

const dns: Says<Spot> = ['action', nameMoves];
const certificate: Says<Spot> = ['effect', 'asks for a certificate for the new name of {owner}'];
const reissue: Says<Spot> = ['effect', 'asks for the certificates of {owner} anew'];
const reached: Says<Spot> = ['outage', 'changes how requests reach {owner}'];
const jobs: Says<Spot> = ['effect', 'changes a job that runs at each sync of {owner}; nothing restarts'];
const measured: Says<Spot> = ['effect', 'changes what is measured of {owner}'];
const secret: Says<Spot> = ['action', '{owner} reads {key} of another Secret, which must be there first: run dist/bootstrap/secrets.sh'];

const host = (component: string, restarts: string, ...says: readonly Says<Spot>[]) => value(`${component} ingress host`, restarts, dns, certificate, ...says);

/** Switching a part off and on; others restart since they are told of it. */
const enabled = (component: string, name: string, restarts: string): readonly ValueRow[] => [
  valueWhen(`${component} enabled`, isOff, restarts, ['outage', `stops ${name} of {owner}`]),
  value(`${component} enabled`, restarts, ['effect', `starts ${name} of {owner}`]),
];

const replicas = (component: string, name: string): readonly ValueRow[] => [
  valueWhen(`${component} replicas`, isNone, '', ['outage', `stops ${name} of {owner}`]),
  value(`${component} replicas`, '', ['effect', `runs {after} pods of ${name} of {owner} instead of {before}; the others go on`]),
];

/** Ports of calls: known to clients at once, but closed until the firewall lets them in. */
const port = (exposed: string, protocol: string): readonly ValueRow[] => [
  value(`matrixRTC sfu exposedServices ${exposed} port`, 'sfu', ['action', ({ before, after }) => portMoves(before, after, protocol)]),
  value(`matrixRTC sfu exposedServices ${exposed} nodePort`, '', ['action', ({ before, after }) => portMoves(before, after, protocol)]),
  value(`matrixRTC sfu exposedServices ${exposed} enabled`, 'sfu', ['action', `opens or closes the way of calls over ${protocol}: look at the ports in the firewall`]),
  value(`matrixRTC sfu exposedServices ${exposed} portType`, 'sfu', ['action', `reaches the SFU of {owner} through a {after} instead of a {before}: look at the ports and addresses in the firewall`]),
];

function portMoves(before: unknown, after: unknown, protocol: string): string {
  if (after === undefined) return `moves the RTC ports of {owner}: close ${String(before)}/${protocol} in the firewall`;
  return `moves the RTC ports of {owner}: open ${String(after)}/${protocol} in the firewall${before === undefined ? '' : `, then close ${String(before)}/${protocol}`}`;
}

/** Where a service keeps its data. */
const postgres = (component: string, name: string, part: Part): readonly ValueRow[] => [
  value(`${component} postgres database`, part, ['loss', `${name} of {owner} uses the database {after} instead of {before}: it is empty unless you have brought the data over`]),
  value(`${component} postgres host`, part, ['loss', `${name} of {owner} looks for its database at {after} instead of {before}: it is empty unless you have brought the data over`]),
  value(`${component} postgres user`, part, ['outage', `${name} of {owner} logs in to PostgreSQL as {after} instead of {before}, who must own its tables`]),
  value(`${component} postgres password`, part, secret),
  value(`${component} postgres`, part),
];

/** A key from a Secret: the same key elsewhere does no harm, another one does. */
const key = (at: string, restarts: string, otherwise: string): ValueRow =>
  value(at, restarts, ['loss', `takes a key of {owner} from elsewhere ({field}); if it is not the same, ${otherwise}`]);

/**
 * Held against `helm template` of the chart's versions 26.2.3 to 26.8.1: what restarts is what has another pod template afterwards, for
 * each value that a homeserver has here and for those that a user would set (test/diff/ess-restarts.json).
 */
const table: readonly ValueRow[] = [
  value('serverName', 'admin web mas authoriser hookshot synapse', ['loss', 'makes {owner} another homeserver, {after} instead of {before}: its users, rooms and federation belong to the old name'], dns, certificate),
  value('certManager', '', ['effect', 'asks another issuer for the certificates of {owner} when they are next issued'], reissue),
  value('ingress annotations cert-manager.io', '', reissue),
  value('ingress className', '', ['outage', 'hands all names of {owner} over to the ingress controller {after} instead of {before}']),
  value('ingress', '', reached),
  value('initSecrets enabled', 'mas synapse', ['loss', 'changes whether the chart makes the keys of {owner}: keys that are not the same log everybody out and break federation']),
  value('initSecrets', '', jobs),
  valueWhen('deploymentMarkers enabled', isOff, '', ['loss', '{owner} forgets how its accounts are kept, and nothing stops a step back that spoils them']),
  value('deploymentMarkers', '', jobs),
  value('matrixTools', 'mas sfu hookshot synapse', jobs),
  value('storage', '', ['effect', 'is for volumes that the chart of {owner} makes from now on']),
  valueWhen('postgres enabled', isOff, everything, ['loss', 'takes the PostgreSQL of the chart of {owner} away']),
  value('postgres enabled', everything, ['effect', 'starts a PostgreSQL for {owner}, where no database of its own is named']),
  value('postgres', 'postgres'),
  value('clusterDomain', 'haproxy mas authoriser sfu hookshot synapse'),
  value('networking', 'admin web haproxy mas hookshot synapse', reached),

  host('synapse', 'web haproxy hookshot synapse', ['outage', 'clients that do not look at .well-known have to be told the new address of {owner}']),
  value('synapse ingress annotations cert-manager.io', '', reissue),
  value('synapse ingress', '', reached),
  ...enabled('synapse', 'Synapse', 'web haproxy mas authoriser hookshot redis'),
  ...replicas('synapse', 'Synapse'),
  ...postgres('synapse', 'Synapse', 'synapse'),
  value('synapse media storage existingClaim', 'synapse', ['loss', 'Synapse of {owner} looks for its media in {after} instead of {before}: they are not there unless you have brought them over']),
  value('synapse media storage', 'synapse', ['effect', 'is for a media volume that the chart of {owner} makes']),
  key('synapse signingKey', 'synapse', 'other servers do not believe this one any more'),
  key('synapse macaroon', 'synapse', 'everybody is logged out'),
  key('synapse registrationSharedSecret', 'synapse', 'scripts that make users fail'),
  value('synapse workers * replicas', 'haproxy synapse', ['effect', 'runs {after} workers of a kind of {owner} instead of {before}']),
  value('synapse workers * enabled', 'haproxy synapse redis', ['effect', 'changes which workers Synapse of {owner} has']),
  value('synapse workers', 'haproxy synapse redis'),
  value('synapse checkConfigHook', '', jobs),
  value('synapse serviceMonitors', '', measured),
  value('synapse serviceAccount', '', ['effect', 'changes the account that Synapse of {owner} runs as']),
  value('synapse', 'synapse'),

  host('matrixAuthenticationService', 'haproxy mas', ['outage', 'everybody who logged in to {owner} at {before} may have to log in again']),
  value('matrixAuthenticationService ingress annotations cert-manager.io', '', reissue),
  value('matrixAuthenticationService ingress', '', reached),
  valueWhen('matrixAuthenticationService enabled', isOff, 'web haproxy synapse', ['loss', 'stops Matrix Authentication Service of {owner}: accounts that live there cannot log in, and there is no way back to passwords in Synapse']),
  value('matrixAuthenticationService enabled', 'web haproxy mas synapse', ['loss', 'starts Matrix Authentication Service of {owner}: accounts must be moved to it, and there is no way back']),
  valueWhen('matrixAuthenticationService syn2mas dryRun', ({ after }) => after === false, 'web haproxy mas synapse', ['loss', 'moves accounts of {owner} to Matrix Authentication Service at the next sync by hand: there is no way back']),
  valueWhen('matrixAuthenticationService syn2mas dryRun', ({ after }) => after === true, 'web haproxy mas synapse', ['effect', 'rehearses to move accounts of {owner} to Matrix Authentication Service at each sync by hand']),
  value('matrixAuthenticationService syn2mas resources', '', jobs),
  value('matrixAuthenticationService syn2mas', 'web haproxy mas synapse'),
  ...replicas('matrixAuthenticationService', 'Matrix Authentication Service'),
  ...postgres('matrixAuthenticationService', 'Matrix Authentication Service', 'mas'),
  key('matrixAuthenticationService synapseSharedSecret', 'mas synapse', 'nobody can log in'),
  key('matrixAuthenticationService encryptionSecret', 'mas', 'what MAS has encrypted cannot be read, and everybody must log in again'),
  key('matrixAuthenticationService privateKeys', 'mas', 'tokens that were signed before are not believed'),
  value('matrixAuthenticationService serviceMonitors', '', measured),
  value('matrixAuthenticationService', 'mas'),

  host('elementWeb', 'haproxy synapse'),
  value('elementWeb ingress annotations cert-manager.io', '', reissue),
  value('elementWeb ingress', '', reached),
  ...enabled('elementWeb', 'Element Web', 'haproxy synapse'),
  ...replicas('elementWeb', 'Element Web'),
  value('elementWeb', 'web'),

  host('elementAdmin', ''),
  value('elementAdmin ingress annotations cert-manager.io', '', reissue),
  value('elementAdmin ingress', '', reached),
  ...enabled('elementAdmin', 'Element Admin', ''),
  ...replicas('elementAdmin', 'Element Admin'),
  value('elementAdmin', 'admin'),

  host('matrixRTC', 'haproxy authoriser synapse', ['outage', 'calls of {owner} that are being set up fail until the new name resolves']),
  value('matrixRTC ingress annotations cert-manager.io', '', reissue),
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
  value('matrixRTC sfu manualIP', 'sfu', ['action', 'tells clients of {owner} to send calls to {after} instead of {before}, which must lead to its node']),
  value('matrixRTC sfu hostNetwork', 'sfu', ['action', 'changes whether the SFU of {owner} listens on its node: look at the firewall']),
  value('matrixRTC sfu serviceMonitors', '', measured),
  value('matrixRTC sfu', 'sfu'),
  value('matrixRTC livekitAuth', 'authoriser sfu'),
  value('matrixRTC', 'authoriser'),

  host('hookshot', 'hookshot', ['action', 'webhooks of {owner} have another address: change it where they are sent from']),
  value('hookshot ingress annotations cert-manager.io', '', reissue),
  value('hookshot ingress', '', reached),
  valueWhen('hookshot enabled', isOff, 'redis synapse', ['outage', 'stops Hookshot of {owner}, and Redis where nothing else needs it']),
  value('hookshot enabled', 'synapse', ['effect', 'starts Hookshot of {owner}']),
  ...replicas('hookshot', 'Hookshot'),
  key('hookshot appserviceRegistration', 'hookshot synapse', 'Synapse does not let Hookshot in'),
  key('hookshot passkey', 'hookshot', 'Hookshot forgets the accounts of GitHub and the like that users connected'),
  value('hookshot serviceMonitors', '', measured),
  value('hookshot', 'hookshot'),

  ...replicas('haproxy', 'HAProxy'),
  value('haproxy', 'haproxy'),
  value('redis', 'redis'),
  valueWhen('wellKnownDelegation enabled', isOff, 'haproxy', ['outage', 'answers .well-known of {owner} no more: clients and other servers do not find it unless somebody else does']),
  value('wellKnownDelegation enabled', 'haproxy', ['effect', 'answers .well-known of {owner}'], dnsOfServerName()),
  value('wellKnownDelegation ingress annotations cert-manager.io', '', reissue),
  value('wellKnownDelegation ingress', '', reached),
  value('wellKnownDelegation additional', 'haproxy', ['outage', 'tells clients and other servers other things about {owner}']),
  value('wellKnownDelegation baseDomainRedirect', 'haproxy', ['effect', 'changes where the bare domain of {owner} leads']),
  value('wellKnownDelegation', 'haproxy'),
];

function dnsOfServerName(): Says<Spot> {
  return ['action', 'the server name of {owner} itself must lead to Traefik\'s address'];
}

const ofWhatStops: Says<Spot> = ['effect', 'is for a part of {owner} that stops'];

/** What a change of the ESS chart's values means. A value that the table does not know restarts everything, as far as anybody knows. */
export function essSayings(spot: Spot, path: readonly string[], before: unknown, after: unknown): readonly Says<Spot>[] {
  const [component = '', part = ''] = path;
  // What stops looks for nothing elsewhere, and no copy of it goes on.
  if (['postgres', 'replicas'].includes(part) && on(map(before), component) && !on(map(after), component)) return [ofWhatStops];
  const found = table.find(({ at, when }) => matches(at, path) && (when === undefined || when(spot)));
  if (found === undefined) return [['outage', 'restarts every component of {owner}']];
  const runs = (values: unknown) => found.restarts.filter((part) => parts[part].runs(map(values)));
  const [ran, run] = [runs(before), runs(after)];
  const running = run.filter((part) => ran.includes(part));
  const says = [...found.says, ...running.map((part): Says<Spot> => ['outage', parts[part].restarts])];
  if (says.length > 0) return says;
  if (run.length > 0) return [['effect', 'configures a part of {owner} that starts']];
  return ran.length > 0 ? [ofWhatStops] : [['effect', 'prepares a part of {owner} that is off']];
}
