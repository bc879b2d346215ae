import { isIPv6 } from 'node:net';
import { valueAt } from '../checks/path';
import type { TracedFleet } from '../checks/traced';
import type { Platform } from '../platform/platform';
import { homeserverHosts, ingressHosts, platformHosts } from './hosts';

/** A name that must lead to the ingress controller, or to the proxy in its place. No SRV record is among them: the well-known documents say the same. */
export interface DnsRecord {
  readonly name: string;
  readonly type: 'A' | 'AAAA';
  /** Absent where nobody has reserved one. */
  readonly address: string | undefined;
  /** Name of the homeserver; absent: the platform. */
  readonly homeserver: string | undefined;
  /** What answers there: `Synapse`; several where they share the name. */
  readonly services: readonly string[];
}

/** Every record that the fleet needs, the platform's first; those of a retired homeserver are no longer needed. */
export function dnsRecords(fleet: TracedFleet, address = reservedAddress(fleet.platform.model)): readonly DnsRecord[] {
  const records = new Map<string, DnsRecord>();
  const add = (name: string, service: string, homeserver?: string): void => {
    const before = records.get(name);
    if (before) records.set(name, { ...before, services: [...new Set([...before.services, service])] });
    else records.set(name, { name, type: address !== undefined && isIPv6(address) ? 'AAAA' : 'A', address, homeserver, services: [service] });
  };
  for (const { host, service } of platformHosts(fleet.platform.model)) add(host, service);
  for (const { model } of fleet.homeservers.filter((one) => one.model.state !== 'retired')) {
    for (const { host, service } of homeserverHosts(model)) add(host, service, model.name);
  }
  for (const { host, place } of ingressHosts(fleet)) add(host, `an Ingress of ${place.file}`);
  return [...records.values()];
}

/** The load balancer's address, where the user has reserved one. */
export function reservedAddress({ traefik }: Platform): string | undefined {
  if (!traefik) return undefined;
  const raw = valueAt(traefik.values, ['service', 'spec', 'loadBalancerIP']);
  return typeof raw === 'string' ? raw : traefik.loadBalancerIp;
}

/** Who takes all requests, and whose address all names lead to. */
export type Entrance = 'Traefik' | 'ingress-nginx' | 'the proxy';

export function entranceOf({ ingress }: Platform): Entrance {
  return !ingress ? 'the proxy' : ingress.controller === 'traefik' ? 'Traefik' : ingress.controller;
}

/** The command that tells this address: the ingress controller's once it runs, the proxy's on its own machine. */
export function addressCommand({ ingress }: Platform): string {
  return ingress ? `kubectl -n ${ingress.namespace} get service${ingress.controller === 'traefik' ? ' traefik' : ''}` : 'ip -brief address';
}

/** What stands for an address that nobody knows yet: no name server takes it, so nobody forgets to replace it. */
export function unknownAddress(platform: Platform): string {
  return `ADDRESS_OF_${entranceOf(platform).split(' ').at(-1)!.toUpperCase()}`;
}

/** Records as lines of a zone file, with absolute names, since they belong to several zones. */
export function zoneFile(records: readonly DnsRecord[], unknown: string): string {
  const width = Math.max(0, ...records.map(({ name }) => name.length + 1));
  return records.map(({ name, type, address = unknown, homeserver = 'platform', services }) =>
    `${`${name}.`.padEnd(width)} 300 IN ${type} ${address} ; ${homeserver}: ${services.join(', ')}\n`).join('');
}
