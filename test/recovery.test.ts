import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { synthesiseSources } from '../lib/cli/synthesis';
import * as library from '../lib/index';
import { merge } from '../lib/merge';
import { loadSources } from '../lib/source/load';
import { fixture, root } from './cli/fleet-folder';

const page = readFileSync(join(root, 'docs', 'recovery.md'), 'utf8');

/** What the page has to be written into main.ts, in its order. */
const [beside, instead] = [...page.matchAll(/```ts\n([^]*?)```/g)].map(([, text]) => new Function(`return {${text}}`)() as object);

/** The tests' fleet with something more in its main.ts. */
async function findingsWith(own: object): Promise<readonly string[]> {
  const sources = await loadSources(fixture, root, library);
  const { findings } = synthesiseSources({ ...sources, main: { ...sources.main!, value: merge(sources.main!.value, own) } });
  return findings.map(({ severity, rule }) => `${severity} ${rule}`);
}

it('a second cluster as it is described has room beside the first', async () => {
  expect((await findingsWith(beside!)).filter((finding) => finding !== 'warning memory-scarce')).toEqual(await findingsWith({}));
});

it('a lost cluster is described by the name of its archive, with the warning that the page speaks of', async () => {
  expect(await findingsWith(instead!)).toEqual(expect.arrayContaining(['warning recovery-source-unknown']));
  expect((await findingsWith(instead!)).filter((finding) => finding.startsWith('error'))).toEqual([]);
});
