import { posix } from 'node:path';
import type { Fault, Rule } from './rule';
import { type Place, placeIn, placeOf, type TracedFleet } from './traced';

/** Where a homeserver keeps its media on a server of files. */
interface Folder {
  readonly name: string;
  readonly server: string;
  /** With one slash at its end. */
  readonly path: string;
  readonly place: Place;
}

function foldersOf({ homeservers }: TracedFleet): readonly Folder[] {
  const at = ['synapse', 'media', 'nfs', 'path'];
  return homeservers.flatMap(({ model: { name, synapse: { media: { nfs } } }, words }) => (nfs === undefined ? [] : [{
    name,
    server: nfs.server.toLowerCase().replace(/\.$/, ''),
    path: posix.join('/', nfs.path, '/'),
    place: placeOf(words, at) ?? placeIn(words[0], at),
  }]));
}

function* folderTaken(fleet: TracedFleet): Generator<Fault> {
  const folders = foldersOf(fleet);
  for (const [index, outer] of folders.entries()) {
    for (const [other, inner] of folders.entries()) {
      const same = outer.path === inner.path;
      if (outer.server !== inner.server || !inner.path.startsWith(outer.path) || (same && other <= index)) continue;
      const message = same
        ? `${outer.name} and ${inner.name} would keep their media in one folder, ${shown(outer)}`
        : `the folder of ${inner.name}, ${shown(inner)}, is inside that of ${outer.name}, ${shown(outer)}`;
      for (const { place } of [outer, inner]) yield { ...place, message, fix: 'give each a folder of its own' };
    }
  }
}

const shown = ({ server, path }: Folder) => `${server}:${path === '/' ? path : path.slice(0, -1)}`;

export const mediaRules: readonly Rule<TracedFleet>[] = [{
  id: 'media-folder-taken',
  severity: 'error',
  what: 'No two homeservers keep their media in one folder of an NFS server, nor one inside the other\'s.',
  why: 'Synapse takes everything in its folder for its own: files meet under one path, and one homeserver\'s backup, clean-up or end takes the other\'s along.',
  fix: 'Give each a folder of its own.',
  check: folderTaken,
}];
