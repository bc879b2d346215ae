import { nearest } from '../checks/suggest';
import { userCommands } from '../inventory/users';
import { exit } from './exit';
import { fleetFolder } from './io';
import { model } from './pipeline';
import { findingsJson, findingsText } from './report';
import { fleetOption, outputOption, UsageError, verb } from './verb';

/** Accounts, by commands that are ready to be run. */
export const users = verb({
  name: 'users',
  summary: 'commands that make, list and lock accounts',
  description: `Prints commands for the accounts of a homeserver, with its own names: where MAS has the accounts, its own tool in its pod; else
Synapse's. USER in them is the part of an address between @ and the colon. They are for bash or zsh, and no password stands in them.
Element Admin does the same in a browser, where it is on.`,
  arguments: [{ name: 'HOMESERVER', description: 'its short name; all of them where none is named', optional: true }],
  options: { fleet: fleetOption, output: outputOption(['text', 'json'], 'the commands') },
  examples: ['npm run users', 'npm run users -- t0rt1k', 'npm run users -- t0rt1k -o json'],
  async run({ options: { fleet: folder, output = 'text' }, words: [name] }, io) {
    const { readFleet } = await model();
    const { findings, fleet } = await readFleet(fleetFolder(folder, io), io.root);
    const all = (fleet?.homeservers ?? []).map((one) => one.model).filter(({ state }) => state === 'running');
    if (fleet && name !== undefined && !all.some((one) => one.name === name)) {
      throw UsageError.meant(`no homeserver ${name} runs`, nearest(name, all.map((one) => one.name)), 'matrix-fleet list says which do');
    }
    const chosen = all.filter((one) => name === undefined || one.name === name).map((one) => ({ name: one.name, serverName: one.serverName, commands: userCommands(one) }));
    if (output === 'json') io.out(findingsJson(findings, { homeservers: chosen }));
    else {
      io.err(findingsText(findings));
      io.out(chosen.length === 0 ? 'no homeserver runs\n' : chosen.map(({ name: own, serverName, commands }) => `# ${own}: @USER:${serverName}\n\n${commands.map(({ what, command }) => `# ${what}\n${command}\n`).join('\n')}`).join('\n\n'));
    }
    return findings.length > 0 ? exit.findings : exit.ok;
  },
});
