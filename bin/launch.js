'use strict';
// Compiles a TypeScript entry of this project in memory, as one file, and runs its `main`: quicker than any loader that
// translates file by file, and with nothing to build beforehand. Packages stay outside of it.
const { join, resolve } = require('node:path');
const { Module } = require('node:module');
const { buildSync } = require('esbuild');

const root = join(__dirname, '..');

function launch(entry, args) {
  const filename = join(root, 'lib', 'program.js');
  const { outputFiles: [program] } = buildSync({
    entryPoints: [resolve(root, entry)],
    outfile: filename,
    bundle: true,
    write: false,
    platform: 'node',
    target: 'node20.19',
    packages: 'external',
    loader: { '.sh': 'text' },
    sourcemap: 'inline',
    sourcesContent: false,
  });
  process.setSourceMapsEnabled(true);
  const compiled = new Module(filename, module);
  compiled.filename = filename;
  compiled.paths = Module._nodeModulePaths(root);
  compiled._compile(program.text, filename);
  return compiled.exports.main(args, root);
}

module.exports = { launch };

// node bin/launch.js ENTRY [ARGUMENT …]
if (require.main === module) launch(process.argv[2], process.argv.slice(3));
