import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { hostProblem } from '../checks/host-name';
import type { TracedFleet } from '../checks/traced';
import { type Finding, hasErrors } from '../finding';
import { type FleetOptions, surroundingsOf } from '../fleet';
import { draftText } from '../homeserver/draft';
import type { Homeserver } from '../homeserver/homeserver';
import type { DatabaseOptions, HomeserverOptions, NodePortOptions } from '../homeserver/options';
import { proxied } from '../homeserver/proxied';
import { resolveHomeserver } from '../homeserver/resolve';
import { callsOfAll } from '../inventory/calls';
import { addressHint, dnsRecords, entranceOf } from '../inventory/dns';
import { freePairs, freePorts } from '../inventory/node-ports';
import { openPorts, portText } from '../inventory/ports';
import { neededSecrets } from '../inventory/secrets';
import { shellWord } from '../quote';
import { sealedFolder } from '../secrets/sealed';
import type { SecretWay } from '../secrets/way';
import { exit } from './exit';
import { fleetFolder } from './io';
import { model, pipeline } from './pipeline';
import { findingsJson, findingsText } from './report';
import { columns } from './table';
import { fleetOption, outputOption, UsageError, verb } from './verb';

/** Writes the file of another homeserver. */
export const newHomeserver = verb({
  name: 'new',
  summary: 'write the file of another homeserver, and say what it needs',
  description: `Writes instances/NAME.ts with the next free pair of ports for calls, which reach it as they do the other homeservers, and
says which DNS records, firewall ports and Secrets the homeserver needs. It overwrites nothing, and writes only what synthesises.`,
  arguments: [
    { name: 'NAME', description: 'its short name, which everything derives from: lower-case letters, digits, hyphens' },
    { name: 'SERVER_NAME', description: 'the domain of its users\' addresses' },
  ],
  options: {
    'restored-from': { value: ['ess', 'matrix-chart'], description: 'it lived elsewhere, under another installation of the ESS chart or another chart' },
    fleet: fleetOption,
    output: outputOption(['text', 'json'], 'what it needs'),
  },
  examples: ['npm run new -- demo example.org', 'npm run new -- old example.net --restored-from matrix-chart'],
  async run({ words: [name, serverName], options: { 'restored-from': restoredFrom, fleet, output = 'text' } }, io) {
    const { audibly, readSources, understand } = await model();
    const { synthesiseSources } = await pipeline();
    const folder = fleetFolder(fleet, io);
    const refused = (findings: readonly Finding[], last: string): number => {
      if (output === 'json') io.out(findingsJson(findings));
      else io.err(findingsText(findings) + `nothing is written: ${last}\n`);
      return exit.findings;
    };

    const file = `instances/${name}.ts`;
    // What is no name may lead to any file.
    if (basename(name!) === name && existsSync(join(folder, file))) throw isThere(file);
    const sources = await readSources(folder, io.root);
    const before = audibly(understand(sources));
    const mendFirst = 'the fleet as it is has errors; mend them first, since they may hide ports and names that are taken';
    if (before.fleet === undefined || hasErrors(before.findings)) return refused(before.findings, mendFirst);
    const [pair] = freePairs(before.fleet);
    if (pair === undefined) throw noPortsLeft(before.fleet);

    const calls = { tcp: pair[0], udp: pair[1], ...callsOfAll(before.fleet) };
    const bare = { name: name!, serverName: serverName!, rtc: calls, ...restoredFrom && { origin: { restoredFrom } } };
    const database = databaseFor(bare, before.fleet);
    const value = { ...bare, ...database && { database }, ...before.fleet.platform.model.cluster.proxy && { nodePorts: portsForProxy(bare, before.fleet) } };
    const { findings, fleet: after } = synthesiseSources({ ...sources, instances: [...sources.instances, { file, value }] });
    if (after === undefined || hasErrors(findings)) {
      const old = synthesiseSources(sources).findings;
      return hasErrors(old) ? refused(old, mendFirst) : refused(ofArguments(findings, file, serverName!), 'choose other arguments, or mend what is said');
    }
    const traced = after.homeservers.find(({ model }) => model.file === file)!;
    const text = draftText({ homeserver: traced.model, library: libraryFrom(dirname(join(folder, file)), io.root), defaults: defaultsOf(after), database, calls });
    create(join(folder, file), text, file);

    const needs = needsOf({ ...after, homeservers: [traced] }, traced.model);
    if (output === 'json') io.out(findingsJson(findings, { file, ...needs }));
    else {
      io.err(findingsText(findings));
      io.out(needsText(file, needs, after, traced.model) + nextText(file, after, traced.model, needs.secrets.length > 0, fleet));
    }
    return exit.ok;
  },
});

