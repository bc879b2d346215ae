import type { DatabaseService } from '../homeserver/names';
import { broughtAlong } from './origin';
import type { Step } from './step';
import type { Subject } from './subject';

const called: Readonly<Record<DatabaseService, string>> = { synapse: 'Synapse', mas: 'MAS' };

/** Tables by which one sees that all of it has come along. */
const counted: Readonly<Record<DatabaseService, readonly string[]>> = {
  synapse: ['users', 'devices', 'access_tokens', 'rooms', 'events', 'local_media_repository', 'e2e_room_keys'],
  mas: ['users', 'user_passwords', 'compat_sessions', 'oauth2_sessions'],
};

/** Rows of the tables above, and where every sequence stands. */
function countsSql(service: DatabaseService): string {
  return `${counted[service].map((table) => `SELECT '${table}', count(*) FROM ${table};`).join('\n')}
SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public' ORDER BY sequencename COLLATE "C";`;
}

/** To be followed by another command: it is part of a list of them. */
function counts(place: 'old' | 'new', service: DatabaseService): string {
  return `sql ${place}_${service} <<'END' >${service}.${place}.counts &&
${countsSql(service)}
END`;
}

const tables = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'";
const strangers = `SELECT count(*) FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'S') AND pg_get_userbyid(relowner) <> current_database()`;
const properties = `SELECT datcollate, datctype, pg_encoding_to_char(encoding), pg_get_userbyid(datdba)
FROM pg_database WHERE datname = current_database()`;

/** In its new owner's name, all of it or nothing. */
export const restoreOptions = (role: string) => `--no-owner --no-privileges --role=${role} --single-transaction`;

/** Leaves an empty database as `createdb` does. */
export const emptySchema = ['DROP SCHEMA public CASCADE', 'CREATE SCHEMA public AUTHORIZATION pg_database_owner', 'GRANT USAGE ON SCHEMA public TO PUBLIC'] as const;

const asked = (place: string, statement: string) => `"$(sql ${place} <<<"${statement}")"`;

/** Before anything is stopped: how much there is to move. */
export function measureDatabases(subject: Subject): readonly Step[] {
  return broughtAlong(subject).map(({ service }): Step => ({
    id: `measure-${service}`,
    text: `How large ${called[service]}'s old database is: the new volume needs that much room and as much again for the write-ahead log, and this folder about a third of it.`,
    shell: `sql old_${service} <<'END'
SELECT current_database(), pg_size_pretty(pg_database_size(current_database())), current_setting('server_version');
END`,
  }));
}

/** Whether the new databases are what the services need, and hold nothing yet. */
export function checkTargets(subject: Subject): readonly Step[] {
  return broughtAlong(subject).map(({ service, name }): Step => ({
    id: `check-target-${service}`,
    text: `\`${name}\` is there, belongs to its role, has the locale that Synapse insists on, and is empty. Where it is not empty, something has started on it: see step "Empty a database" at the end.`,
    shell: `expect 'the properties of ${name}' ${asked(`new_${service}`, properties)} 'C|C|UTF8|${name}' &&
  expect 'tables in ${name}' ${asked(`new_${service}`, tables)} 0`,
  }));
}

/** @param running the old server goes on: counts may differ by what has come in between */
export function dumpDatabases(subject: Subject, running: boolean): readonly Step[] {
  return broughtAlong(subject).map(({ service }): Step => ({
    id: `dump-${service}`,
    text: `Dump ${called[service]}'s database by itself: a dump of the whole server would bring its roles and names along. ${running ? 'A dump is a state of one moment, also while the server runs.' : 'The counts are what the restored one must have.'}`,
    shell: `${counts('old', service)}
old_${service} pg_dump --format=custom >${service}.dump &&
  in_postgres pg_restore --list <${service}.dump >/dev/null &&
  ls -l ${service}.dump`,
  }));
}

/** @param compare whether the old server has stood still since the dump, so that all must be equal */
export function restoreDatabases(subject: Subject, compare: boolean): readonly Step[] {
  return broughtAlong(subject).flatMap(({ service, name }): Step[] => [
    {
      id: `restore-${service}`,
      text: `Restore it in its new owner's name, all of it or nothing; what fails is said, and the step can be run again.`,
      shell: `new_${service} pg_restore ${restoreOptions(name)} <${service}.dump &&
  sql new_${service} <<<'ANALYZE'`,
    },
    {
      id: `check-${service}`,
      text: `Everything in it belongs to \`${name}\`${compare ? ', and rows and sequences are those of the old one' : ''}.`,
      shell: `expect 'objects of others in ${name}' ${asked(`new_${service}`, strangers)} 0${compare
        ? ` &&\n${counts('new', service)}\ndiff ${service}.old.counts ${service}.new.counts`
        : ''}`,
    },
    ...service === 'synapse' ? [{
      id: 'forget-one-time-keys',
      text: 'One-time keys of the dump may have been used since, and no key may be used twice: clients upload new ones.',
      shell: `sql new_synapse <<<'TRUNCATE e2e_one_time_keys_json'`,
    }] : [],
  ]);
}

/** For when a restore is to be begun anew, and after a rehearsal. */
export function emptyDatabases({ databases }: Subject): readonly Step[] {
  return databases.map(({ service, name }): Step => ({
    id: `empty-${service}`,
    text: `Empty a database: \`${name}\`, with nothing running on it. **Everything in it is lost**, and there is no way back but a dump: never once people have used it.`,
    shell: `nothing_runs && sql new_${service} <<'END' &&
BEGIN;
${emptySchema.map((statement) => `${statement};`).join('\n')}
COMMIT;
END
expect 'tables in ${name}' ${asked(`new_${service}`, tables)} 0`,
  }));
}

/** What stands in a database of this fleet, for a way back. */
export function saveDatabase(service: DatabaseService): Step {
  return {
    id: `save-${service}`,
    text: `Save ${called[service]}'s database as it is now: it is the way back.`,
    shell: `new_${service} pg_dump --format=custom >${service}.saved.dump &&
  in_postgres pg_restore --list <${service}.saved.dump >/dev/null &&
  ls -l ${service}.saved.dump`,
  };
}
