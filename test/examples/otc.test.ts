import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { TracedFleet } from '../../lib/checks';
import { readFleet, readSources } from '../../lib/cli/model';
import { synthesise, synthesiseSources } from '../../lib/cli/synthesis';
import { openPorts, portText } from '../../lib/inventory/ports';
import { userCommands } from '../../lib/inventory/users';
import { merge } from '../../lib/merge';

const root = join(__dirname, '..', '..');
const folder = 'examples/otc';
const readme = readFileSync(join(root, folder, 'README.md'), 'utf8');

let fleet: TracedFleet;
let tree: ReadonlyMap<string, string>;
beforeAll(async () => {
  fleet = (await readFleet(join(root, folder), root)).fleet!;
  ({ tree } = await synthesise(join(root, folder), root));
});

/** Every image that an object of a homeserver's names, or a chart's value for one. */
function* imagesIn(value: unknown): Generator<string> {
  if (typeof value !== 'object' || value === null) return;
  const { image, registry, repository } = value as Record<string, unknown>;
  if (typeof image === 'string') yield image;
  if (typeof registry === 'string' && typeof repository === 'string') yield `${registry}/${repository}`;
  for (const member of Object.values(value)) yield* imagesIn(member);
}

describe('the fleet', () => {
  it('takes every image of its homeservers from one registry', () => {
    const texts = [...tree].filter(([path]) => /^(manifests\/matrix-|argocd\/apps\/homeservers\/)/.test(path));
    const images = texts.flatMap(([, text]) => [...imagesIn(parse(text))]);
    expect(images.length).toBeGreaterThan(30);
    expect(images.filter((image) => !image.startsWith('quay.io/opentelekomcloud/'))).toEqual([]);
  });

  it('holds no value of a Secret, only where each is', () => {
    const secrets = [...tree].filter(([path, text]) => path.startsWith('manifests/') && text.includes('\nkind: Secret\n'));
    expect(secrets.length).toBeGreaterThan(6);
    for (const [, yaml] of secrets) {
      const { stringData = {}, data = {} } = parse(yaml) as Record<string, Record<string, string>>;
      const { username: _, ...text } = stringData;
      const values = [...Object.values(text), ...Object.values(data).map((value) => Buffer.from(value, 'base64').toString())];
      for (const value of values) expect(value).toContain('<path:secret/data/element/');
    }
  });

  it('opens nothing but TCP', () => {
    expect(openPorts(fleet).filter(({ protocol }) => protocol !== 'tcp')).toEqual([]);
  });

  it('gives each homeserver a port of its own at the load balancer that they share', () => {
    const ports = fleet.homeservers.map(({ model: { rtc } }) => rtc && rtc.tcp);
    expect(new Set(ports).size).toBe(ports.length);
  });
});

describe('the README', () => {
  it('names every server name, and the ports of calls', () => {
    for (const { model: { serverName } } of fleet.homeservers) expect(readme).toContain(`\`${serverName}\``);
    for (const port of openPorts(fleet).filter(({ homeserver }) => homeserver !== undefined)) expect(readme).toContain(portText(port));
  });

  it('makes an account of Synapse\'s as users has it', () => {
    expect(readme).toContain(userCommands(fleet.homeservers.find(({ model: { name } }) => name === 'otc')!.model)[0]!.command);
  });

  const commands = [...new Set([...readme.matchAll(/npm run (\w+) -- ((?:\w+ )?--fleet \S+?(?: -o \w+)?)(?=[`\s]|$)/gm)].map(([, verb, rest]) => `${verb} ${rest}`))];
  it('has commands', () => expect(commands.length).toBeGreaterThanOrEqual(6));

  it.each(commands)('has npm run %s, which works', (command) => {
    const words = command.split(' ');
    const { status, stderr } = spawnSync(process.execPath, [join(root, 'bin', 'matrix-fleet.js'), ...words, ...words[0] === 'synth' ? ['--check'] : []], { cwd: root, encoding: 'utf8' });
    expect(status, stderr).toBe(0);
  });
});

it('finds nothing wrong with the plugin as docs/secrets.md describes it, under the name that Applications ask for', async () => {
  const [text] = /^platform: \{$[^]*?^\}$/m.exec(readFileSync(join(root, 'docs/secrets.md'), 'utf8'))!;
  const own = new Function(`return {${text}}`)() as { platform: { argocd: { values: { configs: { cmp: { plugins: object } } } } } };
  const sources = await readSources(join(root, folder), root);
  const { findings, tree } = synthesiseSources({ ...sources, main: { file: 'main.ts', value: merge(sources.main!.value, own) } });
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  const [name] = Object.keys(own.platform.argocd.values.configs.cmp.plugins);
  expect(tree!.get('argocd/apps/homeservers/matrix-eco-secrets.yaml')).toContain(`plugin:\n      name: ${name}\n`);
});
