import type { Homeserver } from '../homeserver/homeserver';
import type { Path } from './path';
import type { Fault, Rule } from './rule';
import { type Place, placeIn, placeOf, type Traced, type TracedFleet } from './traced';

const at = ({ words }: Traced<Homeserver>, ...path: Path): Place => placeOf(words, path) ?? placeIn(words[0], path);

function* rehearsing({ homeservers }: TracedFleet): Generator<Traced<Homeserver>> {
  for (const homeserver of homeservers) if (homeserver.model.rehearsal) yield homeserver;
}

function* underLiveNames(fleet: TracedFleet): Generator<Fault> {
  for (const homeserver of rehearsing(fleet)) {
    const { serverName, synapse } = homeserver.model;
    if (synapse.host === `matrix.${serverName}`) yield { ...at(homeserver, 'rehearsal', 'domain'), message: `${serverName} gives the very names of the homeserver that still answers`, fix: `write one below it, such as new.${serverName}` };
  }
}

function* ofNothing(fleet: TracedFleet): Generator<Fault> {
  for (const homeserver of rehearsing(fleet)) {
    if (homeserver.model.origin === 'fresh') yield { ...at(homeserver, 'rehearsal'), message: 'is for a copy of a homeserver that runs elsewhere, and this one is fresh', fix: 'write its origin, or take the rehearsal away' };
  }
}

function* onOriginals(fleet: TracedFleet): Generator<Fault> {
  const fix = 'make sure that the old server does not use it, then silence this';
  for (const homeserver of rehearsing(fleet)) {
    const { place, synapse: { media: { nfs } } } = homeserver.model;
    if (place.kind === 'external') yield { ...at(homeserver, 'database', 'external', 'host'), message: `the rehearsal empties its databases on ${place.host}, fills and changes them: they must be none but its own`, fix };
    if (nfs) yield { ...at(homeserver, 'synapse', 'media', 'nfs', 'path'), message: `the rehearsal writes and deletes in ${nfs.server}:${nfs.path}: it must hold a copy`, fix };
  }
}

export const rehearsalRules: readonly Rule<TracedFleet>[] = [
  {
    id: 'rehearsal-under-live-names',
    severity: 'error',
    what: 'A rehearsal has host names other than the homeserver that it is a copy of.',
    why: 'Certificates and DNS records of the two collide, and users end up in the copy, which is thrown away.',
    fix: 'Write another domain, such as one below the server name.',
    check: underLiveNames,
  },
  {
    id: 'rehearsal-of-nothing',
    severity: 'warning',
    what: 'A rehearsal is of a homeserver that comes from elsewhere.',
    why: 'A fresh one has nothing to rehearse with, and keys that nobody else knows.',
    fix: 'Write where it comes from as `origin`, or take `rehearsal` away.',
    check: ofNothing,
  },
  {
    id: 'rehearsal-on-originals',
    severity: 'warning',
    what: 'A rehearsal has copies of its own where its data is outside of the cluster.',
    why: 'Nobody here can know what the old server uses: where both are one, the rehearsal drops and deletes what is real.',
    fix: 'Make sure that database and folder are copies, then silence this.',
    check: onOriginals,
  },
];
