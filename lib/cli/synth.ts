import { join, resolve } from 'node:path';
import { compare } from '../output/compare';
import { write } from '../output/writer';
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
    const { tree, findings } = synthesise(folder, io.root);
    const failed = findings.some(({ severity }) => severity === 'error');
  },
};
