import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TracedFleet } from '../../lib/checks';
import { readFleet, readSources } from '../../lib/cli/model';
import { synthesiseSources } from '../../lib/cli/synthesis';
import { type ProxiedHost, proxiedHosts } from '../../lib/inventory/routes';
import { holding, lettingGo, stopping, untilStopped } from '../../lib/guard/steps';
import { openPorts, portText } from '../../lib/inventory/ports';

const root = join(__dirname, '..', '..');
const folder = 'examples/k3s-nginx-proxy-manager';
const readme = readFileSync(join(root, folder, 'README.md'), 'utf8');

let fleet: TracedFleet;
let hosts: readonly ProxiedHost[];
beforeAll(async () => {
  fleet = (await readFleet(join(root, folder), root)).fleet!;
  hosts = proxiedHosts(fleet);
});

describe('the README', () => {
  it('shows what proxy prints', () => {
    const { stdout } = spawnSync(process.execPath, [join(root, 'bin', 'matrix-fleet.js'), 'proxy', '--fleet', folder], { cwd: root, encoding: 'utf8' });
    expect(readme).toContain(`\`\`\`\n$ npm run proxy -- --fleet ${folder}\n${stdout}\`\`\`\n`);
  });

  it('names the ports that are open to the internet', () => {
    for (const port of openPorts(fleet)) expect(readme).toContain(portText(port));
  });

  it('names the machine as the fleet does', () => {
    const { proxy, hairpin } = fleet.platform.model.cluster;
    expect(readme).toContain(`**Forward Hostname / IP is \`${proxy!.address}\`.**`);
    expect(hairpin).toBe(proxy!.address);
  });

  it('holds Argo CD and stops what writes as the program does, by bash that bash takes', () => {
    for (const command of [holding('matrix-gigglin'), lettingGo('matrix-gigglin'), stopping('matrix-gigglin', 'synapse'), stopping('matrix-gigglin', 'mas')]) expect(readme).toContain(command);
    expect(readme.replaceAll(/ \\\n +/g, ' ')).toContain(untilStopped('matrix-gigglin'));
    const [, , restore] = [...readme.matchAll(/^```bash\n([^]*?)^```$/gm)].map(([, block]) => {
      expect(spawnSync('bash', ['-n'], { input: block, encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
      return block!;
    });
    expect(restore).toBe(`${lettingGo('matrix-gigglin')}\n`);
  });

  const commands = [...new Set([...readme.matchAll(/npm run (\w+) -- ((?:\w+ )?--fleet \S+?(?: -o \w+)?)(?=[`\s]|$)/gm)].map(([, verb, rest]) => `${verb} ${rest}`))];
  it('has commands', () => expect(commands.length).toBeGreaterThanOrEqual(4));

  it.each(commands)('has npm run %s, which works', (command) => {
    const words = command.split(' ');
    const { status, stderr } = spawnSync(process.execPath, [join(root, 'bin', 'matrix-fleet.js'), ...words, ...words[0] === 'synth' ? ['--check'] : []], { cwd: root, encoding: 'utf8' });
    expect(status, stderr).toBe(0);
  });

  it.each(['nginx', 'caddy', 'traefik', 'npm', 'table'])('-o %s names every host', (output) => {
    const { status, stdout } = spawnSync(process.execPath, [join(root, 'bin', 'matrix-fleet.js'), 'proxy', '--fleet', folder, '-o', output], { cwd: root, encoding: 'utf8' });
    expect(status).toBe(0);
    for (const { host } of hosts) expect(stdout).toContain(host);
  });
});

it('finds nothing wrong with data that is brought along as the README has it', async () => {
  const sources = await readSources(join(root, folder), root);
  const main = sources.main!.value as { platform: object };
  const { database: _, ...homeserver } = sources.instances[0]!.value as Record<string, unknown>;
  const { findings } = synthesiseSources({
    ...sources,
    main: { file: 'main.ts', value: { ...main, platform: { ...main.platform, postgres: { instances: 1, size: '20Gi', walSize: '5Gi', maxConnections: 100 } } } },
    instances: [{ file: 'instances/gigglin.ts', value: { ...homeserver, origin: { restoredFrom: 'ess' } } }],
  });
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
});
