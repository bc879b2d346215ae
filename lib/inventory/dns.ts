import { isIPv6 } from 'node:net';
import { valueAt } from '../checks/path';
import type { TracedFleet } from '../checks/traced';
import type { Platform } from '../platform/platform';
import { homeserverHosts, ingressHosts, platformHosts } from './hosts';

/** A name that must lead to the ingress controller, or to the proxy or router before it. No SRV record is among them: the well-known documents say the same. */
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

/** Who has the address that all names lead to. */
export type Entrance = 'Traefik' | 'ingress-nginx' | 'the proxy' | 'the router';

/** A router it is where the public address changes: nothing of the fleet has one then. */
export function entranceOf({ platform: { model: { ingress } }, homeservers }: TracedFleet): Entrance {
  if (homeservers.some(({ model: { rtc, state } }) => state !== 'retired' && rtc && rtc.dynamicAddress)) return 'the router';
  return !ingress ? 'the proxy' : ingress.controller === 'traefik' ? 'Traefik' : ingress.controller;
}

/** How one learns this address: `which kubectl -n traefik get service traefik tells`, to be said after whose it is. */
export function addressHint(fleet: TracedFleet): string {
  const { ingress } = fleet.platform.model;
  if (entranceOf(fleet) === 'the router') return 'which changes, or that of a server in front of it, which stays';
  return ingress ? `which kubectl -n ${ingress.namespace} get service${ingress.controller === 'traefik' ? ' traefik' : ''} tells` : 'the public one of those that ip -brief address lists on its machine, or that of the router before it';
}

/** What stands for an address that nobody knows yet: no name server takes it, so nobody forgets to replace it. */
export function unknownAddress(fleet: TracedFleet): string {
  return `ADDRESS_OF_${entranceOf(fleet).split(' ').at(-1)!.toUpperCase()}`;
}

/** Records as lines of a zone file, with absolute names, since they belong to several zones. */
export function zoneFile(records: readonly DnsRecord[], unknown: string): string {
  const width = Math.max(0, ...records.map(({ name }) => name.length + 1));
  return records.map(({ name, type, address = unknown, homeserver = 'platform', services }) =>
    `${`${name}.`.padEnd(width)} 300 IN ${type} ${address} ; ${homeserver}: ${services.join(', ')}\n`).join('');
}
