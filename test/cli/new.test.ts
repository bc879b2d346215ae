import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FleetFolder, root } from './fleet-folder';

let fleet: FleetFolder;
beforeEach(() => {
  fleet = new FleetFolder();
});
afterEach(() => fleet.remove());

const written = (name: string) => readFileSync(join(fleet.path, 'instances', `${name}.ts`), 'utf8');
const withMain = (from: string, to: string) => fleet.edit('main.ts', { [from]: to });

describe('new', () => {
  it('writes a file with the next free ports that synthesises, and says what it needs', () => {
    const { status, stdout } = fleet.run(['new', 'demo', 'example.org']);
    expect(status).toBe(0);
    expect(written('demo')).toContain("name: 'demo',\n");
    expect(written('demo')).toContain('rtc: { tcp: 30019, udp: 30020 }');
    for (const host of ['', 'matrix.', 'account.', 'chat.', 'admin.', 'mrtc.']) expect(stdout).toMatch(new RegExp(`^  ${host}example\\.org +A `, 'm'));
    expect(stdout).toMatch(/^ {2}30019\/tcp .*\n {2}30020\/udp /m);
    for (const secret of ['cnpg/synapse-demo', 'cnpg/mas-demo', 'matrix-demo/matrix-demo-databases']) expect(stdout).toContain(`  ${secret}\n`);
    expect(fleet.run(['synth']).status).toBe(0);
    expect([...fleet.dist().keys()]).toContain('argocd/apps/homeservers/matrix-demo.yaml');
    expect(JSON.parse(fleet.run(['new', 'next', 'example.com', '-o', 'json']).stdout)).toMatchObject({ file: 'instances/next.ts', ports: [{ from: 30021, to: 30021, protocol: 'tcp' }, { from: 30022, protocol: 'udp' }] });
  });

  it('gives each part a port for the proxy, where one takes all requests', () => {
    fleet.write('main.ts', `import { fleet } from '../lib';
      export default fleet({
        cluster: { provider: 'k3s', kubernetes: '1.32', nodes: [{ count: 3, cpu: '8', memory: '32Gi' }], proxy: { address: '172.18.0.1' } },
        platform: { gitea: { host: 'git.example.net', nodePort: 30000 }, argocd: { host: 'argocd.example.net', nodePort: 30002 }, certManager: false, backups: false, monitoring: false },
      });`);
    fleet.delete('instances');
    const { status, stderr, stdout } = fleet.run(['new', 'demo', 'example.org']);
    expect(status, stderr).toBe(0);
    expect(stdout).toContain("DNS: to the proxy's address, the public one of those that ip -brief address lists on its machine, or that of the router before it\n");
    expect(written('demo')).toContain('  rtc: { tcp: 30003, udp: 30004 },');
    expect(written('demo')).toContain('  nodePorts: { synapse: 30001, mas: 30005, elementWeb: 30006, elementAdmin: 30007, wellKnown: 30008, authoriser: 30009, sfu: 30010 },');
    expect(fleet.run(['synth']).status).toBe(0);
    expect(fleet.run(['proxy', 'demo']).stdout).toMatch(/^matrix\.example\.org +\/_matrix \/_synapse +http:\/\/172\.18\.0\.1:30001 +demo +Synapse$/m);
    expect(stdout).toMatch(/^Secrets: .*\n(?: .*\n)+\nNext\n(?: .*\n)+ {2}npm run proxy -- demo --fleet .*\n$/m);
    expect(fleet.run(['proxy', 'dmo']).stderr).toBe('matrix-fleet: there is no homeserver dmo; did you mean demo?\n');
  });

  it('says where its databases are, where the fleet does not', () => {
    withMain('postgres: {', 'databaseClusters: [{ name: \'big-pg\' }], postgres: false && {');
    fleet.delete('instances');
    expect(fleet.run(['new', 'demo', 'example.org']).status).toBe(0);
    expect(written('demo')).toContain("  database: { cluster: 'big-pg' },");
    withMain('postgres: {', 'postgres: false && {');
    fleet.delete('instances');
    expect(fleet.run(['new', 'demo', 'example.org'])).toMatchObject({ status: 0, stdout: expect.stringContaining('Secrets: none but those that the chart makes\n\nNext\n  npm run synth '), stderr: '' });
    expect(written('demo')).toContain('databases synapse and matrixauthenticationservice.');
    expect(written('demo')).toContain('  database: { builtIn: true },');
    expect(fleet.run(['synth']).status).toBe(0);
    withMain('  platform: {', "  defaults: { database: { builtIn: { size: '20Gi' } } },\n  platform: {");
    fleet.delete('instances');
    expect(fleet.run(['new', 'demo', 'example.org']).status).toBe(0);
    expect(written('demo')).not.toContain('database: {');
  });

  it.each(readdirSync(join(root, 'examples')))('writes one that synthesises into examples/%s', (name) => {
    for (const part of ['main.ts', 'instances']) fleet.delete(part);
    for (const file of ['main.ts', ...readdirSync(join(root, 'examples', name, 'instances')).map((one) => `instances/${one}`)]) fleet.write(file, readFileSync(join(root, 'examples', name, file), 'utf8'));
    expect(fleet.run(['new', 'demo', 'example.net'])).toMatchObject({ status: 0 });
    expect(fleet.run(['synth']).status).toBe(0);
    expect([...fleet.dist().keys()]).toContain('argocd/apps/homeservers/matrix-demo.yaml');
  });

  it('suggests options that work as they stand', () => {
    fleet.run(['new', 'demo', 'example.org']);
    const bare = written('demo').replaceAll(/^ {2}\/\/ (\w+: .*?,) +\/\/ .*$/gm, '  $1');
    expect(bare).toContain("\n  registration: 'token',\n");
    fleet.write('instances/demo.ts', bare);
    expect(fleet.run(['check']).status).toBe(0);
  });

  it('names what a homeserver from elsewhere waits for', () => {
    const { stdout } = fleet.run(['new', 'old', 'example.net', '--restored-from', 'matrix-chart']);
    expect(written('old')).toContain("origin: { restoredFrom: 'matrix-chart' },");
    expect(stdout).toMatch(/^ {2}MATRIX_OLD_SYNAPSE_SIGNING_KEY +the signing key/m);
    expect(fleet.run(['check']).status).toBe(0);
  });

  it('says who makes its Secrets, and when, where they go another way', () => {
    expect(fleet.run(['new', 'demo', 'example.org']).stdout).toMatch(/\nNext\n {2}npm run synth .*\n {2}git .*\n {2}.*\/dist\/bootstrap\/secrets\.sh\n$/);
    withMain('  platform: {', "  defaults: { secrets: 'sealed' },\n  platform: {\n    sealedSecrets: {},");
    const { stdout } = fleet.run(['new', 'other', 'example.com']);
    expect(stdout).toContain('Secrets: seal makes them\n');
    expect(stdout).toMatch(/\nNext\n {2}npm run seal -- other .*\n {2}npm run synth .*\n {2}git .* add instances\/other\.ts sealed\/ dist .*\n$/);
  });

  it('goes on by commands that mean the same fleet, from where it was called', () => {
    const { stdout } = fleet.run(['new', 'demo', 'example.org']);
    const [, next] = /\nNext\n([^]*)$/.exec(stdout)!;
    const commands = next!.trimEnd().split('\n').map((line) => line.trim());
    expect(existsSync(join(fleet.path, 'dist'))).toBe(false);
    execFileSync('bash', ['-ec', 'git init -q --bare "$1/gitea.git"; git -C "$1" init -q -b main; git -C "$1" remote add origin "$1/gitea.git"; git -C "$1" config push.autoSetupRemote true', '-', fleet.path]);
    execFileSync('bash', ['-ec', commands.slice(0, -1).join('\n')], { cwd: root, stdio: 'pipe' });
    const pushed = execFileSync('git', ['ls-tree', '-r', '--name-only', 'main'], { cwd: join(fleet.path, 'gitea.git'), encoding: 'utf8' }).split('\n');
    expect(pushed).toEqual(expect.arrayContaining(['instances/demo.ts', 'dist/argocd/apps/homeservers/matrix-demo.yaml']));
    expect(existsSync(commands.at(-1)!)).toBe(true);
  });

  it('has calls reach it as they reach the others', () => {
    for (const file of readdirSync(join(fleet.path, 'instances'))) fleet.delete(`instances/${file}`);
    fleet.write('instances/home.ts', "export default { name: 'home', serverName: 'home.example.org', rtc: { tcp: 30001, udp: 30002, dynamicAddress: true } };");
    const { stdout } = fleet.run(['new', 'demo', 'example.org']);
    expect(stdout).toContain('Firewall: open at the router, which forwards them (npm run ports -- -o router)\n');
    expect(written('demo')).toContain('  rtc: {\n    tcp: 30003, udp: 30004,\n    dynamicAddress: true,\n  },\n');
  });

  it('honours the fleet\'s defaults', () => {
    withMain("  platform: {", "  defaults: { mas: false, hookshot: true, elementWeb: false },\n  platform: {");
    const { stdout } = fleet.run(['new', 'demo', 'example.org']);
    expect(written('demo')).toContain('From the defaults in main.ts: mas, hookshot, elementWeb.');
    expect(written('demo')).toContain('databases synapse_demo.');
    expect(written('demo')).not.toContain('hookshot: true');
    expect(stdout).not.toMatch(/account\.|chat\.|mas-demo/);
  });

  it('minds ports and names of lists and of main.ts', () => {
    fleet.write('instances/many.ts', "export default [0, 1].map((n) => ({ name: `m${n}`, serverName: `m${n}.example.org`, rtc: { tcp: 30019 + 2 * n, udp: 30020 + 2 * n } }));");
    for (const name of ['roglog', 't0rt1k']) fleet.delete(`instances/${name}.ts`);
    withMain('  platform: {', "  homeservers: [{ name: 'demo', serverName: 'demo.example.org', rtc: { tcp: 30023, udp: 30024 } }],\n  platform: {");
    expect(fleet.run(['new', 'demo', 'example.org'])).toMatchObject({ status: 2, stderr: expect.stringMatching(/name: demo is taken by main\.ts/) });
    expect(fleet.run(['new', 'next', 'example.org']).status).toBe(0);
    expect(written('next')).toContain('rtc: { tcp: 30025, udp: 30026 }');
  });

  it('fills gaps once the end of the range is taken, and says when there are none', () => {
    for (const name of ['roglog', 't0rt1k']) fleet.delete(`instances/${name}.ts`);
    withMain("kubernetes: '1.32',", "kubernetes: '1.32', nodePorts: { from: 30001, to: 30018 },");
    expect(fleet.run(['new', 'a', 'a.example.org']).status).toBe(0);
    expect(written('a')).toContain('rtc: { tcp: 30001, udp: 30002 }');
    withMain("kubernetes: '1.32',", "kubernetes: '1.32', nodePorts: { from: 30016, to: 30018 },");
    expect(fleet.run(['new', 'b', 'b.example.org'])).toMatchObject({
      status: 2, stdout: '', stderr: expect.stringContaining('instances/a.ts'),
    });
    fleet.delete('instances/a.ts');
    expect(fleet.run(['new', 'b', 'b.example.org'])).toMatchObject({
      status: 2, stdout: '', stderr: expect.stringMatching(/^matrix-fleet: no pair of neighbouring NodePorts from 30016 to 30018 is free; widen cluster\.nodePorts/),
    });
  });

  it('says where a proxy needs more ports than are free', () => {
    fleet.write('main.ts', `import { fleet } from '../lib';
      export default fleet({
        cluster: { provider: 'k3s', kubernetes: '1.32', nodes: [{ count: 1, cpu: '8', memory: '32Gi' }], nodePorts: { from: 30001, to: 30006 }, proxy: { address: '172.18.0.1' } },
        platform: { gitea: { host: 'git.example.net', nodePort: 30001 }, argocd: { host: 'argocd.example.net', nodePort: 30002 }, certManager: false, postgres: false, backups: false, monitoring: false },
      });`);
    fleet.delete('instances');
    expect(fleet.run(['new', 'demo', 'example.org'])).toMatchObject({ status: 2, stderr: expect.stringMatching(/^matrix-fleet: 2 NodePorts from 30001 to 30006 are free, and the proxy needs 7/) });
  });

  it('overwrites nothing', () => {
    const before = written('uretra');
    expect(fleet.run(['new', 'uretra', 'example.org'])).toMatchObject({ status: 2, stderr: 'matrix-fleet: instances/uretra.ts is there already; edit it, or choose another name\n' });
    expect(written('uretra')).toBe(before);
    mkdirSync(join(fleet.path, 'instances', 'demo.ts'));
    expect(fleet.run(['new', 'demo', 'example.org']).stderr).toContain('is there already');
  });

  it.each([
    [['Demo', 'example.org'], ['"Demo" is not a short name']],
    [['../../demo', 'example.org'], ['is not a short name']],
    [['demo', 'https://example.org/'], ['it is a URL', 'did you mean example.org?']],
    [['Demo', 'EXAMPLE'], ['"Demo" is not a short name', 'serverName']],
    [['demo', 'uretra.space'], ['uretra.space is taken by instances/uretra.ts']],
    [['a'.repeat(23), 'example.org'], ['22']],
  ])('refuses %j', (args, parts) => {
    const { status, stdout, stderr } = fleet.run(['new', ...args]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    for (const part of parts) expect(stderr).toContain(part);
    expect(stderr).toContain('nothing is written');
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it('adds nothing to a fleet that has errors, and says which', () => {
    fleet.write('instances/bad.ts', 'export default {');
    expect(fleet.run(['new', 'demo', 'example.org'])).toMatchObject({ status: 2, stderr: expect.stringMatching(/instances\/bad\.ts[^]*the fleet as it is has errors/) });
    fleet.write('instances/bad.ts', "export default { name: 'bad', serverName: 'bad.example.org', rtc: false, values: { synapse: { nonsense: 1 } } };");
    expect(fleet.run(['new', 'demo', 'example.org'])).toMatchObject({ status: 2, stderr: expect.stringMatching(/nonsense[^]*the fleet as it is has errors/) });
  });

  it('begins an empty fleet', () => {
    fleet.delete('instances');
    expect(fleet.run(['new', 'first', 'example.org']).status).toBe(0);
    expect(written('first')).toContain('rtc: { tcp: 30001, udp: 30002 }');
  });
});