/** What is wrong with the new homeserver, said of its own file alone; a name that cannot be hides no domain that cannot be. */
function ofArguments(findings: readonly Finding[], file: string, serverName: string): readonly Finding[] {
  const own = findings.filter((finding) => finding.file === file);
  if (own.length === 0) return findings;
  const problem = own.some(({ path }) => path === 'serverName') ? undefined : hostProblem(serverName);
  return problem ? [...own, { rule: 'no-host-name', severity: 'error', file, path: 'serverName', ...problem }] : own;
}

const isThere = (file: string) => new UsageError(`${file} is there already`, 'edit it, or choose another name');

/**
 * Writes a file that is not there yet.
 * @throws UsageError where it is, or where it cannot be written
 */
function create(path: string, text: string, file: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text, { flag: 'wx' });
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw code === 'EEXIST' && syscall === 'open' ? isThere(file) : new UsageError(`${file} cannot be written (${code})`, 'make instances/ a folder that this command may write');
  }
}

function noPortsLeft({ platform: { model: { cluster: { nodePorts: { from, to } } } } }: TracedFleet): UsageError {
  return new UsageError(`no pair of neighbouring NodePorts from ${from} to ${to} is free`,
    'widen cluster.nodePorts in main.ts and in the API server, or write the file by hand with rtc: { …, exposure: \'LoadBalancer\', publicIp: … }');
}

function tooFewPorts(free: number, needed: number, { platform: { model: { cluster: { nodePorts: { from, to } } } } }: TracedFleet): UsageError {
  return new UsageError(`${free} NodePorts from ${from} to ${to} are free, and the proxy needs ${needed} for another homeserver`, 'widen cluster.nodePorts in main.ts and in the API server');
}

/** Where its databases are, where neither a default nor the fleet's shared-pg says it: another database cluster of the fleet, else the chart's own PostgreSQL. */
function databaseFor(own: HomeserverOptions, fleet: TracedFleet): DatabaseOptions | undefined {
  const { databaseClusters } = fleet.platform.model;
  const { place } = resolvedIn(fleet, own);
  if (place.kind !== 'cluster' || databaseClusters.some((cluster) => cluster.name === place.cluster)) return undefined;
  const [other] = databaseClusters;
  return other ? { cluster: other.name } : { builtIn: true };
}

/** A free port for each part of a new homeserver that the proxy is to reach. */
function portsForProxy(own: HomeserverOptions, fleet: TracedFleet): NodePortOptions {
  const parts = proxied(resolvedIn(fleet, own));
  const free = freePorts(fleet, parts.length, own.rtc ? [own.rtc.tcp, ...own.rtc.udp === false ? [] : [own.rtc.udp]] : []);
  if (free.length < parts.length) throw tooFewPorts(free.length, parts.length, fleet);
  return Object.fromEntries(parts.map(({ option }, index) => [option, free[index]]));
}

const resolvedIn = (fleet: TracedFleet, own: HomeserverOptions) => resolveHomeserver('', own, defaultsIn(fleet), surroundingsOf(fleet.platform.model));

/** How a file in a folder imports the project. */
function libraryFrom(folder: string, root: string): string {
  const path = relative(folder, join(root, 'lib')).split(sep).join('/');
  return path.startsWith('.') ? path : `./${path}`;
}

const defaultsIn = ({ platform: { words: [main] } }: TracedFleet) => (main.options as FleetOptions).defaults ?? {};

const defaultsOf = (fleet: TracedFleet) => Object.keys(defaultsIn(fleet));

