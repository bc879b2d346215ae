import type { Fault, Rule } from './rule';
import { placeIn, placeOf, type TracedFleet } from './traced';

function* storageUnnamed({ platform: { model: { cluster }, words } }: TracedFleet): Generator<Fault> {
  for (const [purpose, name] of Object.entries(cluster.storage)) {
    const path = ['cluster', 'storage', purpose];
    if (name === '') yield { ...placeOf(words, path) ?? placeIn(words[0], path), message: 'there is no class for this', fix: 'write the name of a class that the cluster has: kubectl get storageclass' };
  }
}

function* ingressTwice({ platform: { model: { cluster, traefik }, words: [main] } }: TracedFleet): Generator<Fault> {
  if (!cluster.ingress) return;
  if (traefik) yield { ...placeIn(main, ['platform', 'traefik']), message: `the cluster's own ${cluster.ingress.controller} takes its place`, fix: 'take it away, or cluster.ingress' };
  if (cluster.proxy) yield { ...placeIn(main, ['cluster', 'ingress']), message: 'the proxy takes its place', fix: 'take it away, or cluster.proxy' };
}

export const clusterRules: readonly Rule<TracedFleet>[] = [
  {
    id: 'storage-unnamed',
    severity: 'error',
    what: 'There is a storage class for each purpose.',
    why: 'Of a cluster of provider `generic` nobody knows which classes it has, and a claim without one is never bound.',
    fix: 'Name all four in `cluster.storage`; those of data that must not vanish with reclaimPolicy Retain.',
    check: storageUnnamed,
  },
  {
    id: 'ingress-twice',
    severity: 'error',
    what: 'Requests come in one way: by the cluster\'s own ingress controller, by the fleet\'s Traefik, or by a proxy.',
    why: 'Names lead to one address, and what listens at the other would stand there for nobody.',
    fix: 'Take all but one of `cluster.ingress`, `platform.traefik` and `cluster.proxy` away.',
    check: ingressTwice,
  },
];
