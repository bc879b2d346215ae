import { has } from '../homeserver/chart-version';
import { type Claim, callPorts, exposureOf, freePairs, proxyClaims, rangePorts, rawPorts, servicePorts, takenPorts } from '../inventory/node-ports';
import { collisions } from './collisions';
import { elsewhere } from './names';
import type { Fault, Rule } from './rule';
import { type Place, placeIn, placeOf, type TracedFleet } from './traced';

function* portTaken(fleet: TracedFleet): Generator<Fault> {
  // Of a range, which has one place, the first port is enough.
  const said = new Set<Place>();
  let fix: string | undefined;
  for (const [{ port, place }, other] of collisions(takenPorts(fleet), ({ port }) => port)) {
    if (said.has(place)) continue;
    said.add(place);
    fix ??= freePairsText(fleet);
    yield { ...place, message: `${port} is taken by ${elsewhere(place, other.place)}`, fix };
  }
  for (const [{ port, place }, other] of collisions(balancedPorts(fleet), ({ port, address }) => `${address} ${port}`)) {
    yield { ...place, message: `${port} is taken by ${elsewhere(place, other.place)}`, fix: 'give it a port of its own at that load balancer' };
  }
}

/** The ports of load balancers, each with its address: several homeservers may share one. */
function balancedPorts({ homeservers }: TracedFleet): readonly (Claim & { readonly address: string })[] {
  return homeservers.filter(({ model }) => exposureOf(model) === 'LoadBalancer').flatMap((homeserver) => {
    const { name, rtc } = homeserver.model;
    return callPorts(homeserver).map((claim) => ({ ...claim, address: rtc && rtc.publicIp || name }));
  });
}

function* portOutOfRange(fleet: TracedFleet): Generator<Fault> {
  const { from, to } = fleet.platform.model.cluster.nodePorts;
  const isOutside = ({ port }: Claim) => port < from || port > to;
  // All that is looked at is taken, too.
  if (!takenPorts(fleet).some(isOutside)) return;
  let fix: string | undefined;
  const claims = fleet.homeservers.flatMap((homeserver) => [...exposureOf(homeserver.model) === 'NodePort' ? callPorts(homeserver) : [], ...rawPorts(homeserver), ...rangePorts(homeserver)]);
  const said = new Set<Place>();
  for (const claim of [...claims, ...servicePorts(fleet), ...proxyClaims(fleet)]) {
    const { port, place } = claim;
    if (!isOutside(claim) || said.has(place)) continue;
    said.add(place);
    fix ??= freePairsText(fleet);
    yield { ...place, message: `${port} is outside the cluster's NodePorts, ${from} to ${to}`, fix };
  }
}

function* hostPortInRange({ platform, homeservers }: TracedFleet): Generator<Fault> {
  const { from, to } = platform.model.cluster.nodePorts;
  for (const homeserver of homeservers.filter(({ model }) => exposureOf(model) === 'HostPort')) {
    for (const { port, place } of callPorts(homeserver)) {
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

function* hostPortDeaf({ homeservers }: TracedFleet): Generator<Fault> {
  for (const { model, words } of homeservers) {
    if (exposureOf(model) !== 'HostPort' || !has(model.chartVersion, '26.8.1')) continue;
    const place = placeOf(words, ['rtc', 'exposure']) ?? placeIn(words[0], ['rtc', 'exposure']);
    yield { ...place, message: 'in the node\'s own network the media server cannot tell the authoriser who has left: whoever drops out of a call may stay in it for the others', fix: 'choose NodePort or LoadBalancer' };
  }
}

function* rangeEmpty({ platform: { model: { cluster: { nodePorts: { from, to } } }, words } }: TracedFleet): Generator<Fault> {
  if (from > to) yield { ...placeIn(words[0], ['cluster', 'nodePorts']), message: `from ${from} to ${to} is no port at all`, fix: 'write the lower number as from' };
}

function freePairsText(fleet: TracedFleet): string {
  const pairs = freePairs(fleet);
  if (pairs.length === 0) return 'no pair is free: widen cluster.nodePorts, or expose rtc by LoadBalancer';
  return `free pairs: ${pairs.map((pair) => pair.join('/')).join(', ')}`;
}

export const portRules: readonly Rule<TracedFleet>[] = [
  {
    id: 'port-taken',
    severity: 'error',
    what: 'No two services of the fleet have one port of a node, or of one load balancer; TCP and UDP are kept apart, although Kubernetes would let them share a number.',
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
    id: 'host-port-deaf',
    severity: 'warning',
    what: 'A media server reaches the authoriser that it tells who has left, from version 26.8.1 of the chart on.',
    why: 'It does so by a name of the cluster (ESS chart, matrix-rtc/sfu/config-overrides), which a node\'s DNS does not know, and the chart sets no other (Kubernetes, Pod\'s DNS Policy).',
    fix: 'Choose NodePort or LoadBalancer.',
    check: hostPortDeaf,
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
