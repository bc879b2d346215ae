import { isIP } from 'node:net';
import type { TracedFleet } from '../checks';
import { addressHint, entranceOf } from '../inventory/dns';
import { type OpenPorts, openPorts, portText } from '../inventory/ports';
import { securityRules, updateRulesCommand } from '../inventory/yandex';
import { exit } from './exit';
import { fleetFolder } from './io';
import { model } from './pipeline';
import { findingsJson, findingsText } from './report';
import { table } from './table';
import { fleetOption, outputOption, UsageError, verb } from './verb';
import { whose, whoseArgument } from './whose';

/** The ports to open in a firewall. */
export const ports = verb({
  name: 'ports',
  summary: 'the ports to open, also as a router\'s forwards or Yandex security group rules',
  description: `Lists every port that must be reachable from the internet, and at whose address. -o yandex prints the command that adds
them to the nodes' security group; there the load balancer needs the whole range of NodePorts, since it hands connections to ports that the
cluster chooses. -o router prints the ports to forward at a router that has the public address, as at home: a port keeps its number, for
the media server tells callers the number that it listens at.`,
  arguments: [whoseArgument],
  options: {
    node: { value: 'ADDRESS', description: 'for -o router: the node\'s address in the network behind the router' },
    fleet: fleetOption,
    output: outputOption(['table', 'json', 'yandex', 'router'], 'the ports'),
  },
  examples: ['npm run ports', 'npm run ports -- t0rt1k', 'npm run ports -- -o json', 'npm run ports -- -o yandex', 'npm run ports -- -o router --node 192.168.1.10'],
  async run({ words: [name], options: { fleet: folder, output = 'table', node = 'NODE' } }, io) {
    if (node !== 'NODE' && !isIP(node)) throw new UsageError(`--node takes an IP address, not ${node}`, 'write one such as 192.168.1.10');
    const { readFleet } = await model();
    const { findings, fleet } = await readFleet(fleetFolder(folder, io), io.root);
    const isAsked = whose(name, fleet);
    const list = fleet ? openPorts(fleet).filter(({ homeserver }) => isAsked(homeserver)) : [];
    if (output === 'json') io.out(findingsJson(findings, { ports: list }));
    else io.err(findingsText(findings));
    if (fleet && output !== 'json') io.out(list.length === 0 ? `${name} has no port to open: it has no calls, or is retired.\n` : formats[output](list, fleet, node));
    return findings.length > 0 ? exit.findings : exit.ok;
  },
});

const formats = { table: tableText, router: routerText, yandex: yandexText } as const;

function tableText(list: readonly OpenPorts[], fleet: TracedFleet): string {
  const rows = list.map((one) => [portText(one), one.at, one.homeserver ?? 'platform', one.carries]);
  const callsAtNodes = list.some(({ at, homeserver }) => at === 'nodes' && homeserver !== undefined) ? ' Nodes need public addresses for calls.' : '';
  return `${table(['PORT', 'AT', 'OF', 'CARRIES'], rows)}\n${entranceText(fleet)}.${callsAtNodes}\n`;
}

/** Where ports 80 and 443 are. */
function entranceText(fleet: TracedFleet): string {
  const entrance = entranceOf(fleet);
  const { proxy } = fleet.platform.model.cluster;
  if (entrance === 'the router') return 'The router has the address that changes, and forwards these: -o router. A server in front of it has 443 open in its place, if that is blocked';
  if (!proxy) return `${entrance} has an address of its own, ${addressHint(fleet)}`;
  return 'Ports 80 and 443 are the proxy\'s own: matrix-fleet proxy says what it passes on. The ports that it connects to are for it alone: '
    + (proxy.from === undefined ? 'keep everybody else off them, or name it in cluster.proxy.from' : 'network policies keep everybody else off them');
}

function routerText(list: readonly OpenPorts[], { platform: { model: { cluster: { hairpin } } } }: TracedFleet, node: string): string {
  return `${table(['OUTSIDE', 'TO', 'OF', 'CARRIES'], list.map((one) => [portText(one), `${node}:${portText(one)}`, one.homeserver ?? 'platform', one.carries]))}
Where the provider blocks 443, forward another port to ${node}:443, and have a server in front pass its own 443 on to that; ports of calls keep their numbers.
The node needs an address that stays: reserve it at the router. ${hairpin === undefined ? 'If names of this fleet do not lead back in from the network itself, set cluster.hairpin.' : `cluster.hairpin leads pods back in, to ${hairpin}.`}\n`;
}

function yandexText(list: readonly OpenPorts[], { platform: { model: { cluster } } }: TracedFleet): string {
  const rules = securityRules(list, cluster.nodePorts);
  const note = rules.some(({ source }) => source === 'health checks')
    ? '# What is for load balancers opens every NodePort of the nodes to everybody, also those that nothing balances.\n'
    : '';
  return note + updateRulesCommand(rules);
}
