'use strict';
// Compiles a TypeScript entry of this project as one file: quicker than any loader that translates file by file. Packages stay outside of it.
const { join, resolve } = require('node:path');
const { SourceMap } = require('node:module');

const root = join(__dirname, '..');

/** The one file, as stack traces call it; it is nowhere on a disk. */
const filename = join(root, 'lib', 'program.js');

/** Almost a third of the program, made by `npm run options`: nothing of it is left to compile. */
const generated = ['validator.js', 'schema.json'].map((file) => join(root, 'lib', 'options', file));

/** @returns the code; where they are asked for, its source map and the paths of what it was made from, relative to the root */
async function compile(entry, { sourcemap = false, metafile = false } = {}) {
  const { outputFiles, metafile: made } = await require('esbuild').build({
    entryPoints: [resolve(root, entry)],
    absWorkingDir: root,
    outfile: filename,
    bundle: true,
    write: false,
    platform: 'node',
    target: 'node20.19',
    packages: 'external',
    external: generated,
    loader: { '.sh': 'text', '.pod.mjs': 'text' },
    sourcemap: sourcemap && 'external',
    sourcesContent: false,
    metafile,
  });
  const textOf = (ending) => outputFiles.find(({ path }) => path.endsWith(ending))?.text;
  return { code: textOf('.js'), map: textOf('.map'), sources: made && Object.keys(made.inputs) };
}

/**
 * The stack trace with every place in the compiled program replaced by the source's; as it is where that cannot be. Only a bug needs the
 * map, so it is made then.
 */
async function inSources(stack, entry) {
  const made = stack.includes(filename) && await compile(entry, { sourcemap: true }).catch(() => undefined);
  if (!made) return stack;
  const map = new SourceMap(JSON.parse(made.map));
  const literally = filename.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  return stack.replaceAll(new RegExp(`${literally}:(\\d+):(\\d+)`, 'g'), (place, line, column) => {
    const { originalSource, originalLine, originalColumn } = map.findEntry(Number(line) - 1, Number(column) - 1);
    return originalSource === undefined ? place : `${resolve(root, 'lib', originalSource)}:${originalLine + 1}:${originalColumn + 1}`;
  });
}

module.exports = { compile, filename, inSources, root };
