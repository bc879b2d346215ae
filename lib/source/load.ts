import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from '../finding';
import { compile, type Run } from './compile';

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
    const value = runSource(file, run, folder, findings);
    return value === undefined ? [] : [{ file, value }];
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

function runSource(file: string, run: Run, folder: string, findings: Finding[]): unknown {
  const expected = file === 'main.ts' ? 'fleet({ … })' : 'homeserver({ … })';
  try {
    const { default: value } = run();
    if (value === undefined) findings.push(finding('no-default-export', file, 'it has no default export', `export default ${expected}`));
    return value;
  } catch (error) {
    findings.push(finding('source-throws', file, thrown(error, folder), 'mend the line; the file must give its options without failing'));
    return undefined;
  }
}

/** What was thrown, and in which line of the user's. */
function thrown(error: unknown, folder: string): string {
  if (!(error instanceof Error)) return `it throws ${String(error)}`;
  const frame = error.stack?.split('\n').find((line) => line.includes(folder));
  const line = frame === undefined ? undefined : /:(\d+):\d+\)?$/.exec(frame)?.[1];
  return `${line === undefined ? '' : `line ${line}: `}it throws ${error.name}: ${error.message.split('\n')[0]}`;
}

function finding(rule: string, file: string, message: string, fix: string): Finding {
  return { rule, severity: 'error', file, path: '', message, fix };
}
