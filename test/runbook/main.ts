import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { readFleet } from '../../lib/cli/model';
import type { Homeserver } from '../../lib/homeserver/homeserver';
import type { HomeserverOptions } from '../../lib/homeserver/options';
import { resolveHomeserver } from '../../lib/homeserver/resolve';
import { runbookOf } from '../../lib/runbook/runbook';
import type { Step } from '../../lib/runbook/step';
import { findPostgres } from './postgres';
import { commands, World } from './world';

/**
 * `npm run test:runbook`: every command of every kind of runbook, run as it stands. PostgreSQL, its client programs, tar and bash are real;
 * kubectl is a stand-in that runs here what it would run in a pod. Skipped where there is no PostgreSQL.
 */
export async function main(_: readonly string[], root: string): Promise<void> {
  const bin = findPostgres();
  if (bin === undefined) {
    process.stdout.write('test:runbook: skipped, since initdb and pg_ctl are neither in the PATH nor in /usr/lib/postgresql (Debian: apt install postgresql)\n');
    return;
  }
  const { fleet } = await readFleet(join(root, 'test', 'fixtures', 'fleet'), root);
  assert(fleet, 'the tests\' fleet can be read');
  const [first] = fleet.homeservers;
  assert(first, 'it has a homeserver');
  const { surroundings } = first.model;
  const base: HomeserverOptions = { name: 'two-words', serverName: 'example.org', rtc: { tcp: 30031, udp: 30032 } };
  const describe = (own: Partial<HomeserverOptions>) => {
    const model = resolveHomeserver('instances/two-words.ts', { ...base, ...own }, {}, surroundings);
    return { model, steps: commands(runbookOf(fleet, { model, words: first.words })) };
  };

  for (const [name, { own, check }] of Object.entries(scenarios)) {
    const { model, steps } = describe(own);
    shellcheck(name, steps);
    const world = new World(bin, root, model);
    try {
      check(new Admin(world, steps), world, model);
    } finally {
      world.end();
    }
    process.stdout.write(`${name}: ${steps.length} commands\n`);
  }
}

/** Goes through a runbook, and stops where something is wrong. */
class Admin {
  constructor(private readonly world: World, readonly steps: readonly Step[]) {}

  /** Does the commands before a step; without one, all. */
  until(id?: string): void {
    this.expectSuccess(this.steps.slice(0, id === undefined ? undefined : this.index(id)));
  }

  /** Does the commands from a step to the end. */
  from(id: string): void {
    this.expectSuccess([this.steps[0]!, ...this.steps.slice(this.index(id))]);
  }

  /** Does single steps, in the shell of the first. */
  does(...ids: readonly string[]): void {
    this.expectSuccess([this.steps[0]!, ...ids.map((id) => this.steps[this.index(id)]!)]);
  }

  /** Does single steps, the last of which must fail. */
  fails(...ids: readonly string[]): void {
    const { failed, output } = this.world.run([this.steps[0]!, ...ids.map((id) => this.steps[this.index(id)]!)]);
    assert.equal(failed, ids.at(-1), output);
  }

  private index(id: string): number {
    const index = this.steps.findIndex((step) => step.id === id);
    assert(index >= 0, `there is no step ${id}`);
    return index;
  }

  private expectSuccess(steps: readonly Step[]): void {
    const { failed, output } = this.world.run(steps);
    assert.equal(failed, undefined, `${failed}: ${output}`);
    assert(!output.includes('WRONG'), output);
  }
}

interface Scenario {
  readonly own: Partial<HomeserverOptions>;
  readonly check: (admin: Admin, world: World, homeserver: Homeserver) => void;
}

const restored = (restoredFrom: 'ess' | 'matrix-chart') => ({ origin: { restoredFrom } });

