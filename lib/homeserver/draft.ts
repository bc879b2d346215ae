import { isMap } from '../merge';
import { literal } from '../quote';
import type { Homeserver } from './homeserver';
import type { DatabaseOptions, RtcOptions } from './options';

/** What the file of a new homeserver is made of. */
export interface Draft {
  readonly homeserver: Homeserver;
  /** How the file imports the project, e.g. `../lib`. */
  readonly library: string;
  /** Options that main.ts gives to every homeserver, e.g. `hookshot`. */
  readonly defaults: readonly string[];
  /** How calls reach it. @default - by its two ports */
  readonly calls?: RtcOptions | undefined;
  /** Where its databases are, if the fleet does not say it. */
  readonly database?: DatabaseOptions | undefined;
}

/** Options that a new homeserver's admin may want next; a test takes their comment marks away and synthesises. */
const suggestions: Readonly<Record<string, readonly [code: string, meaning: string]>> = {
  registration: ["registration: 'token'", 'who holds a registration token may make an account'],
  hookshot: ['hookshot: true', 'the bridge to GitHub, GitLab, Jira and webhooks'],
  synapse: ["synapse: { media: { size: '50Gi' } }", 'a volume can grow, but never shrink'],
  wellKnown: ['wellKnown: { redirect: false }', 'claims nothing of the domain\'s own web site but /.well-known/matrix'],
};

/** The source of a new homeserver's file, with a comment on all that is frozen once it is deployed. */
export function draftText({ homeserver: { name, serverName, names, databases, origin, rtc, nodePorts }, library, defaults, database, calls = rtc ? { tcp: rtc.tcp, udp: rtc.udp } : undefined }: Draft): string {
  const further = Object.entries(suggestions).filter(([option]) => !defaults.includes(option)).map(([, one]) => one);
  const width = Math.max(...further.map(([code]) => code.length));
  return [
    `import { homeserver } from ${literal(library)};`,
    '',
    'export default homeserver({',
    `  // Frozen after the first deployment: release and namespace ${names.release}, databases ${databases.map((database) => database.name).join(' and ')}.`,
    `  name: ${literal(name)},`,
    '  // The domain of its users\' and rooms\' addresses. Frozen after the first deployment.',
    `  serverName: ${literal(serverName)},`,
    ...origin === 'fresh' ? [] : ['  // It brings its keys along and waits for them: docs/move.md has the order.', `  origin: { restoredFrom: ${literal(origin.restoredFrom)} },`],
    ...database ? databaseLines(database) : [],
    ...calls ? callsLines(calls) : [],
    ...Object.keys(nodePorts).length > 0 ? [
      '  // NodePorts that the proxy connects to: npm run proxy says how.',
      `  nodePorts: { ${Object.entries(nodePorts).map(([part, port]) => `${part}: ${port}`).join(', ')} },`,
    ] : [],
    '',
    '  // All else has a default: docs/options.md lists every option, npm run explain -- PATH tells of one.',
    ...defaults.length > 0 ? [`  // From the defaults in main.ts: ${defaults.join(', ')}.`] : [],
    ...further.map(([code, meaning]) => `  // ${`${code},`.padEnd(width + 1)} // ${meaning}`),
    '});',
    '',
  ].join('\n');
}

function callsLines({ tcp, udp, ...further }: RtcOptions): readonly string[] {
  const ports = `tcp: ${tcp}, udp: ${udp}`;
  const more = Object.entries(further);
  const what = further.exposure === undefined ? 'NodePorts of calls: the whole cluster\'s, so unique in the fleet, and never moved' : 'Ports of calls: unique in the fleet, and never moved';
  return more.length === 0
    ? [`  // ${what}.`, `  rtc: { ${ports} },`]
    : [`  // ${what}. The rest is as the other homeservers have it.`, '  rtc: {', `    ${ports},`, ...more.map(([key, value]) => `    ${key}: ${code(value)},`), '  },'];
}

/** A value as one writes it in TypeScript. */
function code(value: unknown): string {
  if (typeof value === 'string') return literal(value);
  return isMap(value) ? `{ ${Object.entries(value).map(([key, one]) => `${/^[a-z]\w*$/i.test(key) ? key : literal(key)}: ${code(one)}`).join(', ')} }` : String(value);
}

function databaseLines({ cluster }: DatabaseOptions): readonly string[] {
  return cluster === undefined
    ? ['  // PostgreSQL of its own, in a pod beside Synapse, with no backups but what you dump. The other ways: npm run explain -- database.', '  database: { builtIn: true },']
    : ['  // The database cluster that it lives in.', `  database: { cluster: ${literal(cluster)} },`];
}
