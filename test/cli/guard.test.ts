import { spawnSync } from 'node:child_process';
import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { FleetFolder } from './fleet-folder';

let fleet: FleetFolder;

/** What was synthesised becomes the baseline. */
function commit(): void {
  const git = (...args: string[]) => spawnSync('git', ['-C', fleet.path, '-c', 'user.name=a', '-c', 'user.email=a@example.org', ...args]);
  git('init', '-q');
  git('add', '-A');
  if (git('commit', '-qm', 'as it is').status !== 0) throw new Error('nothing was committed');
}

const demo = (own = '') => fleet.write('instances/demo.ts', `import { homeserver } from '../lib';

export default homeserver({ name: 'demo', serverName: 'example.org', rtc: { tcp: 30019, udp: 30020 }, ${own} });
`);

beforeEach(() => {
  fleet = new FleetFolder();
  demo();
  fleet.run(['synth']);
  commit();
});
afterEach(() => fleet.remove());

it('synth refuses what loses data, writes nothing, and lets it pass once it is meant; a line that has done its work is reported', () => {
  const before = fleet.dist();
  const shrunk = 'synapse: { media: { size: \'5Gi\' } },';
  demo(shrunk);
  const { status, stderr } = fleet.run(['synth']);
  expect(status).toBe(2);
  const [, line] = /say so in instances\/demo\.ts: (intends: \[.*\]) \[volume-shrinks\]\n {9}1\. leave it at 10Gi\n/.exec(stderr) ?? [];
  expect(line).toBe('intends: [{ change: \'volume-shrinks\', object: \'PersistentVolumeClaim matrix-demo/matrix-demo-media\', to: \'5Gi\' }]');
  expect(fleet.dist()).toEqual(before);
  expect(fleet.run(['synth', '--check'])).toMatchObject({ status: 2, stderr });

  demo(`${shrunk} ${line!}`);
  expect(fleet.run(['synth'])).toMatchObject({ status: 0, stderr: expect.not.stringContaining('volume-shrinks') });
  // Until it is committed, it is still to be done.
  expect(fleet.run(['synth'])).toMatchObject({ status: 0, stderr: expect.not.stringContaining('volume-shrinks') });
  commit();
  expect(fleet.run(['synth'])).toMatchObject({ status: 0, stderr: expect.stringContaining('instances/demo.ts: intends[0]: volume-shrinks of PersistentVolumeClaim matrix-demo/matrix-demo-media is done') });
});

it('a commit that no remote has is none to synth, check and diff alike; another revision counts as applied', () => {
  spawnSync('git', ['-C', fleet.path, 'update-ref', 'refs/remotes/origin/main', 'HEAD']);
  demo('state: \'retired\'');
  fleet.run(['synth']);
  commit();
  fleet.delete('instances/demo.ts');
  for (const verb of ['synth', 'check', 'diff']) expect(fleet.run([verb]), verb).toMatchObject({ status: 2, stderr: expect.stringContaining('in no branch of a remote') });
  expect(fleet.run(['diff', '--base', 'HEAD'])).toMatchObject({ status: 1, stderr: expect.not.stringContaining('in no branch') });
});

it('a homeserver goes in two pushes, and in no fewer', () => {
  fleet.delete('instances/demo.ts');
  expect(fleet.run(['synth'])).toMatchObject({ status: 2, stderr: expect.stringContaining('[homeserver-vanishes]\n         1. bring its description back') });

  demo('state: \'retired\'');
  expect(fleet.run(['synth']).status).toBe(0);
  fleet.delete('instances/demo.ts');
  expect(fleet.run(['synth']).status).toBe(2);
  demo('state: \'retired\'');
  commit();
  fleet.delete('instances/demo.ts');
  expect(fleet.run(['synth']).status).toBe(0);
  expect([...fleet.dist().keys()].filter((path) => path.includes('matrix-demo'))).toEqual([]);
});

it('a file of another name is no change at all', () => {
  renameSync(join(fleet.path, 'instances', 'demo.ts'), join(fleet.path, 'instances', 'another.ts'));
  expect(fleet.run(['synth', '--check'])).toMatchObject({ status: 0, stdout: 'dist/ is what the sources give\n' });
});

it('a refusal has its steps in JSON too', () => {
  demo('origin: { restoredFrom: \'ess\' }');
  const { status, stdout } = fleet.run(['synth', '-o', 'json']);
  expect(status).toBe(2);
  const { findings } = JSON.parse(stdout) as { findings: { rule: string; steps?: string[] }[] };
  expect(findings.find(({ rule }) => rule === 'origin-switches')?.steps?.[0]).toMatch(/^leave origin as it was/);
});

it('without a commit nothing is refused, and what would be lost is said', () => {
  const other = new FleetFolder();
  other.write('instances/demo.ts', 'export default { name: \'demo\', serverName: \'example.org\', rtc: false };');
  expect(other.run(['synth'])).toMatchObject({ status: 0, stderr: expect.not.stringContaining('vanishes') });
  other.delete('instances/demo.ts');
  const said = { stderr: expect.stringMatching(/^warning {2}instances\/demo\.ts: [^]*nothing is committed, so that it passes; .*\[homeserver-vanishes\]/m) };
  expect(other.run(['synth', '--strict'])).toMatchObject({ status: 2, ...said });
  expect(other.run(['synth'])).toMatchObject({ status: 0, ...said });
  expect(other.run(['synth']).stderr).not.toContain('vanishes');
  other.remove();
});
