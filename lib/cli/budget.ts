import { reportOf } from '../budget/report';
import { reportText } from '../budget/table';
import { exit } from './exit';
import { fleetFolder } from './io';
import { synthesising } from './pipeline';
import { findingsJson, findingsText, isRefused } from './report';
import { fleetOption, outputOption, strictOption, verb } from './verb';

/** What the cluster has, what the fleet promises of it, and how much more there is room for. Writes nothing. */
export const budget = verb({
  name: 'budget',
  summary: 'what the cluster has, what the fleet takes of it, and how many more homeservers fit',
  description: `Holds what the fleet asks for against what the cluster has: database connections and storage, CPU, memory and
volumes node by node, ports, names of certificates. Pods are put on nodes as the scheduler would. Writes nothing.
Levels are \`budgets\` in main.ts; what nodes keep for themselves is \`cluster.nodes[].reserved\`.`,
  options: { strict: strictOption, fleet: fleetOption, output: outputOption(['text', 'json'], 'the budget') },
  examples: ['npm run budget', 'npm run budget -- -o json'],
  async run({ options: { strict = false, fleet: folder, output = 'text' } }, io) {
    const { findings, assessment } = await synthesising(fleetFolder(folder, io), io);
    const report = assessment && reportOf(assessment);
    if (output === 'json') io.out(findingsJson(findings, { ...report }));
    else {
      io.err(findingsText(findings));
      if (report) io.out(reportText(report));
    }
    return isRefused(findings, strict) ? exit.findings : exit.ok;
  },
});
