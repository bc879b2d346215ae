import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Finding, hasErrors } from '../finding';
import { compare, type Comparison } from '../output/compare';
import type { Tree } from '../output/tree';
import { recover, write } from '../output/writer';
import { exit } from './exit';
import { findingsJson, findingsText } from './report';
import { synthesise } from './synthesis';
import { parseOptions, UsageError, type Verb } from './verb';

/** Writes `dist/`, or says what is wrong and leaves it as it was. */
export const synth: Verb = {
  summary: 'write dist/ from main.ts and instances/',
  help: `Usage: matrix-fleet synth [--check] [--fleet FOLDER] [-o text|json]

Writes dist/ from main.ts and instances/. Whatever is wrong is said at once, and dist/ stays as it was.

  --check          write nothing; say which files of dist/ are not what the sources give (status 1)
  --fleet FOLDER   the folder of main.ts, instances/ and dist/ (default: the project's)
  -o text|json     how findings are printed (default: text)

Examples:
  npm run synth
  npm run synth -- --check
  npm run synth -- -o json
`,
  run(args, io) {
    const { check, fleet, output = 'text' } = parseOptions(args, {
      check: { type: 'boolean' },
      fleet: { type: 'string' },
      output: { type: 'string', short: 'o' },
    });
    if (output !== 'text' && output !== 'json') throw new UsageError(`-o takes text or json, not ${output}`);
    const folder = fleet === undefined ? io.root : resolve(io.cwd, fleet);
    const dist = join(folder, 'dist');
    // `cdk8s synth` wants to see its own output folder, which nobody needs: the app writes dist/ itself.
    if (io.env['CDK8S_OUTDIR']) mkdirSync(resolve(io.cwd, io.env['CDK8S_OUTDIR']), { recursive: true });
    // npm keeps a known option for itself where `--` is forgotten; writing would be the opposite of what was asked.
    if (io.env['npm_config_check'] && !check) throw new UsageError('npm kept --check for itself; write npm run synth -- --check');

    const { tree, findings } = synthesise(folder, io.root);
    const outcome = hasErrors(findings) ? [] : bring(dist, tree, check === true);
    const all = isFindings(outcome) ? [...findings, ...outcome] : findings;
    if (output === 'json') io.out(findingsJson(all, isFindings(outcome) ? {} : { dist: outcome }));
    else io.err(findingsText(all));
    if (isFindings(outcome)) return exit.findings;
    if (output === 'text') io.out(check ? staleText(outcome) : writtenText(outcome));
    return check && differences(outcome).length > 0 ? exit.differences : exit.ok;
  },
};

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
