'use strict';
// Runs the `main` of a TypeScript entry of this project: as it was built (build.js), else compiled in memory (compile.js).
const { dirname } = require('node:path');
const { createRequire, Module } = require('node:module');
const { setFlagsFromString } = require('node:v8');
const { constants, Script } = require('node:vm');
const { isMainThread, parentPort, Worker, workerData } = require('node:worker_threads');
const { prebuilt } = require('./build');
const { compile, filename, inSources, root } = require('./compile');

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

module.exports = { launch, thread };

// What `thread` starts; or node bin/launch.js ENTRY [ARGUMENT …]
if (!isMainThread && workerData?.code) {
  postpone('yaml', 'cdk8s');
  evaluate(scriptOf(workerData.code, workerData.cachedData)).help(parentPort);
} else if (require.main === module) launch(process.argv[2], process.argv.slice(3));
