import { secretValueSources } from '../inventory/secrets';
import { exit } from './exit';
import { fleetFolder } from './io';
import { model } from './pipeline';
import { findingsJson, findingsText } from './report';
import { table } from './table';
import { fleetOption, outputOption, verb } from './verb';
import { whose, whoseArgument } from './whose';

/** Where every secret value of the fleet comes from. */
export const secrets = verb({
  name: 'secrets',
  summary: 'where every secret value comes from, and what to put into a store',
  description: `Lists every value of every Secret that the fleet needs: its way, the place where it is kept outside of the cluster, and what it is.
Of an entry in a store (PATH#KEY), the last column is the command that makes its value, or what only you have; what Gitea and Argo CD
start with is always made by secrets.sh, and is left out. No value is shown.`,
  arguments: [whoseArgument],
  options: { fleet: fleetOption, output: outputOption(['table', 'json'], 'the list') },
  examples: ['npm run secrets', 'npm run secrets -- roglog', 'npm run secrets -- -o json'],
  async run({ words: [name], options: { fleet: given, output = 'table' } }, io) {
    const { readFleet } = await model();
    const { findings, fleet } = await readFleet(fleetFolder(given, io), io.root);
    const isAsked = whose(name, fleet);
    const values = fleet ? secretValueSources(fleet).filter(({ who }) => isAsked(who)) : [];
    if (output === 'json') io.out(findingsJson(findings, { values }));
    else {
      io.err(findingsText(findings));
      if (fleet && values.length === 0) io.out(`No Secret of ${name ?? 'this fleet'} needs a value from you: the chart makes its own, and secrets.sh what Gitea and Argo CD start with.\n`);
      else io.out(table(['SECRET', 'KEY', 'WAY', 'KEPT AT', 'WHAT'], values.map(({ secret, key, way, at = 'the cluster', from }) => [secret, key, way, at, from])));
    }
    return findings.some(({ severity }) => severity === 'error') ? exit.findings : exit.ok;
  },
});
