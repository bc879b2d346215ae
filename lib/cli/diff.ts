import { exit } from './exit';
import { fleetFolder } from './io';
import { diffing, synthesising } from './pipeline';
import { findingsJson, findingsText, isRefused } from './report';
import { fleetOption, outputOption, strictOption, UsageError, verb } from './verb';

/** Says what a push would change, and what that means. */
export const diff = verb({
  name: 'diff',
  summary: 'what would change, and what that does to the running system',
  description: `Compares what the sources give with dist/ as it is committed at git HEAD, object by object and field by field, and says what each
change does to the running system, the worst first. Writes nothing. Without git, or where HEAD has no dist/, it compares with
dist/ on disk. Status 0: nothing changes, 1: something does, 2: something is wrong, or would lose data and is not meant.

The levels: loss (something stored goes), refused (the API server will not take it), outage (something restarts, or cannot be
reached for a moment), action (you have to do something), effect (nobody notices), none.`,
  options: {
    base: { value: 'REVISION|FOLDER', description: 'compare with another git revision, or with the dist/ in a folder' },
    'merge-base': { value: 'BRANCH', description: 'compare with the commit that HEAD and a branch have in common, as in a pull request' },
    strict: strictOption,
    fleet: fleetOption,
    output: outputOption(['text', 'json', 'markdown'], 'the difference'),
  },
  examples: ['npm run diff', 'npm run diff -- --base HEAD~1', 'npm run diff -- --merge-base main -o markdown', 'npm run diff -- --base dist -o json'],
  async run({ options: { base, 'merge-base': mergeBase, strict = false, fleet: path, output = 'text' } }, io) {
    if (base !== undefined && mergeBase !== undefined) throw new UsageError('--base and --merge-base are two answers to one question', 'write one of them');
    const folder = fleetFolder(path, io);
    const making = synthesising(folder, io);
    const { compared, diffMarkdown, diffText } = await diffing();
    const options = { ...base && { base }, ...mergeBase && { mergeBase }, cwd: io.cwd };
    const { view, findings: all } = await compared(folder, making, options);
    if (output === 'json') {
      io.out(findingsJson(all, { ...view }));
    } else {
      if (output === 'markdown') io.out(diffMarkdown(view, all));
      else if (view) io.out(diffText(view, io.isColoured));
      io.err(findingsText(all));
    }
    if (view === undefined || isRefused(all, strict)) return exit.findings;
    return view.owners.length > 0 ? exit.differences : exit.ok;
  },
});
