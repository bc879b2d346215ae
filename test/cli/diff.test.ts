import { execFileSync, spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MARKER } from '../../lib/report/markdown';
import { FleetFolder } from './fleet-folder';

let fleet: FleetFolder;
const git = (...args: string[]) => {
  execFileSync('git', ['-C', fleet.path, '-c', 'user.name=x', '-c', 'user.email=x@example.org', '-c', 'commit.gpgsign=false', ...args], { stdio: 'pipe' });
};
const demo = (more = '') => fleet.write('instances/demo.ts', `import { homeserver } from '../lib';
export default homeserver({ name: 'demo', serverName: 'example.org', rtc: { tcp: 30019, udp: 30020 }, ${more} });\n`);

beforeAll(() => {
  fleet = new FleetFolder();
  fleet.delete('instances');
  demo();
  fleet.run(['synth']);
  git('init', '-q', '-b', 'main');
  git('add', '-A');
  git('commit', '-qm', 'as it is');
});
afterAll(() => fleet.remove());
beforeEach(() => demo());

describe('diff', () => {
  it('has nothing to say where nothing changes (status 0)', () => {
    expect(fleet.run(['diff'])).toMatchObject({ status: 0, stdout: 'nothing changes (compared with HEAD)\n', stderr: '' });
  });

  it('says what changes and what that does (status 1), and writes nothing', () => {
    const [before, written] = [fleet.dist(), statSync(join(fleet.path, 'dist')).mtimeMs];
    demo('synapse: { resources: { limits: { memory: \'3Gi\' } } }');
    const { status, stdout, stderr } = fleet.run(['diff']);
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    expect(stdout).toMatch(/^1 homeserver changes; worst: outage \(compared with HEAD\)\n/);
    expect(stdout).toMatch(/^ {2}~ Application argocd\/matrix-demo\n {6}outage {3}restarts Synapse of demo\n(.*\n)* {6}values: synapse\.resources\.limits\.memory {2}\S+ → 3Gi$/m);
    expect(stdout).not.toContain('\x1b');
    expect(fleet.dist()).toEqual(before);
    expect(statSync(join(fleet.path, 'dist')).mtimeMs).toBe(written);
  });

  it('prints JSON and Markdown', () => {
    demo('hookshot: true');
    const { status, stdout } = fleet.run(['diff', '-o', 'json']);
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ findings: [], baseline: 'HEAD', summary: expect.any(String), worst: expect.any(String), owners: [{ kind: 'homeserver', name: 'demo', changes: expect.any(Array) }] });
    expect(fleet.run(['diff', '-o', 'markdown'])).toMatchObject({ status: 1, stdout: expect.stringContaining(`${MARKER}\n### 1 homeserver changes; worst: `) });
  });

  it('shows what would lose data beside the refusal (status 2), and also where it is meant (status 1)', () => {
    const shrunk = 'synapse: { media: { size: \'5Gi\' } }';
    demo(shrunk);
    const { status, stdout, stderr } = fleet.run(['diff']);
    expect(status).toBe(2);
    expect(stdout).toMatch(/^1 homeserver changes; worst: loss/);
    expect(stdout).toMatch(/^ {2}loss {5}PersistentVolumeClaim matrix-demo\/matrix-demo-media: .*5Gi/m);
    demo(`${shrunk}, ${/intends: \[.*\](?= \[)/.exec(stderr)![0]}`);
    expect(fleet.run(['diff'])).toMatchObject({ status: 1, stdout: expect.stringMatching(/^ {2}loss {5}PersistentVolumeClaim .* \(meant: instances\/demo\.ts: intends\[0\]\)$/m), stderr: '' });
  });

  it('says what is wrong with the sources instead (status 2)', () => {
    demo('sinapse: {}');
    expect(fleet.run(['diff'])).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('did you mean synapse?') });
    expect(fleet.run(['diff', '-o', 'markdown'])).toMatchObject({ status: 2, stdout: expect.stringContaining('### The sources have errors') });
    expect(JSON.parse(fleet.run(['diff', '-o', 'json']).stdout)).toMatchObject({ findings: [{ file: 'instances/demo.ts' }] });
  });

  it('says what changes, too, where the cluster has no room for it', () => {
    demo('synapse: { resources: { requests: { memory: \'60Gi\' }, limits: { memory: \'64Gi\' } } }');
    expect(fleet.run(['diff'])).toMatchObject({ status: 2, stdout: expect.stringContaining('restarts Synapse of demo'), stderr: expect.stringContaining('[memory-exhausted]') });
  });

  it('answers a wrong call (status 2)', () => {
    expect(fleet.run(['diff', '--base', 'nix'])).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('git knows no revision nix') });
    expect(fleet.run(['diff', '--base', 'main', '--merge-base', 'main'])).toMatchObject({ status: 2, stderr: expect.stringContaining('write one of them') });
  });

  it('has no colour for a terminal that is none, nor where NO_COLOR says so', () => {
    demo('hookshot: true');
    expect(onTerminal()).toContain('\x1b[1m');
    expect(onTerminal({ NO_COLOR: '1' })).not.toContain('\x1b[');
    expect(onTerminal({ TERM: 'dumb' })).not.toContain('\x1b[');
  });
});

/** What it prints on a terminal, which `script` of util-linux plays. */
function onTerminal(env: NodeJS.ProcessEnv = {}): string {
  const command = `'${process.execPath}' bin/matrix-fleet.js diff --fleet '${fleet.path}'`;
  return spawnSync('script', ['-qec', command, '/dev/null'], { encoding: 'utf8', env: { ...process.env, NO_COLOR: '', TERM: 'xterm', ...env } }).stdout;
}

it('compares with what a branch and HEAD have in common, as a pull request does', () => {
  git('checkout', '-qb', 'feature');
  demo('hookshot: true');
  expect(fleet.run(['synth']).status).toBe(0);
  git('add', '-A');
  git('commit', '-qm', 'hookshot');
  expect(fleet.run(['diff']).stdout).toBe('nothing changes (compared with HEAD)\n');
  expect(fleet.run(['diff', '--merge-base', 'main'])).toMatchObject({ status: 1, stdout: expect.stringMatching(/\(compared with [0-9a-f]{12}, which HEAD and main have in common\)/) });
  expect(fleet.run(['diff', '--base', 'main'])).toMatchObject({ status: 1, stdout: expect.stringContaining('(compared with main)') });
  git('checkout', '-q', 'main');
});

it('works without git, against dist/ on disk; not where a repository says what runs', () => {
  demo('hookshot: true');
  expect(fleet.run(['diff'], { PATH: '/nowhere' })).toMatchObject({ status: 2, stderr: expect.stringContaining('git is not installed') });
  fleet.delete('.git');
  expect(fleet.run(['diff'], { PATH: '/nowhere' })).toMatchObject({ status: 1, stdout: expect.stringContaining('(compared with dist/ on disk)') });
});
