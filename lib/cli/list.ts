import { type HomeserverSummary, summaries } from '../inventory/homeservers';
import { exit } from './exit';
import { fleetFolder } from './io';
import { model } from './pipeline';
import { findingsJson, findingsText } from './report';
import { table } from './table';
import { fleetOption, outputOption, verb } from './verb';

/** The fleet's homeservers at a glance. */
export const list = verb({
  name: 'list',
  summary: 'the homeservers with their ports, chart versions, sizes and state',
  description: `Lists the homeservers by name, as their sources say it now. JSON has all of it: hosts, databases, files and more.
Where something is wrong, what can be read is listed, and the rest is said (status 2).`,
  options: { fleet: fleetOption, output: outputOption(['table', 'json', 'name'], 'the list') },
  examples: ['npm run list', 'npm run list -- -o json'],
  async run({ options: { fleet: folder, output = 'table' } }, io) {
    const { readFleet } = await model();
    const { findings, fleet } = await readFleet(fleetFolder(folder, io), io.root);
    const homeservers = fleet ? summaries(fleet) : [];
    if (output === 'json') io.out(findingsJson(findings, { homeservers }));
    else io.err(findingsText(findings));
    if (output === 'name') io.out(homeservers.map(({ name }) => `${name}\n`).join(''));
    if (output === 'table' && fleet) io.out(homeservers.length === 0 ? 'no homeservers: npm run new -- NAME SERVER_NAME\n' : table(head, homeservers.map((one) => row(one, findings.filter(({ file }) => file === one.file).map(({ path }) => path)))));
    return findings.length > 0 ? exit.findings : exit.ok;
  },
});

const head = ['NAME', 'SERVER NAME', 'SYNAPSE', 'CALLS', 'CHART', 'MEDIA', 'MEMORY', 'WORKERS', 'STATE'];

/** @param wrong the options of its file that count for nothing: what stands in for them is nobody's word */
function row({ name, serverName, hosts, ports, chartVersion, media, memory, workers, state }: HomeserverSummary, wrong: readonly string[]): readonly string[] {
  const said = (path: string, text: string) => (wrong.some((one) => one.endsWith(path)) ? '?' : text);
  return [
    name, serverName, said('synapse.host', hosts['Synapse']!), ports ? `${ports.tcp}/tcp${ports.udp === false ? '' : ` ${ports.udp}/udp`}` : 'none', said('chartVersion', chartVersion), said('synapse.media.size', media),
    `${memory.request ?? '?'} to ${memory.limit ?? '?'}`, String(workers), said('state', state),
  ];
}
