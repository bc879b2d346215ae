import { isIP } from 'node:net';
import type { TracedFleet } from '../checks';
import { addressHint, dnsRecords, entranceOf, reservedAddress, unknownAddress, zoneFile } from '../inventory/dns';
import { exit } from './exit';
import { fleetFolder } from './io';
import { model } from './pipeline';
import { findingsJson, findingsText } from './report';
import { table } from './table';
import { fleetOption, outputOption, UsageError, verb } from './verb';
import { whose, whoseArgument } from './whose';

/** The names that must lead to the cluster. */
export const dns = verb({
  name: 'dns',
  summary: 'the DNS records that the fleet needs',
  description: `Lists every DNS record of the platform and of the homeservers. All lead to one address: the ingress controller's
(platform.traefik.loadBalancerIp), that of the proxy or router in its place, or the one given here. No SRV record is needed: other
homeservers find Synapse by https://SERVER_NAME/.well-known/matrix.`,
  arguments: [whoseArgument],
  options: {
    address: { value: 'ADDRESS', description: 'the IP address that the names lead to, where main.ts reserves none' },
    fleet: fleetOption,
    output: outputOption(['table', 'zone', 'json'], 'the records'),
  },
  examples: ['npm run dns', 'npm run dns -- t0rt1k --address 203.0.113.10 -o zone', 'npm run dns -- -o json'],
  async run({ words: [name], options: { address, fleet: folder, output = 'table' } }, io) {
    if (address !== undefined && !isIP(address)) throw new UsageError(`--address takes an IP address, not ${address}`, 'write one such as 203.0.113.10; an A record takes no host name');
    const { readFleet } = await model();
    const { findings, fleet } = await readFleet(fleetFolder(folder, io), io.root);
    const isAsked = whose(name, fleet);
    const target = address ?? (fleet && reservedAddress(fleet.platform.model));
    const records = fleet ? dnsRecords(fleet, target).filter(({ homeserver }) => isAsked(homeserver)) : [];
    if (output === 'json') io.out(findingsJson(findings, { address: target ?? null, records }));
    else io.err(findingsText(findings));
    if (fleet && output !== 'json') {
      const unknown = unknownAddress(fleet);
      const notes = records.length === 0 ? [`${name} needs no DNS record: it is retired.`] : [
        ...target === undefined ? [unknownNote(fleet)] : [],
        'A server name is often the apex of its zone: it takes A and AAAA records there, and no CNAME.',
      ];
      if (output === 'zone') io.out(notes.map((note) => `; ${note}\n`).join('') + zoneFile(records, unknown));
      else {
        const rows = records.map((record) => [record.name, record.type, record.address ?? unknown, record.homeserver ?? 'platform', record.services.join(', ')]);
        io.out(`${rows.length === 0 ? '' : `${table(['NAME', 'TYPE', 'ADDRESS', 'OF', 'SERVICE'], rows)}\n`}${notes.join('\n')}\n`);
      }
    }
    return findings.length > 0 ? exit.findings : exit.ok;
  },
});

/** What to do about an address that nobody has said. */
function unknownNote(fleet: TracedFleet): string {
  const entrance = entranceOf(fleet);
  const advice = entrance === 'the router'
    ? 'give what stays here with --address, and have a DDNS client keep names up to date that lead to the router itself'
    : `reserve it, and give it here with --address${fleet.platform.model.traefik ? ' or in main.ts as platform.traefik.loadBalancerIp' : ''}`;
  return `${unknownAddress(fleet)}: ${entrance}'s address, ${addressHint(fleet)}; ${advice}`;
}
