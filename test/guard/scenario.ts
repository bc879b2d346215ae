import { synthesiseSources } from '../../lib/cli/synthesis';
import type { Change, Difference } from '../../lib/diff/change';
import { difference } from '../../lib/diff/difference';
import type { Finding } from '../../lib/finding';
import { guard } from '../../lib/guard/guard';
import * as library from '../../lib/index';
import { isMap, merge } from '../../lib/merge';
import { fileChanges } from '../../lib/output/tree';
import { compileSources, type Sources } from '../../lib/source/load';
import { fixture, root } from '../cli/fleet-folder';

/** What is other in a copy of the tests' fleet: options laid over a file's, `null` where one is taken away; a whole file where there is none yet, be it a sealed Secret. */
export type Edit = Readonly<Record<string, unknown>>;

const committed = compileSources(fixture, root).then(({ run }) => run(library));

/** The tests' fleet with other options in some of its files; undefined takes a file away. */
async function sourcesOf(edit: Edit): Promise<Sources> {
  const { main, instances, findings } = await committed;
  const files = new Map([main!, ...instances].map(({ file, value }) => [file, structuredClone(value)]));
  for (const [file, over] of Object.entries(edit)) {
    if (over === undefined) files.delete(file);
    else files.set(file, withoutNulls(merge(files.get(file), over)));
  }
  const all = [...files].map(([file, value]) => ({ file, value }));
  const below = (folder: string) => all.filter(({ file }) => file.startsWith(folder));
  return { main: all.find(({ file }) => file === 'main.ts'), instances: below('instances/'), sealed: below('sealed/'), findings };
}

function withoutNulls(value: unknown): unknown {
  if (!isMap(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([, below]) => below !== null).map(([key, below]) => [key, withoutNulls(below)]));
}

const known = new Map<string, ReturnType<typeof build>>();

/** Each edit is built once: most cases have the tests' fleet as their baseline. */
function built(edit: Edit): ReturnType<typeof build> {
  const key = JSON.stringify(edit, (_, value: unknown) => (value === undefined ? 'gone' : value));
  const before = known.get(key) ?? build(edit);
  known.set(key, before);
  return before;
}

async function build(edit: Edit) {
  const { tree, findings, fleet } = synthesiseSources(await sourcesOf(edit));
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (errors.length > 0 || fleet === undefined) throw new Error(`this fleet is wrong before the guard sees it: ${JSON.stringify(errors)}`);
  return { tree, fleet };
}

/** What the guard says of changes that no option leads to, in the tests' fleet. */
export async function guardedChanges(changes: readonly Change[]): Promise<readonly Finding[]> {
  return guard(changes, (await built({})).fleet);
}

/** The model of the tests' fleet with other options. */
export const fleetOf = async (edit: Edit) => (await built(edit)).fleet;

/** What a change of the tests' fleet changes in the tree. */
export async function differenceOf(after: Edit, before: Edit = {}): Promise<Difference> {
  return difference(fileChanges((await built(before)).tree, (await built(after)).tree));
}

/**
 * What the guard says of a change of the tests' fleet.
 * @param before what is other in the baseline already
 */
export async function guarded(after: Edit, before: Edit = {}): Promise<readonly Finding[]> {
  return guard(await differenceOf(after, before), (await built(after)).fleet);
}
