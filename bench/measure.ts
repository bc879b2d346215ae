import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';

/**
 * Seconds that a command takes, from start to exit, with its children.
 * @param status with which it must end
 * @throws Error - it ended with another
 */
export function seconds(command: string, args: readonly string[], cwd: string, status = 0): Promise<number> {
  const started = performance.now();
  return ended(command, args, cwd, status).then(() => (performance.now() - started) / 1000);
}

/**
 * The peak of the memory of all its processes together, in MiB; undefined where the system does not say (no /proc). In a run of
 * its own, since looking takes time.
 */
export async function mebibytes(command: string, args: readonly string[], cwd: string): Promise<number | undefined> {
  let peak: number | undefined;
  await ended(command, args, cwd, 0, (pid) => {
    const now = memoryOf(pid);
    if (now !== undefined) peak = Math.max(peak ?? 0, now);
  });
  return peak;
}

/** The middle one of several. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

function ended(command: string, args: readonly string[], cwd: string, expected: number, look?: (pid: number) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'ignore', 'pipe'] });
    const timer = look && setInterval(() => look(child.pid!), 15);
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => {
      errors += chunk.toString();
    });
    child.on('error', reject);
    child.on('close', (status) => {
      clearInterval(timer);
      if (status === expected) resolve();
      else reject(new Error(`${command} ${args.join(' ')} ended with ${status}: ${errors}`));
    });
  });
}

/** The memory of a process and all below it, now, in MiB; pages that several share are counted once (Linux' proportional set size). */
function memoryOf(pid: number): number | undefined {
  try {
    const children = readdirSync(`/proc/${pid}/task`)
      .flatMap((task) => readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' '))
      .filter(Boolean)
      .map(Number);
    const own = Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0) / 1024;
    return children.reduce((sum, child) => sum + (memoryOf(child) ?? 0), own);
  } catch {
    return undefined;
  }
}
