import { isIP } from 'node:net';
import { addressCommand, entranceOf } from '../inventory/dns';
import { openPorts, portText } from '../inventory/ports';
import { securityRules, updateRulesCommand } from '../inventory/yandex';
import type { Platform } from '../platform/platform';
import { exit } from './exit';
import { fleetFolder } from './io';
import { model } from './pipeline';
import { findingsJson, findingsText } from './report';
import { table } from './table';
import { fleetOption, outputOption, UsageError, verb } from './verb';

/** Where ports 80 and 443 are, if not on the nodes themselves. */
function addressText(platform: Platform): string {
  const { proxy } = platform.cluster;
  if (!proxy) return `The address of ${entranceOf(platform)}: ${addressCommand(platform)}`;
  return 'Ports 80 and 443 are the proxy\'s own: matrix-fleet proxy says what it passes on. The ports that it connects to are for it alone: '
    + (proxy.from === undefined ? 'keep everybody else off them, or name it in cluster.proxy.from' : 'network policies keep everybody else off them');
}

/** The ports to open in a firewall. */
export const ports = verb({
  name: 'ports',
  summary: 'the ports to open, also as a router\'s forwards or Yandex security group rules',
  description: `Lists every port that must be reachable from the internet, and at whose address. -o yandex prints the command that adds
them to the nodes' security group; there the load balancer needs the whole range of NodePorts, since it hands connections to ports that the
cluster chooses. -o router prints the ports to forward at a router that has the public address, as at home: a port keeps its number, for
the media server tells callers the number that it listens at.`,
  options: {
    node: { value: 'ADDRESS', description: 'for -o router: the node\'s address in the network behind the router' },
    fleet: fleetOption,
    output: outputOption(['table', 'json', 'yandex', 'router'], 'the ports'),
  },
  examples: ['npm run ports', 'npm run ports -- -o json', 'npm run ports -- -o yandex', 'npm run ports -- -o router --node 192.168.1.10'],
  async run({ options: { fleet: folder, output = 'table', node = 'NODE' } }, io) {
    if (node !== 'NODE' && !isIP(node)) throw new UsageError(`--node takes an IP address, not ${node}`, 'write one such as 192.168.1.10');
    const { readFleet } = await model();
    const { findings, fleet } = await readFleet(fleetFolder(folder, io), io.root);
    const list = fleet ? openPorts(fleet) : [];
    if (output === 'json') io.out(findingsJson(findings, { ports: list }));
    else io.err(findingsText(findings));
    if (fleet && output === 'table') {
      const rows = list.map((one) => [portText(one), one.at, one.homeserver ?? 'platform', one.carries]);
      io.out(`${table(['PORT', 'AT', 'OF', 'CARRIES'], rows)}\n${addressText(fleet.platform.model)}. Nodes need public addresses for calls.\n`);
    }
    if (fleet && output === 'router') {
      io.out(`${table(['OUTSIDE', 'TO', 'OF', 'CARRIES'], list.map((one) => [portText(one), `${node}:${portText(one)}`, one.homeserver ?? 'platform', one.carries]))}
The node needs an address that stays: reserve it at the router. ${fleet.platform.model.cluster.hairpin === undefined ? 'If names of this fleet do not lead back in from the network itself, set cluster.hairpin.' : `cluster.hairpin leads pods back in, to ${fleet.platform.model.cluster.hairpin}.`}\n`);
    }
    if (fleet && output === 'yandex') io.out(updateRulesCommand(securityRules(list, fleet.platform.model.cluster.nodePorts)));
    return findings.length > 0 ? exit.findings : exit.ok;
  },
});
