import { essDefaults } from '../../imports';
import type { Homeserver } from '../homeserver/homeserver';
import { collisions } from './collisions';
import { extraManifests } from './extra-manifests';
import { elsewhere } from './names';
import { type Path, valueAt } from './path';
import type { Fault, Rule } from './rule';
import { type Place, placeIn, placeOf, type Traced, type TracedFleet } from './traced';

/** A port of every node that a homeserver takes for itself. */
interface Claim {
  readonly port: number;
  readonly place: Place;
}

/** Services that only raw values switch on, and that claim ports of nodes then. */
const rawServices = ['turn', 'turnTLS'] as const;

/** Ports that raw values of the ESS chart claim beside those of the options. */
function* ofRawValues({ model: { chartVersion, values }, words }: Traced<Homeserver>): Generator<Claim> {
  const start: Path = ['matrixRTC', 'sfu', 'exposedServices'];
  if (valueAt(values, start) === undefined) return;
  for (const service of rawServices) {
    const read = (key: string) => valueAt(values, [...start, service, key]) ?? valueAt(essDefaults(chartVersion), [...start, service, key]);
    const port = Number(read('nodePort') ?? read('port'));
    if (read('enabled') !== true || read('portType') !== 'NodePort' || !Number.isInteger(port)) continue;
    const place = placeOf(words, ['values', ...start, service, 'nodePort'], ['values', ...start, service, 'port'], ['values', ...start, service, 'enabled']);
    yield { port, place: place ?? placeIn(words[0], ['values', ...start, service]) };
  }
}

/** Ports of nodes that Services of the user's own claim; one that takes a number for TCP and UDP alike claims it once. */
function* ofServices(fleet: TracedFleet): Generator<Claim> {
  for (const { manifest, at } of extraManifests(fleet)) {
    const ports = valueAt(manifest, ['kind']) === 'Service' ? valueAt(manifest, ['spec', 'ports']) : undefined;
    if (!Array.isArray(ports)) continue;
    const seen = new Set<number>();
    for (const index of ports.keys()) {
      const port = valueAt(ports, [index, 'nodePort']);
      if (typeof port !== 'number' || port === 0 || seen.has(port)) continue;
      seen.add(port);
      yield { port, place: at(['spec', 'ports', index, 'nodePort']) };
    }
  }
}

const exposureOf = ({ rtc }: Homeserver) => rtc && rtc.exposure;

function ofHomeserver({ model: { rtc }, words }: Traced<Homeserver>): Claim[] {
  if (!rtc) return [];
  const claim = (protocol: 'tcp' | 'udp'): Claim => {
    const path: Path = ['rtc', protocol];
    return { port: rtc[protocol], place: placeOf(words, path) ?? placeIn(words[0], path) };
  };
  return [claim('tcp'), claim('udp')];
}

/** All ports of nodes; a load balancer has an address of its own, and so every port for itself. */
const nodePorts = (fleet: TracedFleet): Claim[] => [
  ...fleet.homeservers.flatMap((homeserver) => [...exposureOf(homeserver.model) === 'LoadBalancer' ? [] : ofHomeserver(homeserver), ...ofRawValues(homeserver)]),
  ...ofServices(fleet),
];

function* portTaken(fleet: TracedFleet): Generator<Fault> {
  const claims = nodePorts(fleet);
  let fix: string | undefined;
  for (const [{ port, place }, other] of collisions(claims, ({ port }) => port)) {
    fix ??= freePairs(fleet, claims);
    yield { ...place, message: `${port} is taken by ${elsewhere(place, other.place)}`, fix };
  }
  for (const homeserver of fleet.homeservers.filter(({ model }) => exposureOf(model) === 'LoadBalancer')) {
    const [tcp, udp] = ofHomeserver(homeserver) as [Claim, Claim];
    if (tcp.port === udp.port) yield { ...udp.place, message: `${udp.port} is taken by ${tcp.place.path}`, fix: 'give media over UDP a port of its own' };
  }
}

function* portOutOfRange(fleet: TracedFleet): Generator<Fault> {
  const { from, to } = fleet.platform.model.cluster.nodePorts;
  let fix: string | undefined;
  const claims = fleet.homeservers.flatMap((homeserver) => [...exposureOf(homeserver.model) === 'NodePort' ? ofHomeserver(homeserver) : [], ...ofRawValues(homeserver)]);
  for (const { port, place } of [...claims, ...ofServices(fleet)]) {
    if (port >= from && port <= to) continue;
    fix ??= freePairs(fleet, nodePorts(fleet));
    yield { ...place, message: `${port} is outside the cluster's NodePorts, ${from} to ${to}`, fix };
  }
}

