import type { DatabaseService } from '../homeserver/names';
import { emptySchema, restoreOptions } from '../runbook/databases';
import { asking, type Estate, inPlaceOf, type Stored } from './estate';
import { privately, step } from './steps';

/** Outside of the fleet's folder, as what is saved must not end in git; by the homeserver, as the chart's own databases have the same names everywhere. */
const saved = ({ release, service }: Stored) => `~/${release}-${service}`;
export const dumpOf = (stored: Stored): string => `${saved(stored)}.dump`;
const countsOf = (stored: Stored) => `${saved(stored)}.counts`;

const dumpingTo = (stored: Stored, file: string) => privately(`${inPlaceOf(stored, 'pg_dump', `-Fc ${stored.name}`)} > ${file}`);

/** The command that saves a database to a file here. */
export const dumping = (stored: Stored): string => dumpingTo(stored, dumpOf(stored));

/** The step that saves databases of a homeserver, of which the chart's own PostgreSQL must run. @param services all of them, unless it says which */
export function saving(estate: Estate, services: readonly DatabaseService[] = ['synapse', 'mas']): string {
  const databases = estate.databases.filter(({ service }) => services.includes(service));
  const running = estate.kind === 'built-in' ? ', while its PostgreSQL runs: where it is stopped, take state away before' : '';
  return step(`save ${databases.map(({ name }) => name).join(' and ')}${running}`, ...asking(estate, databases.map(dumping)));
}

/** The command that fills an empty database, all of it or nothing, from what was saved of the same or another one. */
function restoring(saved: Stored, into = saved): string {
  return `${inPlaceOf(into, 'pg_restore', `${restoreOptions(into.role)} --dbname=${into.name}`, true)} < ${dumpOf(saved)}`;
}

/** The command that empties a database, with nothing running on it. */
function emptying(stored: Stored): string {
  return inPlaceOf(stored, 'psql', ['--set=ON_ERROR_STOP=1', '--single-transaction', `--dbname=${stored.name}`, ...emptySchema.map((statement) => `-c '${statement}'`)].join(' '));
}

/**
 * The command that puts in place of what is in a database what was saved of it before; nothing is emptied unless that can be read, and what
 * is there is saved, under a name that a second try does not take again. @param version what is there, by the version that wrote it
 */
export function replacingBy(stored: Stored, version: string): string {
  return [
    `${inPlaceOf(stored, 'pg_restore', '--list', true)} < ${dumpOf(stored)} > /dev/null`,
    dumpingTo(stored, `${saved(stored)}-${version}-$(date +%s).dump`),
    emptying(stored),
    restoring(stored),
    ...stored.service === 'synapse' ? [forgettingKeys(stored)] : [],
  ].join(' && ');
}

/** The command by which no one-time key is handed out twice, where a database is older than what has been handed out: clients upload new ones. */
export const forgettingKeys = (synapse: Stored): string => inPlaceOf(synapse, 'psql', `--dbname=${synapse.name} -c 'TRUNCATE e2e_one_time_keys_json'`);

/** A query for each table and sequence, by which one sees that all of it has come along. */
const counts = `SELECT format(CASE relkind WHEN 'S' THEN 'SELECT %L, last_value FROM %I' ELSE 'SELECT %L, count(*) FROM %I' END, relname, relname)
 FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'S') ORDER BY relname \\gexec`.replace('\n', '');

const counted = (stored: Stored) => `${inPlaceOf(stored, 'psql', `-XAtq --set=ON_ERROR_STOP=1 --dbname=${stored.name}`, true)} <<< "${counts}"`;

const counting = (stored: Stored) => privately(`${counted(stored)} > ${countsOf(stored)}`);

/** The commands that save a database which nothing writes to, and write down how much is in it. */
export const savingWhole = (stored: Stored): readonly string[] => [dumping(stored), counting(stored)];

/** The commands that fill an empty database from that, and say where it has more or less. */
export function fillingWhole(saved: Stored, into: Stored): readonly string[] {
  return [restoring(saved, into), `${counted(into)} | diff ${countsOf(saved)} - && echo the same`, inPlaceOf(into, 'psql', `--dbname=${into.name} -c ANALYZE`)];
}
