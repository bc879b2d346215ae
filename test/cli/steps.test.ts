import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { FleetFolder, root } from './fleet-folder';

let fleet: FleetFolder;
let world: string;

/** Runs a line as an admin would, in the fleet's folder; kubectl does nothing, and git and npm run synth are the real ones. */
function shell(line: string) {
  const env = { ...process.env, HOME: world, PATH: [join(world, 'bin'), process.env['PATH']].join(delimiter) };
  for (const role of ['AUTHOR', 'COMMITTER']) Object.assign(env, { [`GIT_${role}_NAME`]: 'a', [`GIT_${role}_EMAIL`]: 'a@example.org' });
  const { status, stdout, stderr } = spawnSync('bash', ['-c', line], { cwd: fleet.path, encoding: 'utf8', env });
  return { status, output: stdout + stderr };
}

function program(name: string, text: string): void {
  writeFileSync(join(world, 'bin', name), text);
  chmodSync(join(world, 'bin', name), 0o755);
}

/** A homeserver in a file of its own, with some more options. */
const shop = (own = '', name = 'shop') => fleet.write('instances/shop.ts', `import { homeserver } from '../lib';

export default homeserver({ name: '${name}', serverName: 'shop.example.org', rtc: { tcp: 30019, udp: 30020 }, ${own} });
`);

