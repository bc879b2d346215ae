import type { BuildFailure, BuildOptions, Message } from 'esbuild';
import { Module, SourceMap } from 'node:module';
import { join, resolve } from 'node:path';
import type { Finding } from '../finding';

/** What runs one of the user's files and gives what it exports; throws what the file throws. */
export type Run = () => { readonly default?: unknown };

/** What the compiler makes of the user's files. */
export interface Compiled {
  /** Those that can run, each by itself and only when it is asked to. @param library what a file gets that imports the project's `lib`, so that no second copy of it runs */
  readonly runs: (library: object) => ReadonlyMap<string, Run>;
  readonly findings: readonly Finding[];
}

/**
 * Compiles the user's files together, as one file in memory: a thousand of them take a tenth of the time that one by one would.
 * A file with a syntax error or a missing import becomes a finding, and the others are compiled without it.
 */
export async function compile(files: readonly string[], folder: string, root: string): Promise<Compiled> {
  const findings: Finding[] = [];
  let left = files;
  while (left.length > 0) {
    try {
      const { outputFiles } = await compiler().build(bundle(left, folder, root));
      return { runs: (library) => new Map(Object.entries(evaluate(outputFiles[0]!.text, folder, root, library))), findings };
    } catch (error) {
      const { errors } = error as BuildFailure;
      if (!Array.isArray(errors) || errors.length === 0) throw error;
      const failures = errors.map((message) => compileFinding(message, left));
      findings.push(...failures);
      const broken = new Set(failures.map(({ file }) => file));
      const rest = left.filter((file) => !broken.has(file));
      // An error in a module that others import: which of them do, only compiling each by itself can tell.
      left = rest.length < left.length ? rest : left.filter((file) => compiles(file, folder, root));
    }
  }
  return { runs: () => new Map(), findings };
}

/** Ends the compiler's process, which holds as much memory as a thread of this one. Who compiles afterwards starts another. */
export const releaseCompiler = (): Promise<void> => compiler().stop();

/** In which of its lines a file throws; undefined where it does not fail a second time. At once, lest a timer of the user's gets its turn. */
export function failingLine(file: string, folder: string, root: string, library: object): number | undefined {
  let map: SourceMap | undefined;
  try {
    const { outputFiles } = compiler().buildSync(bundle([file], folder, root, true));
    const textOf = (ending: string) => outputFiles.find(({ path }) => path.endsWith(ending))!.text;
    map = new SourceMap(JSON.parse(textOf('.map')));
    evaluate(textOf('.js'), folder, root, library)[file]!();
  } catch (error) {
    const stack = error instanceof Error ? String(error.stack) : '';
    for (const [, line, column] of stack.matchAll(/fleet\.js:(\d+):(\d+)/g)) {
      const place = map?.findEntry(Number(line) - 1, Number(column) - 1);
      if (place && 'originalSource' in place && place.originalSource === file) return place.originalLine + 1;
    }
  }
  return undefined;
}

/** Loaded by who compiles: a second thread never does. */
const compiler = () => require('esbuild') as typeof import('esbuild');

function bundle(files: readonly string[], folder: string, root: string, withLines = false): BuildOptions & { readonly write: false } {
  const entries = files.map((file) => `${JSON.stringify(file)}: () => require(${JSON.stringify(`./${file}`)})`);
  return {
    stdin: { contents: `module.exports = {${entries.join(',\n')}};`, resolveDir: folder, sourcefile: entryName },
    absWorkingDir: folder,
    outfile: bundleFile(folder),
    bundle: true,
    write: false,
    platform: 'node',
    target: 'node20.19',
    packages: 'external',
    external: [libraryFile(root)],
    // Only a file that fails needs its lines, and it is compiled again for them, by itself.
    ...withLines && { sourcemap: 'external', sourcesContent: false },
    logLevel: 'silent',
  };
}

function evaluate(code: string, folder: string, root: string, library: object): Record<string, Run> {
  const filename = bundleFile(folder);
  const compiled = new Module(filename) as NodeModule & { _compile(code: string, filename: string): void };
  compiled.filename = filename;
  compiled.paths = (Module as unknown as { _nodeModulePaths(from: string): string[] })._nodeModulePaths(root);
  const original = compiled.require.bind(compiled);
  compiled.require = ((id: string) => (resolve(folder, id) === libraryFile(root) ? library : original(id))) as NodeModule['require'];
  compiled._compile(code, filename);
  return compiled.exports as Record<string, Run>;
}

function compiles(file: string, folder: string, root: string): boolean {
  try {
    compiler().buildSync(bundle([file], folder, root));
    return true;
  } catch {
    return false;
  }
}

function compileFinding({ text, location }: Message, files: readonly string[]): Finding {
  // Of our own entry, each line is one file.
  const isEntry = location?.file === entryName;
  const file = isEntry ? files[location.line - 1]! : location?.file ?? 'main.ts';
  return {
    rule: 'source-does-not-compile',
    severity: 'error',
    file,
    path: '',
    message: isEntry ? 'cannot be read as a module' : location ? `line ${location.line}: ${text}` : text,
    fix: isEntry ? 'give the file a plain name of letters, digits, hyphens and dots' : 'mend the line; npm run typecheck says more',
  };
}

/** How esbuild calls the entry that names every file. */
const entryName = 'every file of the fleet';

const bundleFile = (folder: string) => join(folder, 'fleet.js');
const libraryFile = (root: string) => join(root, 'lib', 'index.ts');
