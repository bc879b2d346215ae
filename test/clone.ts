import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { fixture, root } from './cli/fleet-folder';

/** A clone of the project with the tests' fleet at its root, all of it committed; deleted after the test. */
export function cloneOf(): string {
  const clone = mkdtempSync(join(tmpdir(), 'clone-'));
  onTestFinished(() => rmSync(clone, { recursive: true, force: true }));
  for (const part of ['bin', 'lib', 'imports', 'examples', 'package.json']) cpSync(join(root, part), join(clone, part), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(clone, 'node_modules'));
  for (const part of ['main.ts', 'instances']) cpSync(join(fixture, part), join(clone, part), { recursive: true });
  inClone(clone, "perl -pi -e 's#[./]+/lib#./lib#' main.ts; perl -pi -e 's#[./]+/lib#../lib#' instances/*.ts", 'npm run --silent synth', 'git init -q', 'git add .', 'git commit -qm all');
  return clone;
}

/** Runs commands there as its admin would, and stops at the first that fails. @returns what they print */
export function inClone(cwd: string, ...commands: readonly string[]): string {
  const env: NodeJS.ProcessEnv = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null' };
  for (const role of ['AUTHOR', 'COMMITTER']) Object.assign(env, { [`GIT_${role}_NAME`]: 'a', [`GIT_${role}_EMAIL`]: 'a@example.org' });
  const { status, stdout, stderr } = spawnSync('bash', ['-ec', commands.join('\n')], { cwd, encoding: 'utf8', env });
  expect(status, stdout + stderr).toBe(0);
  return stdout;
}