/** What the program refuses: its steps as they are printed, and the line by which the change is meant. */
function refused(rule: string): { readonly steps: readonly (readonly string[])[]; readonly line: string } {
  const { status, output } = shell('npm run synth');
  expect(status).toBe(2);
  expect(output).toContain(`[${rule}]`);
  const steps: string[][] = [];
  for (const text of output.split('\n')) {
    if (/^ {9}\d+\. /.test(text)) steps.push([text.replace(/^ *\d+\. /, '')]);
    else if (/^ {12}\S/.test(text)) steps.at(-1)!.push(text.trim());
  }
  return { steps, line: /(intends: \[.*\]) \[/.exec(output)?.[1] ?? '' };
}

/** Takes each step: what is to be said is said by the edit of that step, then every command is run as it stands. */
function follow(steps: readonly (readonly string[])[], edits: Readonly<Record<string, () => void>>): void {
  const made = new Set<string>();
  for (const [text, ...commands] of steps) {
    const edit = Object.keys(edits).find((words) => text!.includes(words) && !made.has(words));
    if (edit !== undefined) {
      edits[edit]!();
      made.add(edit);
    }
    for (const command of commands) expect({ command, ...shell(command) }).toMatchObject({ command, status: 0 });
  }
  expect([...made]).toEqual(Object.keys(edits));
}

beforeEach(() => {
  fleet = new FleetFolder();
  world = mkdtempSync(join(tmpdir(), 'steps-'));
  mkdirSync(join(world, 'bin'));
  // Argo CD has made what was pushed at once.
  program('kubectl', '#!/bin/sh\necho "$*" >>"$HOME/calls"\ncase "$*" in *status.sync.status*) echo "$(git rev-parse HEAD) Synced" ;; *status.sync.revision*) git rev-parse HEAD ;; esac\n');
  program('npm', `#!/bin/sh\n[ "$*" = 'run synth' ] && exec ${process.execPath} ${join(root, 'bin', 'matrix-fleet.js')} synth --fleet "$PWD"\n`);
  shop();
  shell('npm run synth');
  // The bootstrap's own script has tests of its own.
  const pushed = shell(`git init -q --bare ~/gitea.git && git init -q -b main && git remote add origin ~/gitea.git && git add -A && git commit -qm 'as it is' && git push -qu origin main`);
  if (pushed.status !== 0) throw new Error(pushed.output);
});
afterEach(() => {
  fleet.remove();
  rmSync(world, { recursive: true, force: true });
});

const calls = () => readFileSync(join(world, 'calls'), 'utf8');

/** Those of these that were called, in the order of their first calls. */
function called(whats: readonly RegExp[]): readonly RegExp[] {
  const made = calls().split('\n');
  const first = (what: RegExp) => made.findIndex((call) => what.test(call));
  return whats.filter((what) => first(what) >= 0).toSorted((one, other) => first(one) - first(other));
}

it.each(['before', 'after'])('a homeserver that vanishes, seen %s the commit, is retired and saved by the steps', (when) => {
  fleet.delete('instances/shop.ts');
  if (when === 'after') shell('git commit -qam \'no shop any more\' && git push -q');
  const { steps } = refused('homeserver-vanishes');
  follow(steps, { 'say state: \'retired\'': () => shop('state: \'retired\'') });
  for (const saved of ['pg_dump -Fc synapse_shop', 'pg_dump -Fc mas_shop', 'tar --create --directory=/media media_store', 'get secret matrix-shop-generated -o yaml']) expect(calls()).toContain(saved);
  expect(shell('ls ~').output.split('\n')).toEqual(expect.arrayContaining(['matrix-shop-keys.yaml', 'matrix-shop-mas.dump', 'matrix-shop-media.tar', 'matrix-shop-synapse.dump']));
  expect(shell('find ~ -maxdepth 1 -name "matrix-shop-*" -perm /077').output, 'read by nobody else').toBe('');
  expect([...fleet.dist().keys()].filter((path) => path.includes('matrix-shop'))).toEqual([]);
});

it('a homeserver that is retired and deleted in one push is pushed, and waited for, between', () => {
  shop('state: \'retired\'');
  shell('npm run synth && git add -A && git commit -qm \'no shop any more\'');
  fleet.delete('instances/shop.ts');
  const { steps } = refused('homeserver-vanishes');
  follow(steps, {});
  const inOrder = [/wait --for=delete pod/, /pg_dump/];
  expect(called(inOrder)).toEqual(inOrder);
  expect([...fleet.dist().keys()].filter((path) => path.includes('matrix-shop'))).toEqual([]);
});

it('a homeserver is renamed by the steps, with both of its databases', () => {
  shop('', 'store');
  const { steps } = refused('homeserver-renamed');
  const others = steps.slice(1).map((step) => step.filter((line) => !line.startsWith('dist/bootstrap/secrets.sh')));
  follow(others, { 'say name: \'shop\' and state': () => shop('state: \'retired\''), 'say name: \'store\' and origin': () => shop('origin: { restoredFrom: \'ess\' }', 'store') });
  for (const service of ['synapse', 'mas']) expect(calls()).toContain(`--role=${service}_store --single-transaction --dbname=${service}_store`);
});

it('one with the chart\'s own PostgreSQL is renamed by the steps, with its keys before anything makes new ones', () => {
  const own = 'database: { builtIn: true },';
  const moved = (more = '', name = 'moved') => fleet.write('instances/moved.ts', `import { homeserver } from '../lib';

export default homeserver({ name: '${name}', serverName: 'moved.example.org', rtc: { tcp: 30021, udp: 30022 }, ${own} ${more} });
`);
  moved();
  shell('npm run synth && git add -A && git commit -qm moved && git push -q');
  moved('', 'wiki');
  const { steps } = refused('homeserver-renamed');
  const values = /values: \{.*\}(?=: its)/.exec(steps.flat().find((text) => text.includes('values: {'))!)![0];
  follow(steps.slice(1), {
    'say name: \'moved\' and state': () => moved('state: \'retired\''),
    'say name: \'wiki\', take state away': () => moved(values, 'wiki'),
    'take these values away': () => moved('', 'wiki'),
  });
  const inOrder = [/pg_dump/, /create namespace matrix-wiki/, /-n matrix-wiki create -f -/, /wait --for=create statefulset\/matrix-wiki-postgres/, /pg_restore/];
  expect(called(inOrder)).toEqual(inOrder);
});

const places = {
  'a cluster': '',
  'the chart\'s own PostgreSQL': 'database: { builtIn: true },',
  'a server outside': 'database: { external: { host: \'db.example.net\' } },',
  'a server where roles are made': 'database: { external: { host: \'rds.example.net\', initialise: {} } },',
} as const;
type Place = keyof typeof places;

/** What is typed by hand, elsewhere, or by a script that has tests of its own. */
const byHand = /dist\/bootstrap\/secrets\.sh|^(CREATE|GRANT|REVOKE) |^\\password /;

it.each<[Place, Place]>([
  ['a cluster', 'the chart\'s own PostgreSQL'],
  ['a cluster', 'a server outside'],
  ['the chart\'s own PostgreSQL', 'a cluster'],
  ['the chart\'s own PostgreSQL', 'a server where roles are made'],
  ['a server outside', 'a server where roles are made'],
  ['a server where roles are made', 'a cluster'],
])('databases move by the steps, from %s to %s', (from, to) => {
  const moved = (own: string) => fleet.write('instances/moved.ts', `import { homeserver } from '../lib';

export default homeserver({ name: 'moved', serverName: 'moved.example.org', rtc: { tcp: 30021, udp: 30022 }, ${own} });
`);
  moved(places[from]);
  shell('npm run synth && git add -A && git commit -qm moved && git push -q');
  moved(places[to]);
  const { steps, line } = refused('database-place-changes');
  const asked = steps.slice(1).map((step) => step.filter((command) => !byHand.test(command)));
  const isOwn = to === 'the chart\'s own PostgreSQL';
  follow(asked, {
    ...from !== 'the chart\'s own PostgreSQL' && { 'to move: say state: \'stopped\'': () => moved(`${places[from]} state: 'stopped'`) },
    'say the new database again': () => moved(`${places[to]} ${line}, ${isOwn ? /values: \{.*\}(?=: its)/.exec(asked.find(([text]) => text!.includes('values: {'))![0]!)![0] : 'state: \'stopped\''}`),
    'take ': () => moved(places[to]),
  });
  // Saved where it was before anything is said to be elsewhere, and restored there before it starts.
  const inOrder = [from === 'the chart\'s own PostgreSQL' ? /skip-reconcile=true/ : /wait --for=delete pod/, /pg_dump/, /pg_restore/];
  expect(called(inOrder)).toEqual(inOrder);
  for (const [place, inside] of [[from, 'pg_dump'], [to, 'pg_restore']] as const) {
    const where = { 'a cluster': '-n cnpg exec', 'the chart\'s own PostgreSQL': '-n matrix-moved exec (-i )?matrix-moved-postgres-0 -c postgres' }[place as string] ?? '-n matrix-moved exec (-i )?postgres-client -c synapse';
    expect(calls().split('\n').find((call) => call.includes(inside))).toMatch(new RegExp(where));
  }
});

it('a volume shrinks by the steps', () => {
  const size = 'synapse: { media: { size: \'5Gi\' } }';
  shop(size);
  const { steps, line } = refused('volume-shrinks');
  follow(steps.slice(1), {
    'set it back to 10Gi for now, and say state: \'stopped\'': () => shop('state: \'stopped\''),
    'set it to 5Gi and say that it is meant': () => shop(`${size}, state: 'stopped', ${line}`),
    'take state and that line away': () => shop(size),
  });
  const inOrder = [/get application matrix-shop-base .*status.sync.revision}$/, /delete pvc matrix-shop-media$/, /delete pvc matrix-shop-media-copy$/, /^get pv /];
  expect(called(inOrder)).toEqual(inOrder);
});

