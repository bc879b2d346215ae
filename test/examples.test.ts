import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readFleet } from '../lib/cli/model';
import { synthesise } from '../lib/cli/synthesis';
import { compare } from '../lib/output/compare';
import { markdown } from '../lib/runbook/markdown';
import { runbookOf } from '../lib/runbook/runbook';

const root = join(__dirname, '..');
const examples = join(root, 'examples');
const names = readdirSync(examples).filter((name) => existsSync(join(examples, name, 'main.ts')));

describe.each(names)('examples/%s', (name) => {
  const folder = join(examples, name);

  it('has no error, and its dist/ is what its sources give, to the byte', async () => {
    const { findings, tree } = await synthesise(folder, root);
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    const outcome = compare(join(folder, 'dist'), tree);
    expect(outcome).toMatchObject({ added: [], changed: [], stale: [], unchanged: tree.size });
  });

  it('names its paths as if it were a repository of its own', async () => {
    const { tree } = await synthesise(folder, root);
    const paths = [...tree].filter(([path]) => path.startsWith('argocd/apps/')).flatMap(([, text]) => (parse(text).spec.source?.path as string | undefined) ?? []);
    expect(paths.length).toBeGreaterThan(0);
    for (const path of paths) expect(path).toMatch(/^dist\//);
  });

  it('has a runbook for each homeserver, in which every name is known', async () => {
    const { fleet } = await readFleet(folder, root);
    const applications = [...(await synthesise(folder, root)).tree].filter(([path]) => path.startsWith('argocd/apps/')).map(([, text]) => parse(text).metadata.name as string);
    for (const homeserver of fleet!.homeservers) {
      const text = markdown(runbookOf(fleet!, homeserver));
      expect(text).not.toMatch(/undefined|\[object/);
      for (const [, name] of text.matchAll(/wait application (\S+)/g)) expect(applications).toContain(name);
    }
  });

  it('has a README that names the command which makes it', () => {
    expect(readFileSync(join(folder, 'README.md'), 'utf8')).toContain(`npm run synth -- --fleet examples/${name}`);
  });
});
