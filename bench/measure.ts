import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';

/** One run of a command, from start to exit. */
export interface Run {
  readonly seconds: number;
  /** Peak of the memory of all its processes together, in MiB; undefined where the system does not say (no /proc). */
  readonly mebibytes: number | undefined;
}

/**
 * Runs a command and measures the whole process with its children.
 * @throws Error - the command failed
 */
export function measure(command: string, args: readonly string[], cwd: string): Promise<Run> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'ignore', 'pipe'] });
    let peak: number | undefined;
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => {
      errors += chunk.toString();
    });
    const timer = setInterval(() => {
      const now = memoryOf(child.pid!);
      if (now !== undefined) peak = Math.max(peak ?? 0, now);
    }, 15);
    child.on('error', reject);
    child.on('close', (status) => {
      clearInterval(timer);
      const seconds = (performance.now() - started) / 1000;
      if (status === 0) resolve({ seconds, mebibytes: peak });
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

/** The middle one of several runs, by time; memory is the most of any. */
export function median(runs: readonly Run[]): Run {
  const sorted = [...runs].sort((a, b) => a.seconds - b.seconds);
  const memory = runs.map(({ mebibytes }) => mebibytes).filter((value) => value !== undefined);
  return { seconds: sorted[Math.floor(sorted.length / 2)]!.seconds, mebibytes: memory.length > 0 ? Math.max(...memory) : undefined };
}
