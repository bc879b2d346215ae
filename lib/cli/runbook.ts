import type { Traced, TracedFleet } from '../checks';
import { nearest } from '../checks/suggest';
import { hasErrors } from '../finding';
import type { Homeserver } from '../homeserver/homeserver';
import type { Runbook } from '../runbook/step';
import { exit } from './exit';
import { fleetFolder } from './io';
import { farewells, model, runbooks } from './pipeline';
import { findingsJson, findingsText } from './report';
import { fleetOption, outputOption, UsageError, verb } from './verb';

/** What is done by hand, in its order. */
export const runbook = verb({
  name: 'runbook',
  summary: 'how a homeserver is moved here, started or taken away, step by step with its real names',
  description: `Prints the procedure for a homeserver as its file describes it: from where it is restored, whether it is a rehearsal, and
how far its accounts have moved; of one that is stopped or retired, how it starts again or goes for good. The commands are for bash, and
those of a move are tested against a real PostgreSQL; what is done by hand is a box to tick.`,
  arguments: [{ name: 'HOMESERVER', description: 'its short name' }],
  options: {
    fleet: fleetOption,
    output: outputOption(['markdown', 'json'], 'the procedure'),
  },
  examples: ['npm run runbook -- t0rt1k', 'npm run runbook -- roglog -o json'],
  async run({ words: [name], options: { fleet: folder, output = 'markdown' } }, io) {
    const { readFleet } = await model();
    const { markdown } = await runbooks();
    const { findings, fleet } = await readFleet(fleetFolder(folder, io), io.root);
    const homeserver = fleet?.homeservers.find((one) => one.model.name === name);
    if (fleet && !homeserver) throw UsageError.meant(`there is no homeserver ${name}`, nearest(name!, fleet.homeservers.map((one) => one.model.name)), 'matrix-fleet list names them');
    const procedure = fleet && homeserver && await procedureOf(fleet, homeserver);
    if (output === 'json') io.out(findingsJson(findings, { ...procedure }));
    else {
      io.err(findingsText(findings));
      if (procedure) io.out(markdown(procedure));
    }
    return hasErrors(findings) ? exit.findings : exit.ok;
  },
});

/** One that is brought here may be stopped before it ever runs, so that both are told of it. */
async function procedureOf(fleet: TracedFleet, homeserver: Traced<Homeserver>): Promise<Runbook> {
  const { model: { state, origin } } = homeserver;
  const { runbookOf } = await runbooks();
  if (state === 'running') return runbookOf(fleet, homeserver);
  const { farewell, farewellOf } = await farewells();
  if (state === 'retired' || origin === 'fresh') return farewellOf(homeserver.model);
  const { text, sections, ...rest } = runbookOf(fleet, homeserver);
  return {
    ...rest,
    text: `${text} It is stopped: **if it has lived here before, only the last three sections are for it**, since the others would put the past in the place of what is stored here.`,
    sections: [...sections, ...farewell(homeserver.model)],
  };
}
