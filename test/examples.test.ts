import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { synthesise } from '../lib/cli/synthesis';
import { cloneOf, inClone } from './clone';
import { snapshot } from './output/scratch';

const root = join(__dirname, '..');
const examples = join(root, 'examples');
const names = readdirSync(examples).filter((name) => existsSync(join(examples, name, 'main.ts')));

describe.each(names)('examples/%s', (name) => {
  const folder = join(examples, name);
  const readme = readFileSync(join(folder, 'README.md'), 'utf8');

  it('names its paths as if it were a repository of its own', async () => {
    const { tree } = await synthesise(folder, root);
    const paths = [...tree].filter(([path]) => path.startsWith('argocd/apps/')).flatMap(([, text]) => (parse(text).spec.source?.path as string | undefined) ?? []);
    expect(paths.length).toBeGreaterThan(0);
    for (const path of paths) expect(path).toMatch(/^dist\//);
  });

  it('has a README that names the command which makes it', () => {
    expect(readme).toContain(`npm run synth -- --fleet examples/${name}`);
  });

  it('is set up at the root of the clone alone, where its own names are', () => {
    expect(readme).not.toMatch(/^cd /m);
  });

  it('takes the place of the fleet at the root by the commands of its README', () => {
    const clone = cloneOf();
    const [, section] = /^To make it yours([^]*?)^## /m.exec(readme)!;
    const blocks = [...section!.matchAll(/^```sh\n([^]*?)^```$/gm)].map(([, commands]) => commands!);
    expect(blocks).toHaveLength(2);
    // Between them the admin puts other names there, all of which the last command of the first has printed.
    const printed = inClone(clone, blocks[0]!);
    for (const file of readdirSync(join(folder, 'instances'))) expect(printed).toMatch(new RegExp(`^instances/${file}:\\d+: *serverName: `, 'm'));
    inClone(clone, blocks[1]!);
    inClone(clone, 'npm run --silent check', 'npm run --silent diff', 'git diff --exit-code', 'test -z "$(git status --porcelain)"', 'npm run --silent new -- another example.net', 'npm run --silent synth');
    const own = Object.entries(snapshot(join(clone, 'dist'))).filter(([path]) => !path.includes('another'));
    expect(Object.fromEntries(own)).toEqual(snapshot(join(folder, 'dist')));
  });
});
