import { join, resolve } from 'node:path';
import { findingsText } from '../cli/report';
import { runImports } from './index';

const help = `Usage: npm run imports [-- --from FOLDER]

Makes imports/ anew from its pinned sources: schemas, compiled validators, bindings, types, and the lock over all of them.

  --from FOLDER   read a local mirror of the sources' structure instead of the network
`;

/** `npm run imports`. */
export async function main(args: readonly string[], root: string): Promise<void> {
  const [option, from, ...rest] = args;
  if (option !== undefined && (option !== '--from' || from === undefined || rest.length > 0)) {
    process.stdout.write(help);
    process.exitCode = option === '--help' ? 0 : 2;
    return;
  }
  const { findings, written, removed } = await runImports({ folder: join(root, 'imports'), ...from !== undefined && { from: resolve(from) } });
  process.stderr.write(findingsText(findings));
  for (const file of written) process.stdout.write(`written  ${file}\n`);
  for (const file of removed) process.stdout.write(`removed  ${file}\n`);
  if (findings.length > 0) process.exitCode = 2;
  else if (written.length + removed.length === 0) process.stdout.write('imports/ is what its sources give\n');
}
