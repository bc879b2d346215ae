import { existsSync, readdirSync } from 'node:fs';
import { join, sep } from 'node:path';
import { inspect } from 'node:util';
import type { Finding } from '../finding';
import type { SealedFile } from '../secrets/sealed';
import { compile, type Compiled, failingLine } from './compile';
import { loadSealed } from './sealed';

/** A user's file and what it exports by default. */
export interface Source {
  /** Relative to the fleet's folder, with forward slashes. */
  readonly file: string;
  readonly value: unknown;
}

export interface Sources {
  /** Absent where `main.ts` is missing or fails; a finding says why. */
  readonly main: Source | undefined;
  /** In the order of their names. */
  readonly instances: readonly Source[];
  /**
   * The files under `sealed/`, in the order of their names.
   * @default - none
   */
  readonly sealed?: readonly SealedFile[];
  readonly findings: readonly Finding[];
}

/** A fleet's files, compiled. */
export interface Compilation {
  /** How many files describe homeservers. */
  readonly instances: number;
  /** Runs them, and reads the sealed Secrets. @param library what a file gets that imports the project's `lib` */
  readonly run: (library: object) => Sources;
}

/** Compiles `main.ts` and every file under `instances/` of a fleet's folder. One that fails becomes a finding and hides no other. */
export async function compileSources(folder: string, root: string): Promise<Compilation> {
  const listed = instanceFiles(folder);
  const files = [...existsSync(join(folder, 'main.ts')) ? ['main.ts'] : [], ...listed.files];
  const compiled = await compile(files, folder, root);
  return {
    instances: listed.files.length,
    run: (library) => runSources(folder, root, library, files, { ...compiled, findings: [...compiled.findings, ...listed.findings] }),
  };
}

function runSources(folder: string, root: string, library: object, files: readonly string[], compiled: Compiled): Sources {
  const { sealed, findings: unreadable } = loadSealed(folder);
  const findings = [...compiled.findings, ...unreadable];
  if (files[0] !== 'main.ts') findings.push(finding('main-missing', 'main.ts', `there is none in ${folder}`, 'write one that exports fleet({ … }), or name the fleet\'s folder with --fleet'));
  const sources = [...compiled.runs(library)].flatMap(([file, run]): Source[] => {
    try {
      const { default: value } = run();
      if (value instanceof Promise) value.catch(() => undefined);
      if (value !== undefined) return [{ file, value }];
      findings.push(finding('no-default-export', file, 'it has no default export', `export default ${described(file)}({ … })`));
    } catch (error) {
      const { message, fix } = thrown(error, failingLine(file, folder, root, library), file);
      findings.push(finding('source-throws', file, message, fix));
    }
    return [];
  });
  const isMain = ({ file }: Source) => file === 'main.ts';
  return { main: sources.find(isMain), instances: sources.filter((source) => !isMain(source)), sealed, findings };
}

/** Files that look like instances, but for their ending, and would be left out without a word. */
const lookAlike = /\.(?:[cm]?[jt]sx?)$/i;

/** The files that describe homeservers, without a look into them. */
function instanceFiles(folder: string): { readonly files: readonly string[]; readonly findings: readonly Finding[] } {
  const instances = join(folder, 'instances');
  if (!existsSync(instances)) return { files: [], findings: [] };
  try {
    const names = readdirSync(instances, { recursive: true, withFileTypes: true })
      .filter((entry) => !entry.isDirectory() && !entry.name.startsWith('.') && !/\.d\.ts$|\.test\.ts$/.test(entry.name))
      .map(({ parentPath, name }) => `instances${parentPath.slice(instances.length)}/${name}`.split(sep).join('/'))
      .sort();
    return {
      files: names.filter((name) => name.endsWith('.ts')),
      findings: names.filter((name) => !name.endsWith('.ts') && lookAlike.test(name))
        .map((name) => finding('instance-not-read', name, 'is not read: an instance file ends in .ts', 'rename it')),
    };
  } catch (error) {
    return { files: [], findings: [finding('instances-not-readable', 'instances', `cannot be read (${(error as NodeJS.ErrnoException).code})`, 'make it a folder that this command may read')] };
  }
}

/** What a file describes, by the function that it calls. */
const described = (file: string) => (file === 'main.ts' ? 'fleet' : 'homeserver');

/** What was thrown, in which line of the user's, and what to do. Anything can be thrown. */
function thrown(error: unknown, line: number | undefined, file: string): { readonly message: string; readonly fix: string } {
  const mend = 'mend the line; the file must give its options without failing';
  if (!(error instanceof Error)) return { message: `it throws ${typeof error === 'string' ? error : inspect(error, { depth: 0 })}`, fix: mend };
  const { name, message } = { name: String(error.name), message: String(error.message) };
  const forgotten = error instanceof ReferenceError && message.startsWith(`${described(file)} is not defined`);
  return {
    message: `${line === undefined ? '' : `line ${line}: `}it throws ${name}: ${message.split('\n')[0]}`,
    fix: forgotten ? `import { ${described(file)} } from '${'../'.repeat(file.split('/').length - 1) || './'}lib'` : mend,
  };
}

function finding(rule: string, file: string, message: string, fix: string): Finding {
  return { rule, severity: 'error', file, path: '', message, fix };
}
