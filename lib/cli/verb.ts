import { parseArgs } from 'node:util';
import { nearest } from '../checks/suggest';
import type { Io } from './io';

/** A verb of the command line, one file each. */
export interface Verb {
  /** One line, for the list of verbs. */
  readonly summary: string;
  /** All that `--help` says, with examples that can be run. */
  readonly help: string;
  /** @returns the exit status */
  readonly run: (args: readonly string[], io: Io) => number;
}

/** The command was called in a way that it does not know. */
export class UsageError extends Error {
  constructor(message: string, suggestion?: string) {
    super(suggestion === undefined ? message : `${message}; did you mean ${suggestion}?`);
  }
}

type Option = { readonly type: 'string' | 'boolean'; readonly short?: string };
type Parsed<T extends Record<string, Option>> = { readonly [name in keyof T]?: T[name]['type'] extends 'boolean' ? boolean : string };

/**
 * A verb's options.
 * @throws UsageError for one that it does not know, or that lacks its value
 */
export function parseOptions<T extends Record<string, Option>>(args: readonly string[], options: T): Parsed<T> {
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values as Parsed<T>;
  } catch (error) {
    const unknown = args.find((arg) => arg.startsWith('--') && !Object.hasOwn(options, arg.slice(2).split('=')[0]!));
    if (unknown === undefined) throw new UsageError((error as Error).message.split('\n')[0]!);
    const name = unknown.slice(2).split('=')[0]!;
    const suggestion = nearest(name, Object.keys(options));
    throw new UsageError(`there is no option --${name}`, suggestion && `--${suggestion}`);
  }
}
