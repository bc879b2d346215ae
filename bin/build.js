'use strict';
// node bin/build.js
// Compiles the program once for all commands; npm runs this after it has installed everything (`prepare`). It must not fail: what is
// not built, or has changed since, is compiled in memory.
const { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } = require('node:fs');
const { dirname, join } = require('node:path');
const { compile, root } = require('./compile');

/** Behind the code stands what it was made from. */
const built = join(root, 'build', 'program.js');
const MADE_FROM = '\n//# made from ';

/** Compiles an entry for all commands that follow, until one of its sources changes. */
async function build(entry) {
  const { sources } = await compile(entry, { metafile: true });
  const files = [...sources, 'bin/compile.js'];
  // A folder changes with every file that comes or goes.
  const paths = new Set([...files, ...files.map(dirname), 'package.json', 'tsconfig.json'].sort());
  const stamps = Object.fromEntries([...paths].map((path) => [path, stampOf(path)]));
  // Once more: what changes from now on changes its stamp.
  const { code } = await compile(entry);
  mkdirSync(dirname(built), { recursive: true });
  writeFileSync(`${built}.part`, code + MADE_FROM + JSON.stringify({ entry, stamps }));
  renameSync(`${built}.part`, built);
}

/** What tells one state of a file or folder of the project from another. */
function stampOf(path) {
  const status = statSync(join(root, path), { throwIfNoEntry: false });
  return status ? `${status.mtimeMs} ${status.size}` : 'absent';
}

/** An entry as it was built; undefined where it was not, or not of what its sources are now. */
function prebuilt(entry) {
  try {
    const code = readFileSync(built, 'utf8');
    const made = JSON.parse(code.slice(code.lastIndexOf(MADE_FROM) + MADE_FROM.length));
    return made.entry === entry && Object.entries(made.stamps).every(([path, stamp]) => stampOf(path) === stamp) ? { code } : undefined;
  } catch {
    return undefined;
  }
}

module.exports = { prebuilt };

if (require.main === module) build('lib/cli/main.ts').catch((error) => process.stderr.write(`not built: ${error.message}\n`));
