import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { verbHelp } from '../../lib/cli/help';
import { parse } from '../../lib/cli/verb';
import { verbs } from '../../lib/cli/verbs';
import { FleetFolder, root } from './fleet-folder';

let fleet: FleetFolder;
const git = (...args: string[]) => spawnSync('git', ['-C', fleet.path, '-c', 'user.name=a', '-c', 'user.email=a@example.org', ...args]);
beforeAll(() => {
  fleet = new FleetFolder();
  fleet.run(['synth']);
  // The examples of diff name revisions.
  git('init', '-qb', 'main');
  git('add', '-A');
  for (const message of ['one', 'another']) git('commit', '-qm', message, '--allow-empty');
});
// What one example writes is not there for the next.
afterEach(() => {
  git('clean', '-fdq');
  git('checkout', '-q', '.');
});
afterAll(() => fleet.remove());

const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
const program = (...args: string[]) => spawnSync(process.execPath, [join(root, 'bin', 'matrix-fleet.js'), ...args], { cwd: root, encoding: 'utf8' });
const named = (name: string) => verbs.find((verb) => verb.name === name)!;

/** An example as the program gets it: `npm run VERB -- …` or `node bin/matrix-fleet.js …`. */
function wordsOf(example: string): readonly string[] {
  const [, npm, direct] = /^(?:npm run (\S+(?: -- .*)?)|node bin\/matrix-fleet\.js (.*))$/.exec(example)!;
  return (npm?.replace(' -- ', ' ') ?? direct!).split(' ');
}

const examples = verbs.flatMap(({ name, examples: all }) => all.map((example) => [example, name] as const));
/** They take the network or minutes, and have tests of their own. */
const elsewhere: ReadonlySet<string> = new Set(['imports', 'bench']);

describe('every example of every verb', () => {
  it.each(examples)('%s is understood', (example, name) => {
    const [verb, ...args] = wordsOf(example);
    expect(verb).toBe(name);
    expect(() => parse(args, named(name))).not.toThrow();
  });

  it.each(examples.filter(([, name]) => !elsewhere.has(name)))('%s runs', (example, name) => {
    const args = wordsOf(example);
    const { status, stdout, stderr } = named(name).options['fleet'] && !args.includes('--fleet') ? fleet.run(args) : program(...args);
    expect(stderr).not.toMatch(/^error|^\s+at /m);
    expect([0, 1], stderr).toContain(status);
    expect(stdout).not.toBe('');
  });
});

it('says its version', () => {
  expect(program('--version')).toMatchObject({ status: 0, stdout: expect.stringMatching(/^matrix-fleet \d+\.\d+\.\d+\n$/) });
});

describe('help', () => {
  it('lists every verb', () => {
    const { status, stdout } = program('--help');
    expect(status).toBe(0);
    for (const { name, summary } of verbs) expect(stdout).toMatch(new RegExp(`^ +${name} +${summary}$`, 'm'));
    expect(program().stdout).toBe(stdout);
    expect(program('help').stdout).toBe(stdout);
    expect(program('help', 'list').stdout).toBe(verbHelp(named('list')));
    expect(program('help', 'lst')).toMatchObject({ status: 2, stderr: 'matrix-fleet: there is no verb lst; did you mean list?\n' });
  });

  it.each(verbs.map((verb) => [verb.name, verb] as const))('%s: shows each of its options and examples, and is what an npm script calls', (name, verb) => {
    const help = verbHelp(verb);
    for (const [option, { description }] of Object.entries(verb.options)) {
      expect(help).toMatch(new RegExp(`^ .*--${option}\\b`, 'm'));
      expect(help).toContain(description);
    }
    for (const example of verb.examples) expect(help).toContain(`  ${example}\n`);
    expect(Math.max(...help.split('\n').map((line) => line.length))).toBeLessThanOrEqual(150);
    expect(scripts[name] ?? name).toBe(name === 'completion' ? name : `node bin/matrix-fleet.js ${name}`);
    expect(program(name, '--help').stdout).toBe(help);
  });
});

