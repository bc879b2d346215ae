import { parseArgs } from 'node:util';
import { nearest } from '../checks/suggest';
import type { Io } from './io';

/** A verb of the command line, one file each: a table that parsing, help, suggestions and completion are made from, and what it does. */
export interface Verb {
  readonly name: string;
  /** One line, for the list of verbs. */
  readonly summary: string;
  /** What `--help` says beside the tables, wrapped at about 100 characters. */
  readonly description: string;
  readonly arguments: readonly Argument[];
  readonly options: OptionTable;
  /** Commands as a user types them, e.g. `npm run diff -- -o markdown`; a test runs each. */
  readonly examples: readonly [string, ...string[]];
  /** @returns the exit status */
  readonly run: (args: readonly string[], io: Io) => number | Promise<number>;
}

/** A word that is no option, by its place. */
export interface Argument {
  /** As help shows it, e.g. `NAME`. */
  readonly name: string;
  readonly description: string;
  /** @default false */
  readonly optional?: boolean;
  /** @default - any word */
  readonly choices?: readonly string[];
  /** The last one may take all further words. @default false */
  readonly many?: boolean;
}

/** An option, under its long name in a table. */
export interface Option {
  /** One letter, e.g. `o` for `-o`. */
  readonly short?: string;
  /** What help shows in place of its value, e.g. `FOLDER`, or all the values that it takes. Absent: it takes none. */
  readonly value?: string | readonly string[];
  readonly description: string;
}

export type OptionTable = Readonly<Record<string, Option>>;

/** A verb's options as they were given: `true` or a value; absent where they were not. */
export type Given<Options extends OptionTable> = {
  readonly [name in keyof Options]?: Options[name] extends { readonly value: infer Value } ? (Value extends readonly (infer Choice)[] ? Choice : string) : true
};

/** A command line as a verb sees it. */
export interface Call<Options extends OptionTable> {
  readonly options: Given<Options>;
  /** The arguments, in their order. */
  readonly words: readonly string[];
}

/** The folder of a fleet, which every verb takes. */
export const fleetOption = { value: 'FOLDER', description: 'the folder of main.ts, instances/ and dist/ (default: the project\'s)' } as const;

/** How a verb prints: the first of its formats where nothing is said. */
export function outputOption<const Formats extends readonly [string, ...string[]]>(formats: Formats, what = 'the result') {
  return { short: 'o', value: formats, description: `how to print ${what} (default: ${formats[0]})` } as const;
}

/** The option that makes warnings count. */
export const strictOption = { description: 'warnings count: status 2' } as const;

/** A verb from its table; what it does gets its options by their types. */
export function verb<const Options extends OptionTable>(
  table: Omit<Verb, 'run' | 'arguments' | 'options'> & {
    readonly arguments?: readonly Argument[];
    readonly options: Options;
    readonly run: (call: Call<Options>, io: Io) => number | Promise<number>;
  },
): Verb {
  const shape = { ...table, arguments: table.arguments ?? [] };
  return { ...shape, run: (args, io) => table.run(parse(args, shape, io.env), io) };
}

/** The command was called in a way that it does not know. The message ends with what to do. */
export class UsageError extends Error {
  /** What to do about it. */
  readonly fix: string;
  /** What is wrong, without what to do. */
  readonly problem: string;

  constructor(problem: string, fix: string) {
    super(`${problem}; ${fix}`);
    this.problem = problem;
    this.fix = fix;
  }

  /** @param suggestion what was probably meant @param fix what to do where nothing is near */
  static meant(message: string, suggestion: string | undefined, fix: string): UsageError {
    return new UsageError(message, suggestion === undefined ? fix : `did you mean ${suggestion}?`);
  }
}

/**
 * Reads the arguments of a verb.
 * @throws UsageError for an option or argument that it does not know, lacks, or that npm kept for itself
 */
export function parse<const Options extends OptionTable>(
  args: readonly string[], { name: verb, arguments: expected, options }: Pick<Verb, 'name' | 'arguments'> & { readonly options: Options }, env: Io['env'] = {},
): Call<Options> {
  const help = `matrix-fleet ${verb} --help says how it is called`;
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(Object.entries(options).map(([name, { short, value }]) => [name, { type: value === undefined ? 'boolean' as const : 'string' as const, ...short && { short } }])),
    strict: false,
    tokens: true,
  });
  const given: Record<string, string | true> = {};
  const words: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') words.push(token.value);
    if (token.kind !== 'option') continue;
    const { name, rawName, value } = token;
    const option = Object.hasOwn(options, name) ? options[name] : undefined;
    if (option === undefined) throw UsageError.meant(`there is no option ${rawName}`, dashed(nearest(name, Object.keys(options))), help);
    if (option.value === undefined && value !== undefined) throw new UsageError(`${rawName} takes no value`, `write ${rawName} alone`);
    const swallowed = value !== undefined && !token.inlineValue && value.startsWith('-') && value !== '-';
    if (option.value !== undefined && (value === undefined || value === '' || swallowed)) throw new UsageError(`${rawName} needs a value`, `write ${rawName} ${placeholder(option.value)}`);
    if (Array.isArray(option.value)) oneOf(rawName, value!, option.value);
    given[name] = value ?? true;
  }
  // npm keeps a word that begins with a dash for itself where `--` is forgotten; going on would be another command than was asked for.
  for (const [name, { value }] of Object.entries(options)) {
    const kept = env[`npm_config_${name.replaceAll('-', '_')}`];
    if (kept && given[name] === undefined) throw new UsageError(`npm kept --${name} for itself`, `write npm run ${verb} -- --${name}${value === undefined ? '' : ` ${kept}`}`);
  }
  const missing = expected.slice(words.length).filter(({ optional }) => !optional);
  if (missing.length > 0) throw new UsageError(`${missing.map((argument) => argument.name).join(' and ')} ${missing.length > 1 ? 'are' : 'is'} missing`, help);
  if (words.length > expected.length && !expected.at(-1)?.many) throw new UsageError(`${JSON.stringify(words[expected.length])} is one argument too many`, help);
  for (const [index, word] of words.entries()) {
    const { name, choices } = expected[index] ?? expected.at(-1)!;
    if (choices) oneOf(name, word, choices);
  }
  return { options: given as Given<Options>, words };
}

/** What stands for a value in help: `FOLDER`, `text|json`. */
export function placeholder(value: string | readonly string[]): string {
  return typeof value === 'string' ? value : value.join('|');
}

function oneOf(name: string, value: string, choices: readonly string[]): void {
  if (choices.includes(value)) return;
  const list = choices.length === 1 ? choices[0]! : `${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}`;
  throw UsageError.meant(`${name} takes ${list}, not ${value}`, nearest(value, choices), `write ${name} ${choices[0]}`);
}

const dashed = (name: string | undefined) => name && `--${name}`;
