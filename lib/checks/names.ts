import type { Homeserver } from '../homeserver/homeserver';
import { collisions } from './collisions';
import type { Fault, Rule } from './rule';
import { placeIn, type Traced, type TracedFleet } from './traced';

/** A homeserver's own place for one of the options that only it can give. */
const place = ({ words }: Traced<Homeserver>, option: 'name' | 'serverName') => placeIn(words[0], [option]);

/** Where another homeserver says the same: its file, or the place in this very file. */
export function elsewhere(here: { readonly file: string }, there: { readonly file: string; readonly path: string }): string {
  return here.file === there.file ? there.path : there.file;
}

function* nameTaken({ homeservers }: TracedFleet): Generator<Fault> {
  for (const [homeserver, other] of collisions(homeservers, ({ model }) => model.name)) {
    const here = place(homeserver, 'name');
    yield { ...here, message: `${homeserver.model.name} is taken by ${elsewhere(here, place(other, 'name'))}`, fix: 'give it another name: the release, the namespace and the databases derive from it' };
  }
}

function* derivedNameTaken({ homeservers }: TracedFleet): Generator<Fault> {
  const owners = new Map(homeservers.flatMap((homeserver) => {
    const { base, databases, secrets } = homeserver.model.names;
    return [base, databases, secrets.own, secrets.passwords].map((name) => [name, homeserver]);
  }));
  for (const homeserver of homeservers) {
    const { name, names: { release } } = homeserver.model;
    const owner = owners.get(release);
    if (owner === undefined) continue;
    const here = place(homeserver, 'name');
    yield { ...here, message: `${name} gives the release ${release}, which is an Application of ${elsewhere(here, place(owner, 'name'))}`, fix: 'give it another name' };
  }
}

function* serverNameTaken({ homeservers }: TracedFleet): Generator<Fault> {
  for (const [homeserver, other] of collisions(homeservers, ({ model }) => model.serverName)) {
    const here = place(homeserver, 'serverName');
    yield { ...here, message: `${homeserver.model.serverName} is taken by ${elsewhere(here, place(other, 'serverName'))}`, fix: 'give it a domain of its own: a server name is one homeserver\'s' };
  }
}

export const nameRules: readonly Rule<TracedFleet>[] = [
  {
    id: 'name-taken',
    severity: 'error',
    what: 'No two homeservers have one name.',
    why: 'They would be one release in one namespace, on one database.',
    fix: 'Give one of them another name.',
    check: nameTaken,
  },
  {
    id: 'derived-name-taken',
    severity: 'error',
    what: 'No homeserver\'s release bears the name of an Application that derives from another homeserver\'s name.',
    why: 'They would be one Application: `x-base` and the base of `x`.',
    fix: 'Give the homeserver another name.',
    check: derivedNameTaken,
  },
  {
    id: 'server-name-taken',
    severity: 'error',
    what: 'No two homeservers have one server name.',
    why: 'The rest of the federation would meet two servers under one name, with two signing keys.',
    fix: 'Give each homeserver a domain of its own.',
    check: serverNameTaken,
  },
];
