import { nearest } from '../checks/suggest';
import { exit } from './exit';
import { synth } from './synth';
import { UsageError, type Verb } from './verb';

export const verbs: Readonly<Record<string, Verb>> = { synth };

const help = `matrix-fleet: a fleet of Matrix homeservers, from TypeScript to what Argo CD applies

Usage: matrix-fleet VERB [OPTION …]

${Object.entries(verbs).map(([name, { summary }]) => `  ${name.padEnd(8)} ${summary}`).join('\n')}

matrix-fleet VERB --help says more of a verb.
Exit status: 0 fine, 1 differences, 2 findings, 70 a bug of matrix-fleet.
`;

/** Runs the program. What goes wrong on the user's side ends with status 2 and no stack trace; a bug of ours with 70 and one. */
export function main(args: readonly string[], root: string): void {
  const io = {
    root,
    cwd: process.cwd(),
    env: process.env,
    out: (text: string) => void process.stdout.write(text),
    err: (text: string) => void process.stderr.write(text),
  };
  const [name, ...rest] = args;
  try {
    if (name === undefined || name === '--help' || name === '-h') {
      io.out(help);
      return;
    }
    const verb = Object.hasOwn(verbs, name) ? verbs[name] : undefined;
    if (verb === undefined) throw new UsageError(`there is no verb ${name}`, nearest(name, Object.keys(verbs)));
    if (rest.includes('--help') || rest.includes('-h')) io.out(verb.help);
    else process.exitCode = verb.run(rest, io);
  } catch (error) {
    if (error instanceof UsageError) {
      io.err(`matrix-fleet: ${error.message}\n`);
      process.exitCode = exit.findings;
    } else {
      io.err(`This is a bug of matrix-fleet, not a mistake of yours; dist/ is as it was.\n${error instanceof Error ? error.stack : String(error)}\n`);
      process.exitCode = exit.bug;
    }
  }
}
