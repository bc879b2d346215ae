import { essDefaults } from '../../imports';
import { extraManifests } from '../checks/extra-manifests';
import { type Path, valueAt } from '../checks/path';
import { onceAFleet, type Place, placeIn, placeOf, type Traced, type TracedFleet } from '../checks/traced';
import type { Homeserver } from '../homeserver/homeserver';
import { proxied } from '../homeserver/proxied';
import { platformHosts } from './hosts';

export type Protocol = 'tcp' | 'udp';

/** A port that somebody takes for himself, and where the user said so. */
export interface Claim {
  readonly port: number;
  readonly protocols: readonly [Protocol, ...Protocol[]];
  readonly place: Place;
}

/** The ports of a homeserver's calls. */
export function callPorts({ model: { rtc }, words }: Traced<Homeserver>): readonly Claim[] {
  if (!rtc) return [];
  const claim = (protocol: Protocol, port: number): Claim => {
    const path: Path = ['rtc', protocol];
    return { port, protocols: [protocol], place: placeOf(words, path) ?? placeIn(words[0], path) };
  };
  const tcp = claim('tcp', rtc.tcp);
  return rtc.udp === false ? [tcp] : [tcp, claim('udp', rtc.udp)];
}

/** Services that only raw values switch on, and that claim ports of nodes then. */
const rawServices = { turn: 'udp', turnTLS: 'tcp' } as const satisfies Record<string, Protocol>;

const start: Path = ['matrixRTC', 'sfu', 'exposedServices'];

/** NodePorts that raw values of the ESS chart claim beside those of the options. */
export function* rawPorts({ model: { chartVersion, values }, words }: Traced<Homeserver>): Generator<Claim> {
  if (valueAt(values, start) === undefined) return;
  for (const [service, protocol] of Object.entries(rawServices)) {
    const read = (key: string) => valueAt(values, [...start, service, key]) ?? valueAt(essDefaults(chartVersion), [...start, service, key]);
    const port = Number(read('nodePort') ?? read('port'));
    if (read('enabled') !== true || read('portType') !== 'NodePort' || !Number.isInteger(port)) continue;
    const place = placeOf(words, ['values', ...start, service, 'nodePort'], ['values', ...start, service, 'port'], ['values', ...start, service, 'enabled']);
    yield { port, protocols: [protocol], place: place ?? placeIn(words[0], ['values', ...start, service]) };
  }
}

const range: Path = [...start, 'rtcUdp'];

/** NodePorts of media over a range of UDP ports, which only raw values switch on: each port of it is one, 31000 to 32000 by default. */
export function* rangePorts({ model: { chartVersion, values }, words }: Traced<Homeserver>): Generator<Claim> {
  if (valueAt(valueAt(values, range), ['enabled']) !== true) return;
  const read = (...keys: string[]) => valueAt(values, [...range, ...keys]) ?? valueAt(essDefaults(chartVersion), [...range, ...keys]);
  if ((read('portType') ?? 'NodePort') !== 'NodePort') return;
  const [from, to] = [Number(read('portRange', 'startPort') ?? 31000), Number(read('portRange', 'endPort') ?? 32000)];
  const place = placeOf(words, ['values', ...range, 'portRange']) ?? placeOf(words, ['values', ...range, 'enabled']) ?? placeIn(words[0], ['values', ...range]);
  for (let port = from; port <= Math.min(to, 65535); port++) yield { port, protocols: ['udp'], place };
}

/** NodePorts that Services of the user's own claim; one that takes a number for TCP and UDP alike claims it once. */
export function* servicePorts(fleet: TracedFleet): Generator<Claim> {
  for (const { manifest, at } of extraManifests(fleet)) {
    const ports = valueAt(manifest, ['kind']) === 'Service' ? valueAt(manifest, ['spec', 'ports']) : undefined;
    if (!Array.isArray(ports)) continue;
    const claims = new Map<number, Claim>();
    for (const index of ports.keys()) {
      const port = valueAt(ports, [index, 'nodePort']);
      if (typeof port !== 'number' || port === 0) continue;
      const protocol: Protocol = valueAt(ports, [index, 'protocol']) === 'UDP' ? 'udp' : 'tcp';
      const before = claims.get(port);
      claims.set(port, before
        ? { ...before, protocols: before.protocols.includes(protocol) ? before.protocols : [...before.protocols, protocol] }
        : { port, protocols: [protocol], place: at(['spec', 'ports', index, 'nodePort']) });
    }
    yield* claims.values();
  }
}

/** A port that a proxy outside the cluster connects to. */
export interface ProxyPort {
  /** Absent where nobody has said it yet. */
  readonly port: number | undefined;
  /** Where it is said, or is to be. */
  readonly place: Place;
}

/** Every port that a proxy outside the cluster connects to; none without one. */
export function* proxyPorts({ platform, homeservers }: TracedFleet): Generator<ProxyPort> {
  if (!platform.model.cluster.proxy) return;
  for (const { option, nodePort } of platformHosts(platform.model)) {
    yield { port: nodePort, place: placeIn(platform.words[0], [...option.slice(0, -1), 'nodePort']) };
  }
  for (const { model, words } of homeservers) {
    for (const { option, nodePort } of proxied(model)) {
      const path: Path = ['nodePorts', option];
      yield { port: nodePort, place: placeOf(words, path) ?? placeIn(words[0], path) };
    }
  }
}

/** Those of them that are said. */
export function proxyClaims(fleet: TracedFleet): readonly Claim[] {
  return [...proxyPorts(fleet)].flatMap(({ port, place }) => (port === undefined ? [] : [{ port, protocols: ['tcp'] as const, place }]));
}

/** All ports of nodes that are taken; a load balancer has an address of its own, and so every port for itself. */
export const takenPorts = onceAFleet((fleet): readonly Claim[] => [
  ...fleet.homeservers.flatMap((homeserver) => [...exposureOf(homeserver.model) === 'LoadBalancer' ? [] : callPorts(homeserver), ...rawPorts(homeserver), ...rangePorts(homeserver)]),
  ...servicePorts(fleet),
  ...proxyClaims(fleet),
]);

export const exposureOf = ({ rtc }: Homeserver) => rtc && rtc.exposure;

/** Pairs of neighbouring NodePorts that nobody has, two at most: after the highest taken one, else from the start of the range. */
export function freePairs(fleet: TracedFleet): readonly (readonly [tcp: number, udp: number])[] {
  const { from, to } = fleet.platform.model.cluster.nodePorts;
  const ports = takenPorts(fleet).map(({ port }) => port);
  const taken = new Set(ports);
  const inRange = ports.filter((port) => port >= from && port <= to);
  const after = inRange.reduce((highest, port) => Math.max(highest, port), from - 1) + 1;
  const pairs = new Map<number, readonly [number, number]>();
  for (const start of [after + (after + 1) % 2, from]) {
    for (let port = start; port < to && pairs.size < 2; port++) {
      if (taken.has(port) || taken.has(port + 1)) continue;
      pairs.set(port, [port, port + 1]);
      port++;
    }
  }
  return [...pairs.values()];
}

/** That many NodePorts that nobody has, from the start of the range; fewer where there are no more. */
export function freePorts(fleet: TracedFleet, count: number, besides: readonly number[] = []): readonly number[] {
  const { from, to } = fleet.platform.model.cluster.nodePorts;
  const taken = new Set([...takenPorts(fleet).map(({ port }) => port), ...besides]);
  const free: number[] = [];
  for (let port = from; port <= to && free.length < count; port++) if (!taken.has(port)) free.push(port);
  return free;
}
