import { runProgram } from './program';
import { UsageError, verb } from './verb';

/** Times the whole program. */
export const bench = verb({
  name: 'bench',
  summary: 'how fast synth is, beside plain cdk8s in the same run',
  description: `Times synth from start to exit, into an empty dist/ and again with nothing changed, and beside it plain cdk8s with the same
objects. Read the ratios: machines differ.`,
  arguments: [{ name: 'SIZE', description: 'a number of homeservers (default: 4, 100, 1000 and 2000)', optional: true, many: true }],
  options: {},
  examples: ['npm run bench -- 1'],
  run({ words: sizes }, io) {
    const wrong = sizes.find((size) => !/^[1-9]\d*$/.test(size));
    if (wrong !== undefined) throw new UsageError(`SIZE takes a number of homeservers, not ${wrong}`, 'write one such as 100');
    return runProgram('bench/main.ts', sizes, io);
  },
});
