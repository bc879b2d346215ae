import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { farewellOf } from '../lib/guard/farewell';
import { volumesOf } from '../lib/guard/steps';
import { namesOf } from '../lib/homeserver/names';
import { userCommands } from '../lib/inventory/users';
import { synthesise } from '../lib/cli/synthesis';
import type { Tree } from '../lib/output/tree';
import { fixture, FleetFolder } from './cli/fleet-folder';
import { cloneOf, inClone } from './clone';
import { demo as homeserver } from './homeserver/example';

const root = join(__dirname, '..');
const demo = homeserver();
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };

/** Its way to a fleet of one's own. */
const makeItYours = [.../^## Make it yours\n([^]*?)^## /m.exec(readme)![1]!.matchAll(/^```sh\n([^]*?)^```$/gm)].map(([, block]) => block!).join('');

/** Every command that the README shows: the lines of its shell blocks, and whatever begins like one between back-ticks. */
const commands = [
  ...[...readme.matchAll(/^```sh\n(.*?)^```/gms)].flatMap(([, block]) => block!.split('\n')).flatMap((line) => line.replace(/ +#.*$/, '').split(' && ')),
  ...[...readme.matchAll(/`((?:npm |kubectl |git |dist\/)[^`]+)`/g)].map(([, command]) => command!),
  ...[...readme.matchAll(/password: (kubectl .*)$/gm)].map(([, command]) => command!),
].map((command) => command.trim()).filter((command) => command !== '' && command !== 'dist/');

const run = (command: string, cwd = root) => spawnSync('bash', ['-c', command], { cwd, encoding: 'utf8', env: { ...process.env, KUBECONFIG: '' } });
const succeeds = (command: string, cwd?: string) => {
  const { status, stderr } = run(command, cwd);
  expect(stderr.replace(/^npm warn.*$/gm, '').trim(), command).toBe('');
  expect(status, command).toBe(0);
};
/** What the README speaks of, whatever fleet is at the root. */
let tree: Tree;
beforeAll(async () => {
  ({ tree } = await synthesise(fixture, root));
});
const isThere = (path: string) => expect([...tree.keys()].some((file) => `dist/${file}`.startsWith(path)), path).toBe(true);
const object = (path: string) => parse(tree.get(path)!) as { metadata: { name: string; namespace: string }; spec: Record<string, unknown> };

/** How each is run here, or what of it can be held against the tree where it takes a cluster. */
const runs: readonly (readonly [RegExp, (match: RegExpExecArray) => void])[] = [
  // These two are what runs this test.
  [/^npm (ci|test)$/, ([, verb]) => expect(existsSync(join(root, verb === 'ci' ? 'package-lock.json' : 'vitest.config.mts'))).toBe(true)],
  [/^npm run synth( -- --check)?$/, ([, check = '']) => {
    const fleet = new FleetFolder();
    fleet.run(['synth']);
    succeeds(`npm run --silent synth --${check.replace(' --', '')} --fleet ${fleet.path}`);
    fleet.remove();
  }],
  [/^npm run (check|diff|budget|list|new|explain|dns|ports)( -- .*)?$/, ([, verb, args = ' --']) => {
    const fleet = new FleetFolder();
    fleet.run(['synth']);
    const { status, stderr } = run(`npm run --silent ${verb}${args} --fleet ${fleet.path}`);
    expect(stderr).not.toMatch(/^error|^matrix-fleet:/m);
    expect(status, stderr).toBe(0);
    fleet.remove();
  }],
  [/^npm run (typecheck|test:cluster)$/, ([command]) => succeeds(command)],
  [/^npm run bench$/, () => succeeds('npm run --silent bench -- 1')],
  // It takes the network; test/importer runs all of it against a server of its own.
  [/^npm run imports$/, () => expect(existsSync(join(root, scripts['imports']!.split(' ').at(-1)!))).toBe(true)],
  [/^kubectl apply -f (dist\/\S+)$/, ([, path]) => isThere(path!)],
  // test/bootstrap runs both against a cluster that is a folder.
  [/^(dist\/\S+\.sh)$/, ([, path]) => isThere(path!)],
  [/^kubectl -n gitea port-forward svc\/gitea-http 3000 &$/, () => {
    expect(object('bootstrap/gitea/service-gitea-http.yaml')).toMatchObject({ metadata: { namespace: 'gitea' }, spec: { ports: [{ port: 3000 }] } });
  }],
  [/^git (remote|push)\b/, ([command]) => pushed(command)],
  // With what is to be done between them, in a test of its own below.
  [/^(git (rm|add|commit)|grep) .*$/, ([command]) => expect(makeItYours.split('\n')).toContain(command)],
  [/^kubectl -n gitea get secret gitea-admin -o jsonpath='\{\.data\.password\}'/, () => expect(tree.get('bootstrap/secrets/platform.list')).toMatch(/^secret gitea\/gitea-admin .*\n(label.*\n)*key username literal ops\nkey password random/m)],
  [/^kubectl -n traefik get service traefik$/, () => {
    const { spec } = object('argocd/apps/platform/traefik.yaml') as unknown as { spec: { destination: { namespace: string }; source: { helm: { releaseName: string } } } };
    expect([spec.destination.namespace, spec.source.helm.releaseName]).toEqual(['traefik', 'traefik']);
  }],
  // What is left of a homeserver: the names are those of its objects.
  [/^kubectl delete namespace (\S+)$/, ([, name]) => expect(name).toBe(namesOf('demo').release)],
  [/^kubectl delete pv \$\((.+)\)$/, ([, listed]) => expect(listed).toBe(volumesOf('namespace', namesOf('demo').release))],
  [/^kubectl -n cnpg delete database,databaserole,secret (\S+) (\S+)$/, ([, ...names]) => expect(names).toEqual(demo.databases.map(({ objectName }) => objectName))],
  [/^primary=\$\((kubectl -n cnpg get pod -o name -l cnpg\.io\/cluster=(\S+),cnpg\.io\/instanceRole=primary)\)$/, ([, , cluster]) => expect(demo.place).toMatchObject({ cluster })],
  [/^kubectl -n cnpg exec \$primary -c postgres -- psql -c 'DROP DATABASE (\S+)' -c 'DROP ROLE (\S+)'$/, ([, database, role]) => {
    expect(demo.databases.map(({ name }) => name)).toContain(database);
    expect(role).toBe(database);
  }],
  [/^kubectl .* register-user --admin$/, ([command]) => expect(userCommands(demo).map((one) => one.command)).toContain(command)],
  [/^npm run runbook -- demo$/, () => expect(farewellOf({ ...demo, state: 'stopped' }).sections.length).toBe(3)],
  [/^npm run users -- demo$/, () => expect(userCommands(demo).length).toBeGreaterThan(5)],
];

/** The first push, to a bare repository in the place of Gitea's. */
function pushed(command: string): void {
  const work = mkdtempSync(join(tmpdir(), 'push-'));
  const lines = commands.filter((line) => /^git (remote|push)\b/.test(line));
  expect(lines, command).toHaveLength(5);
  const here = lines.map((line) => line.replace(/http:\S+\.git/, `${work}/gitea.git`));
  const cloned = ['git init -q --bare gitea.git', 'git init -q -b main fleet', 'cd fleet', 'git remote add origin https://example.com/project.git'];
  const result = run(['set -e', ...cloned, 'git -c user.name=x -c user.email=x@example.org commit -q --allow-empty -m x', ...here].join('\n'), work);
  rmSync(work, { recursive: true });
  expect(result.status, result.stderr).toBe(0);
}

describe('every command that the README shows works', () => {
  it('and there are some', () => expect(commands.length).toBeGreaterThan(12));

  it.each([...new Set(commands)])('%s', (command) => {
    const found = runs.map(([pattern, check]) => [pattern.exec(command), check] as const).find(([match]) => match !== null);
    expect(found, 'this test does not know how to run it').toBeDefined();
    found![1](found![0]!);
  });
});

it('every file that the README points to is there', () => {
  for (const [, path] of readme.matchAll(/\]\(([^)#]+)\)/g)) expect(existsSync(join(root, path!)), path).toBe(true);
});

it('the README\'s way to a fleet of one\'s own ends in one that synthesises, with nothing of the old one', () => {
  const clone = cloneOf();
  inClone(clone, makeItYours, 'npm run --silent synth -- --check');
  expect(inClone(clone, 'git status --porcelain', 'npm run --silent list -- -o name')).toBe('demo\n');
  expect(inClone(clone, 'npm run --silent new -- next example.com')).toContain("\nNext\n  npm run synth\n  git add instances/next.ts dist && git commit -m 'Add matrix-next' && git push\n  dist/bootstrap/secrets.sh\n");
});

it('the README\'s homeserver is one that synthesises, on the ports that are free', () => {
  const fleet = new FleetFolder();
  const [, demo] = /^```ts\n(\/\/ instances\/demo\.ts\n.*?)^```/ms.exec(readme)!;
  fleet.write('instances/demo.ts', demo!);
  expect(fleet.run(['synth'])).toMatchObject({ status: 0, stderr: expect.not.stringMatching(/^error/m) });
  fleet.remove();
});

it('the README\'s difference is what diff says of that change', () => {
  const fleet = new FleetFolder();
  fleet.run(['synth']);
  fleet.edit('instances/t0rt1k.ts', { "'2Gi'": "'3Gi'", '30013': '30021' });
  const [, sample] = /^```\n(1 homeserver changes.*?)^```/ms.exec(readme)!;
  expect(fleet.run(['diff'])).toMatchObject({ status: 1, stdout: sample!.replace('HEAD', 'dist/ on disk') });
  fleet.remove();
});
