import { bytes } from '../cluster/quantity';
import { has } from '../homeserver/chart-version';
import type { Database, Homeserver } from '../homeserver/homeserver';
import type { DatabaseOptions } from '../homeserver/options';
import { clusterHost, clusterNamespace, kindsOf } from '../homeserver/place';
import { isMap } from '../merge';
import { collisions } from './collisions';
import { elsewhere } from './names';
import { type Path, valueAt } from './path';
import { parseQuantity } from './quantity';
import type { Fault, Rule } from './rule';
import { didYouMean, nearest } from './suggest';
import { onceAFleet, type Place, placeIn, placeOf, type Traced, type TracedFleet } from './traced';

const at = ({ words }: Traced<Homeserver>, ...path: Path): Place => placeOf(words, path) ?? placeIn(words[0], path);

function* placeNotOne({ homeservers }: TracedFleet): Generator<Fault> {
  for (const { words } of homeservers) {
    for (const said of words) {
      const options = valueAt(said.options, ['database']);
      if (!isMap(options)) continue;
      const kinds = kindsOf(options as DatabaseOptions);
      if (kinds.length === 1) continue;
      yield { ...placeIn(said, ['database']), message: kinds.length === 0 ? 'names no place' : `${kinds.join(' and ')} exclude each other`, fix: 'write cluster, builtIn or external, one of them' };
    }
  }
}

function* clusterUnknown({ platform: { model: { databaseClusters } }, homeservers }: TracedFleet): Generator<Fault> {
  const known = databaseClusters.map(({ name }) => name);
  for (const homeserver of homeservers) {
    const { place } = homeserver.model;
    if (place.kind !== 'cluster' || known.includes(place.cluster)) continue;
    const said = placeOf(homeserver.words, ['database', 'cluster']);
    yield said
      ? { ...said, message: `${place.cluster} is no database cluster of this fleet`, fix: didYouMean(place.cluster, known) ?? 'describe it in platform.databaseClusters' }
      : { ...placeIn(homeserver.words[0], ['database']), message: 'is missing: this fleet has no shared-pg', fix: `write where its databases are: ${known.length > 0 ? `a cluster (${known.join(', ')}), ` : ''}builtIn or external` };
  }
}

function* clusterTaken({ platform: { model: { databaseClusters }, words: [main] } }: TracedFleet): Generator<Fault> {
  for (const [{ name, path }, other] of collisions(databaseClusters, (cluster) => cluster.name)) {
    // `platform.postgres` cannot have another.
    if (path.at(-1) === 'postgres') continue;
    const place = placeIn(main, [...path, 'name']);
    yield { ...place, message: `${name} is taken by ${elsewhere(place, placeIn(main, other.path))}`, fix: 'give it another name: volumes, backups and host name are called after it' };
  }
}

function* recoveryImpossible({ platform: { model: { databaseClusters, backups }, words: [main] } }: TracedFleet): Generator<Fault> {
  for (const { name, path, recovery } of databaseClusters) {
    if (recovery === undefined) continue;
    const here = placeIn(main, [...path, 'recovery']);
    if (!backups) yield { ...here, message: 'there are no backups to begin with: platform.backups is false', fix: 'describe platform.backups, with the bucket that has them' };
    if (recovery.from === name) yield { ...placeIn(main, [...path, 'recovery', 'from']), message: `${name} would write its backups where it reads those that it begins with`, fix: 'describe a further cluster under another name, and point homeservers there' };
    if (recovery.targetTime !== undefined && Number.isNaN(Date.parse(recovery.targetTime))) yield { ...placeIn(main, [...path, 'recovery', 'targetTime']), message: `${recovery.targetTime} is no moment of any calendar`, fix: 'write one such as 2026-11-20T09:41:00Z' };
  }
}

function* recoverySourceUnknown({ platform: { model: { databaseClusters }, words: [main] } }: TracedFleet): Generator<Fault> {
  const known = databaseClusters.map(({ name }) => name);
  for (const { name, path, recovery } of databaseClusters) {
    if (recovery === undefined || known.includes(recovery.from)) continue;
    const near = nearest(recovery.from, known.filter((other) => other !== name));
    yield { ...placeIn(main, [...path, 'recovery', 'from']), message: `${recovery.from} is no database cluster of this fleet`, fix: near === undefined ? 'make sure that the bucket has backups under that name, or write one that is here' : `did you mean ${near}?` };
  }
}

/** A database of a homeserver, and its role, on a server that homeservers may share. */
interface Claim extends Pick<Database, 'service' | 'name' | 'role'> {
  /** The same text for the same server, however its host is written. */
  readonly server: string;
  readonly homeserver: Traced<Homeserver>;
  readonly isExternal: boolean;
  /** Who makes roles and databases there, if this fleet does. */
  readonly admin: string | undefined;
}

