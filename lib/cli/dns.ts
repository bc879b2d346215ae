import { isIP } from 'node:net';
import { addressCommand, dnsRecords, reservedAddress, unknownAddress, zoneFile } from '../inventory/dns';
import { exit } from './exit';
import { fleetFolder } from './io';
import { model } from './pipeline';
import { findingsJson, findingsText } from './report';
import { table } from './table';
import { fleetOption, outputOption, UsageError, verb } from './verb';

/** The names that must lead to the cluster. */
export const dns = verb({
  name: 'dns',
  summary: 'the DNS records that the fleet needs',
  description: `Lists every DNS record of the platform and of the homeservers. All lead to the address of Traefik, platform.traefik.loadBalancerIp,
or of the proxy in its place; or to the one given here. No SRV record is needed: other homeservers find Synapse by
https://SERVER_NAME/.well-known/matrix.`,
  options: {
    address: { value: 'ADDRESS', description: 'the IP address of Traefik or the proxy, where main.ts reserves none' },
    fleet: fleetOption,
    output: outputOption(['table', 'zone', 'json'], 'the records'),
  },
  examples: ['npm run dns', 'npm run dns -- --address 203.0.113.10 -o zone', 'npm run dns -- -o json'],
  async run({ options: { address, fleet: folder, output = 'table' } }, io) {
    if (address !== undefined && !isIP(address)) throw new UsageError(`--address takes an IP address, not ${address}`, 'write one such as 203.0.113.10; an A record takes no host name');
    const { readFleet } = await model();
    const { findings, fleet } = await readFleet(fleetFolder(folder, io), io.root);
    const target = address ?? (fleet && reservedAddress(fleet.platform.model));
    const records = fleet ? dnsRecords(fleet, target) : [];
    if (output === 'json') io.out(findingsJson(findings, { address: target ?? null, records }));
    else io.err(findingsText(findings));
    if (fleet && output !== 'json') {
      const { model: platform } = fleet.platform;
      const unknown = unknownAddress(platform);
      const notes = [
        ...target === undefined ? [`${unknown}: ${addressCommand(platform)}${platform.ingress ? '' : ' on its machine'}; reserve it, and give it here with --address${platform.traefik ? ' or in main.ts as platform.traefik.loadBalancerIp' : ''}`] : [],
        'A server name is often the apex of its zone: it takes A and AAAA records there, and no CNAME.',
      ];
      if (output === 'zone') io.out(notes.map((note) => `; ${note}\n`).join('') + zoneFile(records, unknown));
      else io.out(`${table(['NAME', 'TYPE', 'ADDRESS', 'OF', 'SERVICE'], records.map((record) => [record.name, record.type, record.address ?? unknown, record.homeserver ?? 'platform', record.services.join(', ')]))}\n${notes.join('\n')}\n`);
    }
    return findings.length > 0 ? exit.findings : exit.ok;
  },
});