function* hostPortInRange({ platform, homeservers }: TracedFleet): Generator<Fault> {
  const { from, to } = platform.model.cluster.nodePorts;
  for (const homeserver of homeservers.filter(({ model }) => exposureOf(model) === 'HostPort')) {
    for (const { port, place } of ofHomeserver(homeserver)) {
      if (port < from || port > to) continue;
      yield { ...place, message: `${port} is among the cluster's NodePorts, ${from} to ${to}, and is no port of a node's own`, fix: `choose one below ${from} or above ${to}` };
    }
  }
}

function* hostPortsCrowded({ platform, homeservers }: TracedFleet): Generator<Fault> {
  const nodes = platform.model.cluster.nodes.reduce((sum, { count }) => sum + count, 0);
  const onHosts = homeservers.filter(({ model }) => exposureOf(model) === 'HostPort');
  for (const { words } of onHosts.slice(nodes)) {
    const place = placeOf(words, ['rtc', 'exposure']) ?? placeIn(words[0], ['rtc', 'exposure']);
    yield { ...place, message: `HostPort is for one homeserver a node: this fleet has ${onHosts.length} of them, and nodes: ${nodes}`, fix: 'choose NodePort or LoadBalancer, or add nodes' };
  }
}

function* rangeEmpty({ platform: { model: { cluster: { nodePorts: { from, to } } }, words } }: TracedFleet): Generator<Fault> {
  if (from > to) yield { ...placeIn(words[0], ['cluster', 'nodePorts']), message: `from ${from} to ${to} is no port at all`, fix: 'write the lower number as from' };
}

/** The next two pairs of neighbouring ports that nobody has: after the highest taken one, else from the start of the range. */
function freePairs({ platform: { model: { cluster: { nodePorts: { from, to } } } } }: TracedFleet, claims: readonly Claim[]): string {
  const taken = new Set(claims.map(({ port }) => port));
  const inRange = claims.map(({ port }) => port).filter((port) => port >= from && port <= to);
  const after = inRange.reduce((highest, port) => Math.max(highest, port), from - 1) + 1;
  const pairs: string[] = [];
  for (const start of [after + (after + 1) % 2, from]) {
    for (let port = start; port < to && pairs.length < 2; port++) {
      if (taken.has(port) || taken.has(port + 1)) continue;
      pairs.push(`${port}/${port + 1}`);
      port++;
    }
  }
  if (pairs.length === 0) return 'no pair is free: widen cluster.nodePorts, or expose rtc by LoadBalancer';
  return `free pairs: ${[...new Set(pairs)].join(', ')}`;
}

export const portRules: readonly Rule<TracedFleet>[] = [
  {
    id: 'port-taken',
    severity: 'error',
    what: 'No two services of the fleet have one port of a node; TCP and UDP are kept apart, although Kubernetes would let them share a number.',
    why: 'A NodePort is the whole cluster\'s: the second homeserver\'s Service is refused and its Application never syncs (Kubernetes API).',
    fix: 'Choose a free pair; the finding names two.',
    check: portTaken,
  },
  {
    id: 'port-out-of-range',
    severity: 'error',
    what: 'Every NodePort is in the cluster\'s range.',
    why: 'The API server refuses a Service with another (kube-apiserver, --service-node-port-range).',
    fix: 'Choose a port of the range, or set `cluster.nodePorts` to what the API server was started with.',
    check: portOutOfRange,
  },
  {
    id: 'host-port-in-range',
    severity: 'warning',
    what: 'A port in a node\'s own network is outside the cluster\'s NodePorts.',
    why: 'A NodePort of any Service could be given the same number, and would take its traffic on every node (Kubernetes, NodePort Services).',
    fix: 'Choose a port below or above the range.',
    check: hostPortInRange,
  },
  {
    id: 'host-ports-crowded',
    severity: 'error',
    what: 'There are no more homeservers with HostPort than nodes.',
    why: 'The media server in a node\'s network always listens on 7880 and 6789 too: the next one finds no node and stays Pending (ESS chart, matrix-rtc/sfu_deployment.yaml).',
    fix: 'Choose NodePort or LoadBalancer for some of them, or add nodes.',
    check: hostPortsCrowded,
  },
  {
    id: 'port-range-empty',
    severity: 'error',
    what: 'The range of NodePorts holds a port.',
    why: 'No homeserver could have one.',
    fix: 'Write the lower number as `from`.',
    check: rangeEmpty,
  },
];
