import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

/** Every call by which the writer looks at the disk, and every one by which it changes something there. */
const reading = ['readSync', 'closeSync', 'readdirSync', 'readFileSync', 'lstatSync'] as const;
const changing = ['openSync', 'mkdirSync', 'writeFileSync', 'renameSync', 'unlinkSync', 'rmSync', 'rmdirSync'] as const;
const calls = [...reading, ...changing];

/** A call that is about to be made. */
export interface Call {
  readonly name: (typeof calls)[number];
  /** Whether it changes anything on the disk. */
  readonly isChange: boolean;
  /** Whether it fails where the disk is full. */
  readonly needsSpace: boolean;
}

type Anything = (...args: unknown[]) => unknown;

/**
 * Lets `fault` see every call to the disk before it is made: it may throw, or end the process. Where it does so before a file is written,
 * half of the file is already there; the rest goes after it where the file is open, else all of it over it.
 * @returns how to stop it
 */
export function intercept(fault: (call: Call) => void): () => void {
  const module = fs as unknown as Record<Call['name'], Anything>;
  const originals = new Map(calls.map((name) => [name, module[name]]));
  let isInside = false;
  for (const [name, original] of originals) {
    const isChange = (args: unknown[]): boolean => changing.some((change) => change === name) && !(name === 'openSync' && args[1] === 'r');
    module[name] = (...args) => {
      if (isInside) return original(...args);
      isInside = true;
      try {
        const [path, text, options] = args as [string | number, string, object];
        if (name === 'writeFileSync') original(path, text.slice(0, text.length / 2), options);
        fault({ name, isChange: isChange(args), needsSpace: isChange(args) && ['openSync', 'mkdirSync', 'writeFileSync'].includes(name) });
        if (name !== 'writeFileSync') return original(...args);
        return typeof path === 'number' ? original(path, text.slice(text.length / 2)) : original(path, text);
      } finally {
        isInside = false;
      }
    };
  }
  syncBuiltinESMExports();
  return () => {
    Object.assign(module, Object.fromEntries(originals));
    syncBuiltinESMExports();
  };
}

/** An error of the operating system, as Node.js throws it. */
export function systemError(code: string, path = '/somewhere/else'): NodeJS.ErrnoException {
  return Object.assign(new Error(`${code}: told to fail, write '${path}'`), { code, errno: -1, syscall: 'write', path });
}
