import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Finding } from '../finding';
import { compare, type Comparison } from '../output/compare';
import type { Tree } from '../output/tree';
import { recover, write } from '../output/writer';
import { exit } from './exit';
import { fleetFolder } from './io';
import { guarding, synthesising } from './pipeline';
import { findingsJson, findingsText, isRefused } from './report';
import { fleetOption, outputOption, strictOption, verb } from './verb';

/** Writes `dist/`, or says what is wrong and leaves it as it was. */
export const synth = verb({
  name: 'synth',
  summary: 'write dist/ from main.ts and instances/',
  description: `Writes dist/ from main.ts and instances/. Whatever is wrong is said at once, and dist/ stays as it was.
What would lose data, compared with dist/ as it is committed, is wrong unless the sources say that it is meant (intends).`,
  options: {
    check: { description: 'write nothing; say which files of dist/ are not what the sources give (status 1)' },
    strict: strictOption,
    fleet: fleetOption,
    output: outputOption(['text', 'json'], 'what is found'),
  },
  examples: ['npm run synth', 'npm run synth -- --check', 'npm run synth -- -o json'],
  async run({ options: { check = false, strict = false, fleet, output = 'text' } }, io) {
    const folder = fleetFolder(fleet, io);
    const dist = join(folder, 'dist');
    // `cdk8s synth` wants to see its own output folder, which nobody needs: the app writes dist/ itself.
    if (io.env['CDK8S_OUTDIR']) mkdirSync(resolve(io.cwd, io.env['CDK8S_OUTDIR']), { recursive: true });

    const making = synthesising(folder, io);
    const { guarded } = await guarding();
    const { tree, findings } = await guarded(folder, making);
    const outcome = isRefused(findings, strict) ? [] : bring(dist, tree, check);
    const all = isFindings(outcome) ? [...findings, ...outcome] : findings;
    if (output === 'json') io.out(findingsJson(all, isFindings(outcome) ? {} : { dist: outcome }));
    else io.err(findingsText(all));
    if (isFindings(outcome)) return exit.findings;
    if (output === 'text') io.out(check ? staleText(outcome) : writtenText(outcome));
    return check && differences(outcome).length > 0 ? exit.differences : exit.ok;
  },
});

/** Compares or writes, after whatever a killed command has left half done is undone. */
function bring(dist: string, tree: Tree, check: boolean): readonly Finding[] | Comparison {
  const left = recover(dist);
  if (left.length > 0) return left;
  return check ? compare(dist, tree) : write(dist, tree);
}

function isFindings(outcome: readonly Finding[] | Comparison): outcome is readonly Finding[] {
  return Array.isArray(outcome);
}

function differences({ added, changed, stale }: Comparison): readonly string[] {
  return [...added.map((path) => `missing  ${path}`), ...changed.map((path) => `changed  ${path}`), ...stale.map((path) => `stale    ${path}`)];
}

function staleText(outcome: Comparison): string {
  const lines = differences(outcome);
  return lines.length === 0 ? 'dist/ is what the sources give\n' : `${lines.join('\n')}\ndist/ is not what the sources give: npm run synth\n`;
}

function writtenText({ added, changed, stale, unchanged }: Comparison): string {
  const parts = [[added.length, 'new'], [changed.length, 'changed'], [stale.length, 'deleted'], [unchanged, 'unchanged']]
    .filter(([count]) => count !== 0)
    .map(([count, what]) => `${count} ${what}`);
  return `dist/: ${parts.join(', ')}\n`;
}
