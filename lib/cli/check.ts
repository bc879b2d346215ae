import { exit } from './exit';
import { fleetFolder } from './io';
import { guarding, synthesising } from './pipeline';
import { findingsJson, findingsText, isRefused } from './report';
import { fleetOption, outputOption, strictOption, verb } from './verb';

/** All that `synth` checks, without writing. */
export const check = verb({
  name: 'check',
  summary: 'all checks, and nothing written',
  description: `Says everything that is wrong with the fleet, as synth would, and writes nothing (status 2).
Whether dist/ is what the sources give is another question: synth --check.`,
  options: { strict: strictOption, fleet: fleetOption, output: outputOption(['text', 'json'], 'what is found') },
  examples: ['npm run check', 'npm run check -- --strict', 'npm run check -- -o json'],
  async run({ options: { strict = false, fleet: folder, output = 'text' } }, io) {
    const path = fleetFolder(folder, io);
    const making = synthesising(path, io);
    const { guarded } = await guarding();
    const { fleet, tree, findings } = await guarded(path, making);
    if (output === 'json') io.out(findingsJson(findings));
    else io.err(findingsText(findings));
    if (isRefused(findings, strict)) return exit.findings;
    if (output === 'text') io.out(`nothing stands in the way: homeservers: ${fleet?.homeservers.length}, files: ${tree.size}\n`);
    return exit.ok;
  },
});
