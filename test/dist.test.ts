import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { synthesise, type Synthesis } from '../lib/cli/synthesis';
import { compare } from '../lib/output/compare';
import { markdown } from '../lib/runbook/markdown';
import { runbookOf } from '../lib/runbook/runbook';

const root = join(__dirname, '..');

/** The fleet of this repository, whosever it is, and the examples: as they are committed, and as they must stay when the program changes. */
const fleets = ['.', ...['examples'].filter((folder) => existsSync(join(root, folder))).flatMap((folder) => readdirSync(join(root, folder)).map((name) => `${folder}/${name}`))]
  .filter((folder) => existsSync(join(root, folder, 'main.ts')));

describe.each(fleets)('the fleet in %s', (folder) => {
  let synthesis: Synthesis;
  beforeAll(async () => {
    synthesis = await synthesise(join(root, folder), root);
  });

  it('has no error, and its dist/ is what its sources give: the same files, the same bytes', () => {
    expect(synthesis.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(compare(join(root, folder, 'dist'), synthesis.tree)).toMatchObject({ added: [], changed: [], stale: [], unchanged: synthesis.tree.size });
  });

  it('has a runbook for each homeserver, in which every name is known', () => {
    const applications = [...synthesis.tree].filter(([path]) => path.startsWith('argocd/apps/')).map(([, text]) => parse(text).metadata.name as string);
    for (const homeserver of synthesis.fleet!.homeservers) {
      const text = markdown(runbookOf(synthesis.fleet!, homeserver));
      expect(text).not.toMatch(/undefined|\[object/);
      for (const [, name] of text.matchAll(/wait application (\S+)/g)) expect(applications).toContain(name);
    }
  });
});
