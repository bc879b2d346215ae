import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MessagePort } from 'node:worker_threads';
import { nearest } from '../checks/suggest';
import type { Finding } from '../finding';
import { exit } from './exit';
import { programHelp, verbHelp } from './help';
import type { Fork } from './threads';
import type { Io } from './io';
import { findingsJson } from './report';
import { helping } from './pipeline';
import { ownProcess } from './process';
import { UsageError } from './verb';
import { verbs } from './verbs';

/** Runs the program. What goes wrong on the user's side ends with status 2 and no stack trace; a bug of ours is thrown, for the launcher to end with 70 and one. */
export async function main(args: readonly string[], root: string, fork?: Fork): Promise<void> {
  const { out, err, end, stall } = ownProcess();
  const running = run(args, {
    root,
    cwd: process.cwd(),
    env: process.env,
    isColoured: process.stdout.isTTY && process.env['TERM'] !== 'dumb' && !process.env['NO_COLOR'],
    out,
    err,
    ...fork && { fork },
  });
  await end(await Promise.race([running, stall]));
}

/** What the second thread of a large fleet runs. */
export async function help(port: MessagePort): Promise<void> {
  const { help: start } = await helping();
  start(port);
}

async function run([name, ...args]: readonly string[], io: Io): Promise<number> {
  try {
    if (name === undefined || isHelp(name)) {
      io.out(programHelp(verbs));
      return exit.ok;
    }
    if (name === '--version' || name === '-v') {
      const { name: program, version } = JSON.parse(readFileSync(join(io.root, 'package.json'), 'utf8')) as { name: string; version: string };
      io.out(`${program} ${version}\n`);
      return exit.ok;
    }
    // As others know it: `help`, `help synth`.
    if (name === 'help') return await run(args.length === 0 ? [] : [args[0]!, '--help'], io);
    const verb = verbs.find((one) => one.name === name);
    if (verb === undefined) throw UsageError.meant(`there is no verb ${name}`, nearest(name, verbs.map((one) => one.name)), 'matrix-fleet --help lists them');
    if (!args.some(isHelp)) return await verb.run(args, io);
    io.out(verbHelp(verb));
    return exit.ok;
  } catch (error) {
    if (error instanceof UsageError) {
      if (asksForJson(args)) io.out(findingsJson([usageFinding(error)]));
      else io.err(`matrix-fleet: ${error.message}\n`);
      return exit.findings;
    }
    io.err('This is a bug of matrix-fleet, not a mistake of yours; dist/ is as it was.\n');
    throw error;
  }
}

/** Also of a command that cannot be read otherwise: who reads its output expects data. */
function asksForJson(args: readonly string[]): boolean {
  return args.some((word, index) => /^(-o=?|--output=)json$/.test(word) || (word === 'json' && /^(-o|--output)$/.test(args[index - 1] ?? '')));
}

/** A wrong call as a finding: it stands in no file, but on the command line. */
function usageFinding({ problem, fix }: UsageError): Finding {
  return { rule: 'usage', severity: 'error', file: '', path: '', message: problem, fix };
}

const isHelp = (word: string) => word === '--help' || word === '-h';
