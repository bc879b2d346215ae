import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from '../finding';
import { compile, failureWithLines } from './compile';

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
  readonly findings: readonly Finding[];
}

/** Reads `main.ts` and every file under `instances/` of a fleet's folder. One that fails becomes a finding and hides no other. */
export function loadSources(folder: string, root: string, library: object): Sources {
  const files = [...existsSync(join(folder, 'main.ts')) ? ['main.ts'] : [], ...instanceFiles(folder)];
  const { runs, findings } = compile(files, folder, root, library);
  if (files[0] !== 'main.ts') findings.push(finding('main-missing', 'main.ts', `there is none in ${folder}`, 'write one that exports fleet({ … }), or name the fleet\'s folder with --fleet'));
  const sources = [...runs].flatMap(([file, run]) => {
    try {
      const { default: value } = run();
      if (value !== undefined) return [{ file, value }];
      findings.push(finding('no-default-export', file, 'it has no default export', `export default ${described(file)}({ … })`));
    } catch (error) {
      const { message, fix } = thrown(error, failureWithLines(file, folder, root, library), file, folder);
      findings.push(finding('source-throws', file, message, fix));
    }
    return [];
  });
  const isMain = ({ file }: Source) => file === 'main.ts';
  return { main: sources.find(isMain), instances: sources.filter((source) => !isMain(source)), findings };
}

function instanceFiles(folder: string): string[] {
  const instances = join(folder, 'instances');
  if (!existsSync(instances)) return [];
  return readdirSync(instances, { recursive: true, encoding: 'utf8' })
    .map((name) => `instances/${name.replaceAll('\\', '/')}`)
    .filter((name) => name.endsWith('.ts') && !/\/\.|\.d\.ts$|\.test\.ts$/.test(name))
    .sort();
}

/** What a file describes, by the function that it calls. */
const described = (file: string) => (file === 'main.ts' ? 'fleet' : 'homeserver');

/** What was thrown, in which line of the user's, and what to do. */
function thrown(error: unknown, again: unknown, file: string, folder: string): { readonly message: string; readonly fix: string } {
  const mend = 'mend the line; the file must give its options without failing';
  if (!(error instanceof Error)) return { message: `it throws ${String(error)}`, fix: mend };
  const frame = again instanceof Error ? again.stack?.split('\n').find((line) => line.includes(folder)) : undefined;
  const line = frame === undefined ? undefined : /:(\d+):\d+\)?$/.exec(frame)?.[1];
  const forgotten = error instanceof ReferenceError && error.message.startsWith(`${described(file)} is not defined`);
  return {
    message: `${line === undefined ? '' : `line ${line}: `}it throws ${error.name}: ${error.message.split('\n')[0]}`,
    fix: forgotten ? `import { ${described(file)} } from '${'../'.repeat(file.split('/').length - 1) || './'}lib'` : mend,
  };
}

function finding(rule: string, file: string, message: string, fix: string): Finding {
  return { rule, severity: 'error', file, path: '', message, fix };
}
