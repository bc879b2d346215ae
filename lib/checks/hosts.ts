import type { Homeserver } from '../homeserver/homeserver';
import { homeserverHosts, ingressHosts, platformHosts } from '../inventory/hosts';
import { collisions } from './collisions';
import { hostProblem } from './host-name';
import type { Fault, Rule } from './rule';
import { onceAFleet, type Place, placeIn, placeOf, type Traced, type TracedFleet } from './traced';

/** A host name that something of the fleet answers to. */
interface Claim {
  readonly host: string;
  readonly place: Place;
  /** The server name that the host follows from, where the user did not give it. */
  readonly derivedFrom: string | undefined;
  /** Claims that share one of these may be equal: Synapse's host and its server name, Ingresses with paths of their own. */
  readonly shares: readonly object[];
}

/** Every host name of the fleet: the platform's, the homeservers', and each server name that answers with well-known documents. */
const claimsOf = onceAFleet(({ platform, homeservers }): readonly Claim[] => [
  ...platformHosts(platform.model).map(({ host, option }) => ({ host, place: placeIn(platform.words[0], option), derivedFrom: undefined, shares: [] })),
  ...homeservers.flatMap(ofHomeserver),
]);

function ofHomeserver({ model, words }: Traced<Homeserver>): Claim[] {
  const derived = placeIn(words[0], ['serverName']);
  return homeserverHosts(model).map(({ host, service, option }) => {
    const said = service === 'well-known' ? undefined : placeOf(words, option);
    return {
      host,
      place: said ?? derived,
      derivedFrom: said ? undefined : model.serverName,
      shares: service === 'Synapse' ? [model] : service === 'well-known' ? [model, ...withoutRedirect(model) ? [ingresses] : []] : [],
    };
  });
}

/** Then the server name claims nothing but /.well-known/matrix. */
const withoutRedirect = ({ wellKnown }: Homeserver) => wellKnown && wellKnown.redirect === false;

/** Ingresses of the user's own may share a host among themselves: each has paths of its own. */
const ingresses = {};

function* ofIngresses(fleet: TracedFleet): Generator<Claim> {
  for (const { host, place } of ingressHosts(fleet)) yield { host, place, derivedFrom: undefined, shares: [ingresses] };
}

function* noHostName(fleet: TracedFleet): Generator<Fault> {
  const wrongServerNames = new Set<string>();
  for (const { model, words } of fleet.homeservers) {
    const problem = hostProblem(model.serverName);
    if (problem === undefined) continue;
    wrongServerNames.add(model.serverName);
    yield { ...placeIn(words[0], ['serverName']), ...problem };
  }
  for (const { host, place, derivedFrom } of claimsOf(fleet)) {
    const problem = derivedFrom !== undefined && wrongServerNames.has(derivedFrom) ? undefined : hostProblem(host);
    if (problem) yield { ...place, ...problem };
  }
}

function* hostTaken(fleet: TracedFleet): Generator<Fault> {
  const serverNames = new Set<string>();
  const twice = new Set<string>();
  for (const { model: { serverName } } of fleet.homeservers) (serverNames.has(serverName) ? twice : serverNames).add(serverName);
  // What follows from a server name that is given twice is said once, of the server name.
  const own = [...claimsOf(fleet), ...ofIngresses(fleet)].filter(({ derivedFrom }) => derivedFrom === undefined || !twice.has(derivedFrom));
  for (const [claim, other] of collisions(own, ({ host }) => host)) {
    if (claim.shares.some((shared) => other.shares.includes(shared))) continue;
    const { host, place, derivedFrom = host } = claim;
    const whose = `${place.file === other.place.file ? '' : `${other.place.file}: `}${other.place.path}`;
    yield { ...place, message: `${host}${derivedFrom === host ? '' : `, which follows from ${derivedFrom},`} is taken by ${whose}`, fix: 'give each service a host of its own' };
  }
}

function* redirectLoop({ homeservers }: TracedFleet): Generator<Fault> {
  for (const { model: { wellKnown, serverName }, words } of homeservers) {
    const redirect = wellKnown && wellKnown.redirect;
    if (typeof redirect !== 'string' || !URL.canParse(redirect) || new URL(redirect).hostname !== serverName) continue;
    yield { ...placeOf(words, ['wellKnown', 'redirect']) ?? placeIn(words[0], ['wellKnown', 'redirect']), message: `leads back to ${serverName}, where it comes from`, fix: 'name another host, or write false and let something else answer there' };
  }
}

export const hostRules: readonly Rule<TracedFleet>[] = [
  {
    id: 'no-host-name',
    severity: 'error',
    what: 'Every host, and every server name, is a host name: lower case, at most 63 characters between dots and 253 in all, with a domain.',
    why: 'An Ingress refuses anything else (Kubernetes, ValidateIngressSpec), no certificate is issued for it, and nobody can open it.',
    fix: 'Write a host name in lower case, without a scheme, a port or a path.',
    check: noHostName,
  },
  {
    id: 'host-taken',
    severity: 'error',
    what: 'No two services of the fleet answer to one host; but Synapse may answer to its own server name.',
    why: 'Their Ingresses would claim the same paths, and either would get the other\'s requests; the ESS chart does not check.',
    fix: 'Give each service a host of its own.',
    check: hostTaken,
  },
  {
    id: 'redirect-loop',
    severity: 'error',
    what: 'The server name redirects browsers to another host than itself.',
    why: 'Every path of it but /.well-known/matrix answers with the redirect: browsers would go round until they give up (ESS chart, wellKnownDelegation.baseDomainRedirect).',
    fix: 'Redirect to another host, or set `wellKnown.redirect` to false.',
    check: redirectLoop,
  },
];
