import { nearest } from '../checks/suggest';
import { hasErrors } from '../finding';
import { exit } from './exit';
import { fleetFolder } from './io';
import { model, runbooks } from './pipeline';
import { findingsJson, findingsText } from './report';
import { fleetOption, outputOption, UsageError, verb } from './verb';

/** What is done by hand, in its order. */
export const runbook = verb({
  name: 'runbook',
  summary: 'how a homeserver is moved here or started, step by step with its real names',
  description: `Prints the procedure for a homeserver as its file describes it: from where it is restored, whether it is a rehearsal, and
how far its accounts have moved. The commands are for bash and are tested against a real PostgreSQL; what is done by hand is a box to tick.`,
  arguments: [{ name: 'HOMESERVER', description: 'its short name' }],
  options: {
    fleet: fleetOption,
    output: outputOption(['markdown', 'json'], 'the procedure'),
  },
  examples: ['npm run runbook -- t0rt1k', 'npm run runbook -- roglog -o json'],
  async run({ words: [name], options: { fleet: folder, output = 'markdown' } }, io) {
    const { readFleet } = await model();
    const { markdown, runbookOf } = await runbooks();
    const { findings, fleet } = await readFleet(fleetFolder(folder, io), io.root);
    const homeserver = fleet?.homeservers.find((one) => one.model.name === name);
    if (fleet && !homeserver) throw UsageError.meant(`there is no homeserver ${name}`, nearest(name!, fleet.homeservers.map((one) => one.model.name)), 'matrix-fleet list names them');
    const procedure = fleet && homeserver && runbookOf(fleet, homeserver);
    if (output === 'json') io.out(findingsJson(findings, { ...procedure }));
    else {
      io.err(findingsText(findings));
      if (procedure) io.out(markdown(procedure));
    }
    return hasErrors(findings) ? exit.findings : exit.ok;
  },
});
