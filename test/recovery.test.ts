import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { synthesiseSources } from '../lib/cli/synthesis';
import * as library from '../lib/index';
import { merge } from '../lib/merge';
import { compileSources } from '../lib/source/load';
import { fixture, root } from './cli/fleet-folder';
import { cloneOf, inClone } from './clone';

const page = readFileSync(join(root, 'docs', 'recovery.md'), 'utf8');

/** What the page has to be written into main.ts, in its order. */
const [beside, instead] = [...page.matchAll(/```ts\n([^]*?)```/g)].map(([, text]) => new Function(`return {${text}}`)() as object);

/** The tests' fleet with something more in its main.ts. */
async function findingsWith(own: object): Promise<readonly string[]> {
  const sources = (await compileSources(fixture, root)).run(library);
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

/** The commands of a section, block by block. */
const blocksOf = (text: string, heading: string) => [...text.split(/^## /m).find((section) => section.startsWith(heading))!.matchAll(/^ *```(?:ba)?sh\n([^]*?)^ *```$/gm)].map(([, block]) => block!);

it('a lost cluster is described and started by the commands of the page, which nothing refuses', () => {
  const clone = cloneOf();
  const states = () => (JSON.parse(inClone(clone, 'npm run --silent list -- -o json')) as { homeservers: { state: string }[] }).homeservers.map(({ state }) => state);
  const running = states();
  const blocks = blocksOf(page, 'The whole Kubernetes cluster is lost');
  const [stop, describe, start] = [blocks[0]!, blocks[1]!, blocks.at(-1)!.replace(/ && git push$/m, '')];
  inClone(clone, stop);
  expect(new Set(states())).toEqual(new Set(['stopped']));
  const [cluster] = /^ *databaseClusters: .*$/m.exec(page.slice(page.indexOf('## The whole')))!;
  const main = readFileSync(join(clone, 'main.ts'), 'utf8');
  const described = main.replace(/postgres: .*/, `postgres: false,\n${cluster}`).replace(/^ {2}platform: /m, "  defaults: { database: { cluster: 'shared-pg-2' } },\n$&");
  writeFileSync(join(clone, 'main.ts'), described);
  inClone(clone, describe, 'test -z "$(git status --porcelain)"', start, 'test -z "$(git status --porcelain)"');
  expect(states()).toEqual(running);
});

it('what the pages have typed is what bash takes', () => {
  const pages = [page, readFileSync(join(root, 'docs', 'backups.md'), 'utf8')];
  const blocks = pages.flatMap((text) => [...text.matchAll(/^ *```(?:ba)?sh\n([^]*?)^ *```$/gm)].map(([, block]) => block!));
  expect(blocks.length).toBeGreaterThan(10);
  for (const block of blocks) expect(spawnSync('bash', ['-n'], { input: block, encoding: 'utf8' }), block).toMatchObject({ status: 0, stderr: '' });
});