it('a version goes back by the steps', () => {
  const version = 'chartVersion: \'26.7.2\'';
  shop(version);
  const { steps, line } = refused('version-goes-back');
  shell('touch ~/matrix-shop-synapse.dump ~/matrix-shop-mas.dump');
  follow(steps.slice(1), {
    'set it back to 26.8.1 for now, and say state: \'stopped\'': () => shop('state: \'stopped\''),
    'set it to 26.7.2, say that it is meant': () => shop(`${version}, ${line}`),
  });
  const inOrder = [/wait --for=delete pod/, /pg_restore --list/, /pg_dump -Fc synapse_shop/, /DROP SCHEMA public CASCADE/, /pg_restore .*--dbname=synapse_shop/, /TRUNCATE e2e_one_time_keys_json/];
  expect(called(inOrder)).toEqual(inOrder);
  expect(shell('ls ~').output).toMatch(/^matrix-shop-synapse-26\.8\.1-\d+\.dump$/m);
});

it('a version that goes back empties nothing where what was saved before is not there', () => {
  shop('chartVersion: \'26.7.2\'');
  const restoring = refused('version-goes-back').steps.flat().filter((command) => command.includes('DROP SCHEMA'));
  expect(restoring).toHaveLength(2);
  for (const command of restoring) expect(shell(command)).toMatchObject({ status: 1, output: expect.stringMatching(/matrix-shop-(synapse|mas)\.dump: No such file/) });
  expect(calls()).not.toContain(' exec ');
});
