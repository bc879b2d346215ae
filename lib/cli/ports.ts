import { addressCommand } from '../inventory/dns';
import { openPorts, portText } from '../inventory/ports';
import { securityRules, updateRulesCommand } from '../inventory/yandex';
import type { Platform } from '../platform/platform';
import { exit } from './exit';
import { fleetFolder } from './io';
import { model } from './pipeline';
import { findingsJson, findingsText } from './report';
import { table } from './table';
import { fleetOption, outputOption, verb } from './verb';

/** Where ports 80 and 443 are, if not on the nodes themselves. */
function addressText(platform: Platform): string {
  const { proxy } = platform.cluster;
  if (!proxy) return `Traefik's address: ${addressCommand(platform)}`;
  return 'Ports 80 and 443 are the proxy\'s own: matrix-fleet proxy says what it passes on. The ports that it connects to are for it alone: '
    + (proxy.from === undefined ? 'keep everybody else off them, or name it in cluster.proxy.from' : 'network policies keep everybody else off them');
}

/** The ports to open in a firewall. */
export const ports = verb({
  name: 'ports',
  summary: 'the ports to open, also as Yandex security group rules',
  description: `Lists every port that must be reachable from the internet, and at whose address. -o yandex prints the command that adds
them to the nodes' security group; there the load balancer needs the whole range of NodePorts, since it hands connections to ports that the
cluster chooses.`,
  options: { fleet: fleetOption, output: outputOption(['table', 'json', 'yandex'], 'the ports') },
  examples: ['npm run ports', 'npm run ports -- -o json', 'npm run ports -- -o yandex'],
  async run({ options: { fleet: folder, output = 'table' } }, io) {
    const { readFleet } = await model();
    const { findings, fleet } = await readFleet(fleetFolder(folder, io), io.root);
    const list = fleet ? openPorts(fleet) : [];
    if (output === 'json') io.out(findingsJson(findings, { ports: list }));
    else io.err(findingsText(findings));
    if (fleet && output === 'table') {
      const rows = list.map((one) => [portText(one), one.at, one.homeserver ?? 'platform', one.carries]);
      io.out(`${table(['PORT', 'AT', 'OF', 'CARRIES'], rows)}\n${addressText(fleet.platform.model)}. Nodes need public addresses for calls.\n`);
    }
    if (fleet && output === 'yandex') io.out(updateRulesCommand(securityRules(list, fleet.platform.model.cluster.nodePorts)));
    return findings.length > 0 ? exit.findings : exit.ok;
  },
});
