'use strict';
// Compiles a TypeScript entry of this project as one file, and runs its `main`: quicker than any loader that translates file by
// file. The program itself is compiled by `npm ci` (build.js); where that was left out, or a source has changed since, it is
// compiled in memory like any other entry. Packages stay outside of it.
const { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } = require('node:fs');
const { dirname, join, resolve } = require('node:path');
const { createRequire, Module, SourceMap } = require('node:module');
const { setFlagsFromString } = require('node:v8');
const { constants, Script } = require('node:vm');
const { isMainThread, parentPort, Worker, workerData } = require('node:worker_threads');

const root = join(__dirname, '..');
const filename = join(root, 'lib', 'program.js');

/** What `npm ci` has compiled. Behind its code stands what it was made from. */
const built = join(root, 'build', 'program.js');
const MADE_FROM = '\n//# made from ';

/** Almost a third of the program, made by `npm run options`: nothing of it is left to compile. */
const generated = ['validator.js', 'schema.json'].map((file) => join(root, 'lib', 'options', file));

/**
 * Whatever `main` throws is a bug: it ends the process with status 70 and a stack trace in the lines of the sources.
 * @param packages what the program will ask for first: read while the compiler, a process of its own, is at work
 */
async function launch(entry, args, packages = []) {
  // What the user's files leave running keeps no process alive that has failed.
  const exit = process.exit.bind(process);
  // Node 20 optimises functions so soon that it takes longer than a command of seconds gets back; a later Node does not, nor knows the flag.
  if (process.versions.node.startsWith('20.')) setFlagsFromString('--interrupt-budget=1000000');
  // The compiler, a program in Go, lives for one command: it need not clear its memory up before it holds this much.
  Object.assign(process.env, { GOGC: 'off', GOMEMLIMIT: '96MiB' });
  try {
    const compiling = prebuilt(entry) ?? compile(entry);
    postpone('yaml', 'cdk8s');
    for (const name of packages) require(name);
    const { code } = await compiling;
    const program = scriptOf(code);
    await evaluate(program).main(args, root, () => thread(code, program.createCachedData()));
  } catch (error) {
    process.exitCode = 70;
    const text = error instanceof Error ? await inSources(error.stack ?? String(error), entry) : error;
    process.stderr.write(`${text}\n`, () => exit(70));
  }
}

/** Has a package that another one asks for along with itself read when something of it is first used. */
function postpone(name, asker) {
  const id = require.resolve(name, { paths: [require.resolve(asker)] });
  let members;
  const read = () => {
    if (members === undefined) {
      delete require.cache[id];
      const exports = require(id);
      members = { default: exports, ...exports };
    }
    return members;
  };
  const stand = new Module(id, module);
  stand.loaded = true;
  stand.exports = new Proxy({}, {
    // A namespace already: of any other module, who imports it as one would take all members at once.
    get: (_, key) => key === '__esModule' || read()[key],
    has: (_, key) => key in read(),
    ownKeys: () => Reflect.ownKeys(read()),
    getOwnPropertyDescriptor: (_, key) => Object.getOwnPropertyDescriptor(read(), key),
  });
  require.cache[id] = stand;
}

/**
 * Another thread of a program that is compiled already, which runs its `help`.
 * @param cachedData what V8 knows of the code by now, so that it need not read all of it again
 */
function thread(code, cachedData) {
  return new Worker(__filename, { workerData: { code, cachedData } });
}

function scriptOf(code, cachedData) {
  return new Script(Module.wrap(code), { filename, cachedData, importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER });
}

function evaluate(script) {
  const program = { exports: {} };
  script.runInThisContext()(program.exports, createRequire(filename), program, filename, dirname(filename));
  return program.exports;
}

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

/** Compiles an entry for all commands that follow, until one of its sources changes. */
async function build(entry) {
  const { sources } = await compile(entry, { metafile: true });
  const files = [...sources, 'bin/launch.js'];
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

module.exports = { build, compile, launch, thread };

// What `thread` starts; or node bin/launch.js ENTRY [ARGUMENT …]
if (!isMainThread && workerData?.code) {
  postpone('yaml', 'cdk8s');
  evaluate(scriptOf(workerData.code, workerData.cachedData)).help(parentPort);
} else if (require.main === module) launch(process.argv[2], process.argv.slice(3));