const claimsOf = onceAFleet(({ homeservers }): readonly Claim[] => homeservers.flatMap((homeserver) => {
  const { place, databases } = homeserver.model;
  if (place.kind === 'built-in') return [];
  const isExternal = place.kind === 'external';
  const server = isExternal ? `${serverOf(place.host)}:${place.port}` : `${place.host}:5432`;
  return databases.map(({ service, name, role }) => ({ service, name, role, server, homeserver, isExternal, admin: isExternal ? place.initialise?.user : undefined }));
}));

/** The host name of a database cluster, where a host is one of those of its Services (CloudNativePG: the primary's, the replicas', and that of all). */
function serverOf(host: string): string {
  const [, cluster] = serviceOfCluster.exec(host) ?? [];
  return cluster === undefined ? host : clusterHost(cluster);
}

const serviceOfCluster = new RegExp(`^([^.]+)-r[wo]?\\.${clusterNamespace}(?:\\.svc(?:\\.cluster\\.local)?)?$`);

const placeOfClaim = ({ homeserver, isExternal, service }: Claim, option: 'database' | 'user'): Place =>
  isExternal ? at(homeserver, 'database', 'external', service, option) : at(homeserver, 'database');

function* externalTaken(fleet: TracedFleet): Generator<Fault> {
  for (const [claim, other] of collisions(claimsOf(fleet), ({ server, name }) => `${server}/${name}`)) {
    if (!claim.isExternal) continue;
    const place = placeOfClaim(claim, 'database');
    yield { ...place, message: `${claim.server}/${claim.name} is taken by ${elsewhere(place, placeOfClaim(other, 'database'))}`, fix: 'give each service of each homeserver a database of its own' };
  }
}

function* roleTaken(fleet: TracedFleet): Generator<Fault> {
  const claims = claimsOf(fleet);
  const admins = new Set(claims.flatMap(({ server, admin }) => (admin === undefined ? [] : [`${server}/${admin}`])));
  for (const claim of claims) {
    if (claim.admin === undefined || !admins.has(`${claim.server}/${claim.role}`)) continue;
    yield { ...placeOfClaim(claim, 'user'), message: `${claim.role} makes the roles on ${claim.server}, and would get another password`, fix: 'give the service a role of its own' };
  }
  for (const [claim, other] of collisions(claims, ({ server, role }) => `${server}/${role}`)) {
    if (!claim.isExternal || (claim.admin ?? other.admin) === undefined) continue;
    const place = placeOfClaim(claim, 'user');
    yield { ...place, message: `${claim.role} on ${claim.server} is the role of ${elsewhere(place, placeOfClaim(other, 'user'))}, too, and gets a password for each`, fix: 'give each service of each homeserver a role of its own' };
  }
}

function* externalTrust({ homeservers }: TracedFleet): Generator<Fault> {
  for (const homeserver of homeservers) {
    const { place, chartVersion } = homeserver.model;
    if (place.kind !== 'external') continue;
    const here = at(homeserver, 'database', 'external', 'sslMode');
    const verifies = place.sslMode.startsWith('verify-');
    if (place.ca !== undefined && !verifies) yield { ...here, message: `${place.sslMode} trusts whoever answers, whatever ca says`, fix: 'write verify-full, or leave it out' };
    if (place.ca === undefined && place.sslMode === 'verify-ca') yield { ...here, message: 'verify-ca needs the authority of the server\'s certificate', fix: 'give it as ca' };
    if (place.ca === undefined && place.sslMode === 'verify-full' && !has(chartVersion, '26.3.2')) yield { ...here, message: `verify-full needs a ca with chart ${chartVersion}, which hands Synapse none`, fix: 'give it as ca, or choose a newer chart' };
  }
}

function* builtInRestored({ homeservers }: TracedFleet): Generator<Fault> {
  for (const homeserver of homeservers) {
    const { place, origin } = homeserver.model;
    if (place.kind === 'built-in' && origin !== 'fresh') yield { ...at(homeserver, 'database', 'builtIn'), message: 'is for a fresh homeserver: it starts with the keys that this one waits for, and Synapse with it, on nothing', fix: 'restore it into a database cluster, of one instance if that is enough, or an external server' };
  }
}

/** Of whole Mi; undefined where the chart cannot read it. */
function connectionsOf(memory: string | undefined): number | undefined {
  return /^[0-9]+(Mi|Gi|Ti)$/.test(memory ?? '') ? Math.floor(bytes(memory!) / 2 ** 24) : undefined;
}