/** What a homeserver needs of the world outside. */
function needsOf(alone: TracedFleet, homeserver: Homeserver) {
  const own = (need: { readonly homeserver: string | undefined }) => need.homeserver === homeserver.name;
  return { records: dnsRecords(alone).filter(own), ports: openPorts(alone).filter(own), secrets: neededSecrets(homeserver) };
}

function needsText(file: string, { records, ports, secrets }: ReturnType<typeof needsOf>, fleet: TracedFleet, { origin, secrets: way }: Homeserver): string {
  const supplied = new Map(secrets.flatMap((secret) => secret.supplied).map(({ variable, what }) => [variable, what]));
  const [{ address } = { address: undefined }] = records;
  return `${file} is written.

DNS: to ${entranceOf(fleet)}'s address, ${address ?? addressHint(fleet)}
${columns(records.map(({ name, type, services }) => [name, type, services.join(', ')]), '  ')}
Firewall: open at ${[...new Set(ports.map(({ at }) => whereToOpen[at] ?? at))].join(' and ')}
${columns(ports.map((one) => [portText(one), one.carries]), '  ')}
Secrets: ${secrets.length === 0 ? 'none but those that the chart makes\n' : `${made[way].by}\n`}${secrets.map(({ secret }) => `  ${secret}\n`).join('')}${supplied.size === 0 ? '' : `${made[way].takes}${origin === 'fresh' ? '' : '; the keys when databases and media are in place (docs/move.md)'}
${made[way].names ? columns([...supplied], '  ') : columns([...supplied.values()].map((what) => [what]), '  ')}`}
`;
}

/** Where ports are opened, beside those that say it by their names. */
const whereToOpen: Readonly<Partial<Record<string, string>>> = {
  nodes: 'the nodes',
  'load balancer': 'its load balancer',
  'the router': 'the router, which forwards them (npm run ports -- -o router)',
};

/** How it goes on: commands for where this one was called, on the fleet that it was told. */
function nextText(file: string, fleet: TracedFleet, { name, names, secrets }: Homeserver, hasSecrets: boolean, folder: string | undefined): string {
  const inFolder = (path: string) => (folder === undefined ? path : shellPath(join(folder, path)));
  const verbOf = (...words: readonly string[]) => {
    const [first, ...rest] = [...words, ...folder === undefined ? [] : ['--fleet', shellPath(folder)]];
    return ['npm run', first, ...rest.length === 0 ? [] : ['--', ...rest]].join(' ');
  };
  const git = folder === undefined ? 'git' : `git -C ${shellPath(folder)}`;
  const seals = hasSecrets && secrets === 'sealed';
  return `Next
${[
    ...seals ? [verbOf('seal', name)] : [],
    verbOf('synth'),
    `${git} add ${file} ${seals ? `${sealedFolder}/ ` : ''}dist && ${git} commit -m 'Add ${names.release}' && ${git} push`,
    ...hasSecrets && secrets === 'bootstrap' ? [inFolder('dist/bootstrap/secrets.sh')] : [],
    ...fleet.platform.model.cluster.proxy ? [verbOf('proxy', name)] : [],
  ].map((line) => `  ${line}\n`).join('')}`;
}

const shellPath = (path: string) => (/^[-\w./]+$/.test(path) ? path : shellWord(path));

/** Who makes Secrets, and how what only the admin has gets there. */
interface Maker {
  readonly by: string;
  readonly takes: string;
  /** Whether values are given by names. */
  readonly names?: true;
}

const asVariables = 'and takes from you, as environment variables or …_FILE';
const inEntries = 'of which only you have';

/** Who makes the Secrets of a homeserver, by their way. */
const made: Readonly<Record<SecretWay, Maker>> = {
  bootstrap: { by: 'dist/bootstrap/secrets.sh makes them', takes: asVariables, names: true },
  sealed: { by: 'seal makes them', takes: asVariables, names: true },
  external: { by: 'entries of the store, which npm run secrets lists', takes: inEntries },
  'vault-plugin': { by: 'entries of what Argo CD Vault Plugin reads, which npm run secrets lists', takes: inEntries },
};