const scenarios: Readonly<Record<string, Scenario>> = {
  'from the ESS chart': { own: restored('ess'), check: checkMove },
  'from another chart': { own: restored('matrix-chart'), check: checkMove },
  'from the ESS chart to an external server': { own: { ...restored('ess'), database: { external: { host: 'db.example.net' } } }, check: checkMove },
  'from another chart, with accounts that are still to move to MAS': {
    own: { ...restored('matrix-chart'), mas: { syn2mas: 'prepare' } },
    check: (admin, world) => {
      admin.until('stop-new');
      assert.equal(world.new.sql('mas_two_words', 'SELECT count(*) FROM pg_tables WHERE schemaname = \'public\''), '0', 'MAS gets nothing of the old database');
      assert(!admin.steps.some(({ id }) => id === 'dump-mas'));
    },
  },
  'from the ESS chart, with Secrets that are sealed': {
    own: { ...restored('ess'), secrets: 'sealed' },
    check: (admin, world) => {
      admin.until('stop-new');
      assert.match(world.read('calls'), /npm --prefix \S+ run seal -- two-words\n[^]*run seal -- two-words\n[^]*run synth\n/);
    },
  },
  'a rehearsal beside the ESS chart': {
    own: { ...restored('ess'), rehearsal: { domain: 'new.example.org' } },
    check: (admin, world) => {
      admin.until('stop-new');
      assert.equal(world.new.sql('synapse_two_words', 'SELECT count(*) FROM events'), '2000');
      assert(!world.read('calls').includes(' scale '), 'the old server is left alone');
      assert(world.read('calls').includes('exec media-mover'));
      admin.from('stop-new');
      assert.equal(world.new.sql('synapse_two_words', 'SELECT to_regclass(\'public.events\') IS NULL'), 't', 'nothing of it stays');
    },
  },
  'a new one': {
    own: {},
    check: (admin, world) => {
      admin.does('save-keys');
      const saved = 'work/fleet-keys/matrix-two-words.yaml';
      assert.match(world.read(saved), /SYNAPSE_SIGNING_KEY/);
      assert.equal(world.mode(saved), 0o600);
      world.file('new/answers/secret', '');
      admin.fails('save-keys');
      assert.match(world.read(saved), /SYNAPSE_SIGNING_KEY/, 'what was saved stays');
    },
  },
  'accounts: the rehearsal': { own: { mas: { syn2mas: 'dry-run' } }, check: (admin, world) => checkAccounts(admin, world, 'true') },
  'accounts: the move': {
    own: { mas: { syn2mas: 'migrate' } },
    check: (admin, world) => {
      world.file('new/on-sync', `psql -qd mas_two_words -c "CREATE TABLE users AS VALUES ('anna'), ('björn')"
printf syn2mas_migrated >"$WORLD/new/answers/configmap"\n`);
      checkAccounts(admin, world, 'false');
      assert.match(world.read('calls'), /pg_dump --format=custom --dbname=synapse_two_words/, 'there is a way back');
      admin.does('empty-mas');
      assert.equal(world.new.sql('mas_two_words', 'SELECT to_regclass(\'public.users\') IS NULL'), 't');
    },
  },
};

