import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { exit } from './exit';
import type { Io } from './io';

/** Runs a program of the project's own that no verb shares code with: as a process of its own, so that no other verb has to load it. */
export function runProgram(entry: string, args: readonly string[], { root, cwd, env }: Io): number {
  const { status, error } = spawnSync(process.execPath, [join(root, 'bin', 'launch.js'), entry, ...args], { cwd, env, stdio: 'inherit' });
  if (error) throw error;
  return status ?? exit.bug;
}