function* builtInSmall({ homeservers }: TracedFleet): Generator<Fault> {
  for (const homeserver of homeservers) {
    const { place, databases, synapse } = homeserver.model;
    if (place.kind !== 'built-in') continue;
    const memory = place.resources.limits?.memory;
    const connections = connectionsOf(memory);
    const needed = databases.reduce((sum, { connectionLimit }) => sum + connectionLimit, reservedConnections);
    const here = at(homeserver, 'database', 'builtIn', 'resources', 'limits', 'memory');
    const enough = `${needed * 16}Mi`;
    if (connections === undefined) yield { ...here, message: `${memory} is nothing that the chart can derive its settings from`, fix: `write whole Mi or Gi, ${enough} at least` };
    else if (connections < needed) yield { ...here, message: `by ${memory} the chart allows ${connections} connections, and there may be ${needed}`, fix: `write ${enough} or more` };
    const expected = placeOf(homeserver.words, ['database', 'builtIn', 'size'], ['synapse', 'expectedDatabaseSize']) ?? at(homeserver, 'database', 'builtIn');
    if ((parseQuantity(synapse.expectedDatabaseSize) ?? 0) > (parseQuantity(place.size) ?? 0)) yield { ...expected, message: `the databases are expected to grow to ${synapse.expectedDatabaseSize}, and the volume has ${place.size}`, fix: `write database.builtIn.size: '${synapse.expectedDatabaseSize}' or more` };
  }
}

/** PostgreSQL keeps three for superusers (superuser_reserved_connections); its exporter has one. */
const reservedConnections = 4;

export const databaseRules: readonly Rule<TracedFleet>[] = [
  {
    id: 'database-place',
    severity: 'error',
    what: 'A homeserver\'s `database` names one place.',
    why: 'Its databases are in one place, and with none or two nothing says which.',
    fix: 'Write `cluster`, `builtIn` or `external`, one of them.',
    check: placeNotOne,
  },
  {
    id: 'database-cluster-unknown',
    severity: 'error',
    what: 'A homeserver lives on a database cluster that the platform describes.',
    why: 'Nothing would make its databases, and it would wait for them without end.',
    fix: 'Name one that there is, or describe it in `platform.databaseClusters`.',
    check: clusterUnknown,
  },
  {
    id: 'database-cluster-taken',
    severity: 'error',
    what: 'Every database cluster has a name of its own; `shared-pg` is that of `platform.postgres`.',
    why: 'Two of one name are one object, and would write their backups to one place.',
    fix: 'Give it another name.',
    check: clusterTaken,
  },
  {
    id: 'recovery-impossible',
    severity: 'error',
    what: 'A database cluster is recovered from the backups of another, at a moment that there was.',
    why: 'One that archived to where it is recovered from would spoil the only backups that there are; the plugin refuses an archive that is not empty.',
    fix: 'Describe a further cluster under another name.',
    check: recoveryImpossible,
  },
  {
    id: 'recovery-source-unknown',
    severity: 'warning',
    what: 'A database cluster is recovered from one of this fleet.',
    why: 'Of one that is gone, nobody here can say whether the bucket has its backups.',
    fix: 'Make sure that the bucket has backups under that name, then silence this.',
    check: recoverySourceUnknown,
  },
  {
    id: 'external-database-taken',
    severity: 'error',
    what: 'Every service has a database of its own on an external server, or on a database cluster of the fleet\'s that is named as one.',
    why: 'Two homeservers in one database destroy each other.',
    fix: 'Name another database.',
    check: externalTaken,
  },
  {
    id: 'external-role-taken',
    severity: 'error',
    what: 'Where `database.external.initialise` makes the roles, every service has a role of its own, which is not the one that makes them.',
    why: 'Each Job sets a password of its own: with two for one role, one service never logs in; with another one for the admin\'s role, nobody makes roles there any more.',
    fix: 'Name another role.',
    check: roleTaken,
  },
  {
    id: 'external-database-trust',
    severity: 'error',
    what: 'An external server\'s `sslMode` and `ca` fit each other.',
    why: 'The client library verifies nothing without a mode that says so, and does not start with one that lacks an authority (PostgreSQL, libpq-ssl).',
    fix: 'Give both or neither.',
    check: externalTrust,
  },
  {
    id: 'built-in-database-restored',
    severity: 'error',
    what: 'A homeserver with the chart\'s own PostgreSQL is fresh.',
    why: 'The chart\'s hooks wait for the keys before its PostgreSQL is made, so there is no moment in which a database could be restored and Synapse does not run.',
    fix: 'Restore it into a database cluster or on an external server.',
    check: builtInRestored,
  },
  {
    id: 'built-in-database-small',
    severity: 'error',
    what: 'The chart\'s own PostgreSQL has memory for the connections of its homeserver, and a volume for what it is expected to grow to.',
    why: 'The chart derives `max_connections` from the memory limit, one for each 16Mi, and fails on a limit in other units; a full volume stops PostgreSQL.',
    fix: 'Raise `database.builtIn.resources.limits.memory` or `database.builtIn.size`.',
    check: builtInSmall,
  },
];