describe('a slip', () => {
  it.each([
    [['lst'], 'there is no verb lst; did you mean list?'],
    [['zzzzzz'], 'there is no verb zzzzzz; matrix-fleet --help lists them'],
    [['list', '--fleeet', 'x'], 'there is no option --fleeet; did you mean --fleet?'],
    [['new', 'demo'], 'SERVER_NAME is missing; matrix-fleet new --help says how it is called'],
    [['dns', '--address', 'example.org'], '--address takes an IP address, not example.org; write one such as 203.0.113.10; an A record takes no host name'],
    [['ports', '--node', 'home'], '--node takes an IP address, not home; write one such as 192.168.1.10'],
    [['proxy', '--cert-resolver', 'by-dns'], 'only Traefik has a --cert-resolver; write -o traefik with it'],
    [['bench', 'many'], 'SIZE takes a number of homeservers, not many; write one such as 100'],
    [['completion', 'fisch'], 'SHELL takes bash, zsh or fish, not fisch; did you mean fish?'],
  ])('%j is said in one line, with what to do', (args, message) => {
    expect(program(...args)).toMatchObject({ status: 2, stdout: '', stderr: `matrix-fleet: ${message}\n` });
  });
});

it.each([
  [['list', '--fleeet', 'x', '-o', 'json'], 'there is no option --fleeet', 'did you mean --fleet?'],
  [['lst', '--output=json'], 'there is no verb lst', 'did you mean list?'],
  [['dns', 'nobody', '-ojson', '--fleet', 'test/fixtures/fleet'], 'there is no homeserver nobody', expect.stringMatching(/^choose of platform, /)],
])('%j is said as data, as everything is with -o json', (args, message, fix) => {
  const { status, stdout, stderr } = program(...args);
  expect({ status, stderr }).toEqual({ status: 2, stderr: '' });
  expect(JSON.parse(stdout)).toEqual({ findings: [{ rule: 'usage', severity: 'error', file: '', path: '', message, fix }] });
});

describe('a fleet that is wrong', () => {
  it.each(['check', 'list', 'dns', 'ports'])('%s says so, shows what can be read, and ends with 2', (name) => {
    const wrong = new FleetFolder();
    wrong.write('instances/bad.ts', 'export default {');
    const { status, stdout, stderr } = wrong.run([name]);
    expect(status).toBe(2);
    expect(stderr).toContain('instances/bad.ts');
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(stdout).toContain(name === 'check' ? '' : 'uretra');
    expect(JSON.parse(wrong.run([name, '-o', 'json']).stdout).findings).toMatchObject([{ file: 'instances/bad.ts' }]);
    wrong.delete('main.ts');
    expect(wrong.run([name])).toMatchObject({ status: 2, stderr: expect.stringContaining('main.ts') });
    wrong.remove();
  });
});

describe('check', () => {
  it('writes nothing, and with --strict a warning counts, as it does for synth', () => {
    const warned = new FleetFolder();
    warned.edit('instances/uretra.ts', { 'hookshot: true': "hookshot: true, chartVersion: '26.6.1'" });
    expect(warned.run(['check'])).toMatchObject({ status: 0, stdout: expect.stringContaining('homeservers: 3'), stderr: expect.stringMatching(/^warning/) });
    expect(warned.run(['check', '--strict'])).toMatchObject({ status: 2, stdout: '' });
    expect(warned.run(['synth', '--strict'])).toMatchObject({ status: 2, stdout: '' });
    expect(() => warned.dist()).toThrow('ENOENT');
    expect(warned.run(['synth']).status).toBe(0);
    warned.remove();
  });
});

describe('secrets', () => {
  it('says so where there is none', () => {
    expect(program('secrets', '--fleet', 'examples/k3s-nginx-proxy-manager')).toMatchObject({ status: 0, stdout: 'No Secret of this fleet needs a value from you: the chart makes its own, and secrets.sh what Gitea and Argo CD start with.\n' });
  });
});

describe('dns', () => {
  it('lists one homeserver\'s, or the platform\'s, and says where nobody knows the address', () => {
    const home = (...args: string[]) => program('dns', ...args, '--fleet', 'examples/home-connection').stdout;
    const names = (text: string) => [...text.matchAll(/^(\S+) +A /gm)].map(([, name]) => name);
    expect(names(home('trial'))).toEqual(['matrix', 'account', 'chat', 'admin', 'mrtc'].map((name) => `${name}.trial.example.org`).concat('trial.example.org'));
    expect(names(home('platform'))).toEqual(['git.example.org', 'argocd.example.org', 'grafana.example.org']);
    expect(home()).toContain('ADDRESS_OF_ROUTER: the router\'s address, which changes, or that of a server in front of it, which stays; ');
    expect(home()).not.toContain('kubectl');
  });
});

