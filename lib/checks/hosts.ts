import type { Homeserver } from '../homeserver/homeserver';
import { collisions } from './collisions';
import { hostProblem } from './host-name';
import { extraManifests } from './extra-manifests';
import { elsewhere } from './names';
import { type Path, valueAt } from './path';
import type { Fault, Rule } from './rule';
import { type Place, placeIn, placeOf, type TracedFleet, type Words } from './traced';

/** A host name that something of the fleet answers to. */
interface Claim {
  readonly host: string;
  readonly place: Place;
  /** The server name that the host follows from, where the user did not give it. */
  readonly derivedFrom: string | undefined;
  /** Whose it is, and whether it is Synapse's or the server name's own: those two of one homeserver may be equal. */
  readonly shares: object | undefined;
}

/** Every host name of the fleet: the platform's, the homeservers', and each server name that answers with well-known documents. */
function* claims({ platform, homeservers }: TracedFleet): Generator<Claim> {
  const { gitea, argocd, monitoring } = platform.model;
  const ofPlatform: [string, Path][] = [
    [gitea.host, ['platform', 'gitea', 'host']],
    [argocd.host, ['platform', 'argocd', 'host']],
    ...monitoring ? [[monitoring.host, ['platform', 'monitoring', 'host']] as [string, Path]] : [],
  ];
  for (const [host, path] of ofPlatform) yield { host, place: placeIn(platform.words[0], path), derivedFrom: undefined, shares: undefined };
  for (const { model, words } of homeservers) yield* ofHomeserver(model, words);
}

function* ofHomeserver(model: Homeserver, words: readonly [Words, ...Words[]]): Generator<Claim> {
  const { synapse, mas, elementWeb, elementAdmin, rtc, hookshot, wellKnown, serverName } = model;
  const claim = (host: string, path: Path, shares?: object): Claim => {
    const said = placeOf(words, path);
    return { host, place: said ?? placeIn(words[0], ['serverName']), derivedFrom: said ? undefined : serverName, shares };
  };
  yield claim(synapse.host, ['synapse', 'host'], model);
  if (mas) yield claim(mas.host, ['mas', 'host']);
  if (elementWeb) yield claim(elementWeb.host, ['elementWeb', 'host']);
  if (elementAdmin) yield claim(elementAdmin.host, ['elementAdmin', 'host']);
  if (rtc) yield claim(rtc.host, ['rtc', 'host']);
  if (hookshot && hookshot.host !== undefined) yield claim(hookshot.host, ['hookshot', 'host']);
  if (wellKnown) yield { host: serverName, place: placeIn(words[0], ['serverName']), derivedFrom: serverName, shares: model };
}

/** Ingresses of the user's own may share a host among themselves: each has paths of its own. */
const ingresses = {};

function* ofIngresses(fleet: TracedFleet): Generator<Claim> {
  for (const { manifest, at } of extraManifests(fleet)) {
    const rules = valueAt(manifest, ['kind']) === 'Ingress' ? valueAt(manifest, ['spec', 'rules']) : undefined;
    if (!Array.isArray(rules)) continue;
    for (const index of rules.keys()) {
      const host = valueAt(rules, [index, 'host']);
      if (typeof host === 'string' && host !== '') yield { host, place: at(['spec', 'rules', index, 'host']), derivedFrom: undefined, shares: ingresses };
    }
  }
}

function* noHostName(fleet: TracedFleet): Generator<Fault> {
  const wrongServerNames = new Set<string>();
  for (const { model, words } of fleet.homeservers) {
    const problem = hostProblem(model.serverName);
    if (problem === undefined) continue;
    wrongServerNames.add(model.serverName);
    yield { ...placeIn(words[0], ['serverName']), ...problem };
  }
  for (const { host, place, derivedFrom } of claims(fleet)) {
    const problem = derivedFrom !== undefined && wrongServerNames.has(derivedFrom) ? undefined : hostProblem(host);
    if (problem) yield { ...place, ...problem };
  }
}

function* hostTaken(fleet: TracedFleet): Generator<Fault> {
  const serverNames = new Set<string>();
  const twice = new Set<string>();
  for (const { model: { serverName } } of fleet.homeservers) (serverNames.has(serverName) ? twice : serverNames).add(serverName);
  // What follows from a server name that is given twice is said once, of the server name.
  const own = [...claims(fleet), ...ofIngresses(fleet)].filter(({ derivedFrom }) => derivedFrom === undefined || !twice.has(derivedFrom));
  for (const [claim, other] of collisions(own, ({ host }) => host)) {
    if (claim.shares !== undefined && claim.shares === other.shares) continue;
    yield { ...claim.place, message: `${claim.host} is taken by ${elsewhere(claim.place, other.place)}`, fix: 'give each service a host of its own' };
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
];
