import { runProgram } from './program';
import { verb } from './verb';

/** Makes `imports/` anew. */
export const imports = verb({
  name: 'imports',
  summary: 'refresh the schemas of foreign APIs, after a version was raised',
  description: 'Makes imports/ anew from its pinned sources: schemas, compiled validators, bindings, types, and the lock over all of them.',
  options: { from: { value: 'FOLDER', description: 'read a local mirror of the sources\' structure instead of the network' } },
  examples: ['npm run imports', 'npm run imports -- --from mirror'],
  run: ({ options: { from } }, io) => runProgram('lib/importer/main.ts', from === undefined ? [] : ['--from', from], io),
});
