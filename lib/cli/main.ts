import { nearest } from '../checks/suggest';
import { exit } from './exit';
import type { Io } from './io';
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
  // Where the reader has gone (`| head`) or its disk is full, there is nobody to tell; the status still says what there was to say.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  const status = run(args, {
    root,
    cwd: process.cwd(),
    env: process.env,
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
  });
  // Whatever timers or promises the user's files have left behind, they are no part of the command.
  process.exit(status);
}

function run([name, ...args]: readonly string[], io: Io): number {
  try {
    if (name === undefined || name === '--help' || name === '-h') {
      io.out(help);
      return exit.ok;
    }
    const verb = Object.hasOwn(verbs, name) ? verbs[name] : undefined;
    if (verb === undefined) throw new UsageError(`there is no verb ${name}`, nearest(name, Object.keys(verbs)));
    if (!args.includes('--help') && !args.includes('-h')) return verb.run(args, io);
    io.out(verb.help);
    return exit.ok;
  } catch (error) {
    if (error instanceof UsageError) {
      io.err(`matrix-fleet: ${error.message}\n`);
      return exit.findings;
    }
    io.err(`This is a bug of matrix-fleet, not a mistake of yours; dist/ is as it was.\n${error instanceof Error ? error.stack : String(error)}\n`);
    return exit.bug;
  }
}
