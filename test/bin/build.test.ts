import { execFileSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

const root = join(__dirname, '..', '..');
let project: string;
let built: string;
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'project-'));
  built = join(project, 'build', 'program.js');
  for (const part of ['bin', 'lib', 'imports', 'package.json']) cpSync(join(root, part), join(project, part), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(project, 'node_modules'));
  run('bin/build.js');
  // It says so when it runs.
  writeFileSync(built, `process.stdout.write('built: ');\n${readFileSync(built, 'utf8')}`);
});
afterEach(() => rmSync(project, { recursive: true }));

const run = (...args: readonly string[]) => execFileSync(process.execPath, args, { cwd: project, encoding: 'utf8' });
const version = () => run('bin/matrix-fleet.js', '--version');

const asBuilt = /^built: matrix-fleet \d/;
const asItIs = /^matrix-fleet \d/;

it('what was built is run', () => {
  expect(version()).toMatch(asBuilt);
});

it.each<[what: string, change: () => void]>([
  ['a source has changed', () => appendFileSync(join(project, 'lib', 'quote.ts'), '\n')],
  ['a source is of another time', () => utimesSync(join(project, 'lib', 'cli', 'exit.ts'), 1, 1)],
  ['a file has come that one may be taken for', () => writeFileSync(join(project, 'lib', 'cli', 'exit.js'), '')],
  ['the compiler is told something else', () => writeFileSync(join(project, 'tsconfig.json'), '{}')],
  ['the way of compiling has changed', () => appendFileSync(join(project, 'bin', 'compile.js'), '\n')],
  ['what was built is damaged', () => truncateSync(built, 1000)],
  ['nothing was built', () => rmSync(built)],
])('what was built is not run where %s', (_, change) => {
  change();
  expect(version()).toMatch(asItIs);
});

it('nor is it run for another entry', () => {
  writeFileSync(join(project, 'other.ts'), `export const main = () => process.stdout.write('other');`);
  expect(run('bin/launch.js', 'other.ts')).toBe('other');
});