describe('ports', () => {
  it('of a house are opened at the router', () => {
    const { stdout } = program('ports', 'home', '--fleet', 'examples/home-connection');
    expect(stdout).toMatch(/^30011\/tcp  the router  home  calls$/m);
    expect(stdout).toContain('The router has the address that changes');
    expect(stdout).not.toMatch(/kubectl|public addresses/);
  });

  it('says what a router forwards, at numbers that stay, and what a load balancer opens beside', () => {
    const own = new FleetFolder();
    expect(own.run(['ports', '-o', 'yandex']).stdout).toMatch(/^# What is for load balancers opens every NodePort of the nodes to everybody.*\nyc vpc /);
    expect(own.run(['ports', '-o', 'router', '--node', '192.168.1.10']).stdout).toMatch(/^30013\/tcp  192\.168\.1\.10:30013\/tcp  t0rt1k +calls$/m);
    own.remove();
  });
});

describe('list', () => {
  it('has no version that nobody wrote', () => {
    const own = new FleetFolder();
    own.write('instances/demo.ts', 'export default { name: \'demo\', serverName: \'example.org\', rtc: false, chartVersion: \'26.9.0\' };');
    const { status, stdout, stderr } = own.run(['list']);
    expect({ status, stdout, stderr }).toMatchObject({ status: 2, stdout: expect.stringMatching(/^demo .* none +\? /m), stderr: expect.stringContaining('the newest of them is 26.8.1') });
    own.remove();
  });

  it('gives everything as data, and names for scripts', () => {
    const own = new FleetFolder();
    const { homeservers } = JSON.parse(own.run(['list', '-o', 'json']).stdout) as { homeservers: unknown[] };
    expect(own.run(['list', '-o', 'name']).stdout).toBe('roglog\nt0rt1k\nuretra\n');
    own.remove();
    expect(homeservers[1]).toEqual({
      name: 't0rt1k', serverName: 't0rt1k.tech', file: 'instances/t0rt1k.ts', state: 'running', origin: 'matrix-chart', chartVersion: '26.8.1', namespace: 'matrix-t0rt1k',
      hosts: {
        'Synapse': 'matrix.t0rt1k.tech', 'MAS': 'account.t0rt1k.tech', 'Element Web': 'chat.t0rt1k.tech',
        'calls': 'mrtc.t0rt1k.tech', 'well-known': 't0rt1k.tech',
      },
      ports: { tcp: 30013, udp: 30014, exposure: 'NodePort' }, media: '10Gi', memory: { request: '640Mi', limit: '2Gi' }, workers: 0, databases: ['synapse_t0rt1k', 'mas_t0rt1k'],
    });
  });

  it('gets a long answer out whole, whatever the user\'s files have left running', () => {
    const large = new FleetFolder();
    large.write('instances/many.ts', `setInterval(() => { throw new Error('late'); }); setTimeout(() => console.log('late'));
export default Array.from({ length: 600 }, (_, n) => ({ name: 'm' + n, serverName: 'm' + n + '.example.org', rtc: false }));`);
    const { status, stdout, stderr } = large.run(['list', '-o', 'json']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout.length).toBeGreaterThan(200_000);
    expect((JSON.parse(stdout) as { homeservers: unknown[] }).homeservers).toHaveLength(603);
    const bin = `'${join(root, 'bin', 'matrix-fleet.js')}' list --fleet '${large.path}'`;
    // A reader that begins late, and one that has gone.
    expect(spawnSync('bash', ['-c', `node ${bin} | (sleep 1; tail -n 1)`], { encoding: 'utf8' }).stdout).toMatch(/^uretra .* running\n$/);
    expect(spawnSync('bash', ['-c', `node ${bin} | head -n 1; exit \${PIPESTATUS[0]}`], { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
    large.remove();
  });

  it('says what to do in a fleet without homeservers', () => {
    const empty = new FleetFolder();
    empty.delete('instances');
    expect(empty.run(['list'])).toMatchObject({ status: 0, stdout: 'no homeservers: npm run new -- NAME SERVER_NAME\n' });
    empty.remove();
  });
});