/** A whole move; then what goes wrong in one, and that it is noticed. */
function checkMove(admin: Admin, world: World, { origin, names: { release } }: Homeserver): void {
  const isEss = origin !== 'fresh' && origin.restoredFrom === 'ess';
  const asked = (statement: string, database = 'synapse_two_words') => world.new.sql(database, statement);
  admin.until('stop-new');

  // All of it is there, and belongs to its own role.
  assert.equal(asked('SELECT count(*), max(stream_ordering) FROM events'), '2000|2000');
  assert.equal(asked("SELECT nextval('events_stream_seq')"), '2001', 'sequences go on where they were');
  assert.equal(asked('INSERT INTO sessions (value) VALUES (NULL) RETURNING id'), '3', 'those of identity columns too');
  assert.equal(asked("SELECT display_name FROM devices WHERE user_id = '@björn:example.org'"), 'Ελλάδα 📱');
  assert.equal(asked('SELECT count(*) FROM e2e_one_time_keys_json'), '0');
  assert.equal(asked('SELECT count(*) FROM users', 'mas_two_words'), '2');
  for (const database of ['synapse_two_words', 'mas_two_words']) {
    const owners = "SELECT DISTINCT pg_get_userbyid(relowner) FROM pg_class WHERE relnamespace = 'public'::regnamespace UNION SELECT DISTINCT pg_get_userbyid(proowner) FROM pg_proc WHERE pronamespace = 'public'::regnamespace UNION SELECT DISTINCT pg_get_userbyid(typowner) FROM pg_type WHERE typnamespace = 'public'::regnamespace";
    assert.equal(asked(owners, database), database);
    assert.equal(asked(`SELECT datcollate, datctype FROM pg_database WHERE datname = '${database}'`), 'C|C');
    // As a role, not as a superuser: a service alters its tables when it is updated.
    assert.equal(asked(`SET ROLE ${database}; ALTER TABLE users ADD COLUMN more text; CREATE TABLE another (); DROP TABLE another; ALTER TABLE users DROP COLUMN more; SELECT 1`, database), '1');
  }
  assert.equal(asked("SELECT count(*) FROM pg_roles WHERE rolname IN ('reader', 'synapse_user', 'matrix')"), '0', 'no role of the old server has come along');
  for (const file of ['local_content/ab/cd/ef', 'local_content/with space/x', 'remote_content/a']) assert.equal(world.read(`new/media/media_store/${file}`), world.read(`old/media/media_store/${file}`));

  // The keys come last, and only those that belong here.
  const calls = world.read('calls').split('\n');
  const at = (what: RegExp) => {
    const index = calls.findIndex((call) => what.test(call));
    assert(index >= 0, `${what} among:\n${calls.join('\n')}`);
    return index;
  };
  const order = [at(/--replicas=0/), at(/ pg_dump .*synapse|sh pg_dump/), at(/pg_restore --no-owner .*mas_two_words/), at(/newer-mtime=@[1-9]/), at(/delete pod media-mover/), at(new RegExp(`get secret old-tls`)), at(/secrets\.sh .*, its key in \//)];
  assert.deepEqual(order, order.toSorted((a, b) => a - b));
  const created = world.created('new');
  assert.match(created, /tls\.crt: Y2VydGlmaWNhdGU=/);
  const variable = 'MATRIX_TWO_WORDS_SYNAPSE_SIGNING_KEY';
  assert.match(world.read(`work/${variable}`), /^ed25519 a_abcd/);
  assert(world.read('calls').includes(`secrets.sh --only ${release} --context new, its key in ${world.path(`work/${variable}`)}`));
  assert.equal(world.has('work/MATRIX_TWO_WORDS_MAS_RSA_PRIVATE_KEY') && world.read('work/MATRIX_TWO_WORDS_MAS_RSA_PRIVATE_KEY') === '\0binary', isEss);

  // A second restore fails as a whole; emptied, the database takes it again.
  const rows = asked('SELECT count(*) FROM events');
  admin.fails('restore-synapse');
  assert.equal(asked('SELECT count(*) FROM events'), rows);
  admin.fails('check-target-synapse');
  admin.does('empty-synapse', 'check-target-synapse', 'restore-synapse', 'check-synapse');

  // Where something runs, nothing is emptied.
  world.file('new/answers/pods', 'pod/matrix-two-words-synapse-main-0\n');
  for (const id of ['see-not-here', 'empty-synapse', 'begin-anew']) admin.fails(id);
  assert.equal(asked('SELECT count(*) FROM events'), rows);
  world.file('new/answers/pods', '');

  // What is missing, or somebody else's, is seen.
  asked("DELETE FROM devices WHERE user_id = '@anna:example.org'");
  admin.fails('check-synapse');
  admin.does('empty-synapse', 'restore-synapse');
  asked("SELECT setval('events_stream_seq', 7)");
  admin.fails('check-synapse');
  admin.does('empty-synapse', 'restore-synapse');
  asked('ALTER TABLE users OWNER TO postgres');
  admin.fails('check-synapse');

  // So is a weak key, and none at all.
  const secret = isEss ? `old/secrets/${release}-generated/SYNAPSE_SIGNING_KEY` : `old/secrets/${release}/signing.key`;
  for (const key of ['ed25519 0 AAAA', '']) {
    world.file(secret, key);
    admin.fails('check-signing-key');
  }
  // So is a file that was not copied: too old for the second pass, and not there in the first.
  world.file('old/media/media_store/local_content/early', 'early');
  world.age('old/media/media_store/local_content/early');
  admin.fails('finish-media');
  admin.does('copy-media', 'finish-media');
}

function checkAccounts(admin: Admin, world: World, dryRun: string): void {
  world.new.sql('synapse_two_words', "CREATE TABLE users (name text, is_guest smallint, appservice_id text); INSERT INTO users VALUES ('anna', 0, NULL), ('björn', 0, NULL), ('guest', 1, NULL), ('bot', 0, 'hookshot')");
  const stage = 'new/application/spec.source.helm.valuesObject.matrixAuthenticationService.syn2mas.dryRun';
  for (const [field, value] of [['startedAt', 'before'], ['phase', 'Succeeded'], ['message', 'synced']] as const) world.file(`new/application/status.operationState.${field}`, value);
  world.file(stage, dryRun === 'true' ? 'false' : 'true');
  admin.fails('see-stage');
  world.file(stage, dryRun);
  world.file('new/application/spec.syncPolicy.automated', '{}');
  admin.fails('see-stage');
  world.file('new/application/spec.syncPolicy.automated', '');
  if (dryRun === 'true') admin.until();
  else admin.until('stop-new');
}

/** Where shellcheck is installed. */
function shellcheck(name: string, steps: readonly Step[]): void {
  const script = `#!/usr/bin/env bash\n${steps.map(({ shell }) => shell).join('\n')}\n`;
  const { status, stdout, error } = spawnSync('shellcheck', ['--shell=bash', '-'], { encoding: 'utf8', input: script });
  if (error) process.stdout.write(`${name}: shellcheck is skipped, since it is not installed\n`);
  else assert.equal(status, 0, stdout);
}
