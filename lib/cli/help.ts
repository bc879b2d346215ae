import { type Argument, type Option, type OptionTable, placeholder, type Verb } from './verb';

/** What `matrix-fleet --help` says. */
export function programHelp(verbs: readonly Verb[]): string {
  const width = Math.max(...verbs.map(({ name }) => name.length));
  return `matrix-fleet: a fleet of Matrix homeservers, from TypeScript to what Argo CD applies

Usage: matrix-fleet VERB [ARGUMENT …] [OPTION …]
       npm run VERB -- [ARGUMENT …] [OPTION …]

${verbs.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`).join('\n')}

matrix-fleet VERB --help says more of a verb, with examples.
Exit status: 0 fine, 1 differences, 2 findings, 70 a bug of matrix-fleet.
`;
}

/** What `--help` of one verb says. */
export function verbHelp({ name, description, arguments: words, options, examples }: Verb): string {
  const rows = [...words.map(argumentRow), ...Object.entries(options).map(optionRow)];
  const width = Math.max(0, ...rows.map(([left]) => left.length));
  return `Usage: ${['matrix-fleet', name, ...words.map(argumentUsage), ...optionUsages(options)].join(' ')}

${description}
${rows.length === 0 ? '' : `\n${rows.map(([left, right]) => `  ${left.padEnd(width)}   ${right}\n`).join('')}`}
Examples:
${examples.map((example) => `  ${example}\n`).join('')}`;
}

type Row = readonly [left: string, right: string];

const argumentRow = ({ name, description }: Argument): Row => [name, description];

function argumentUsage({ name, optional, many }: Argument): string {
  const shown = many ? `${name} …` : name;
  return optional ? `[${shown}]` : shown;
}

function optionRow([name, { short, value, description }]: [string, Option]): Row {
  return [`${short ? `-${short}, ` : ''}--${name}${value === undefined ? '' : ` ${placeholder(value)}`}`, description];
}

function optionUsages(options: OptionTable): readonly string[] {
  return Object.entries(options).map(([name, { short, value }]) => `[${short ? `-${short}` : `--${name}`}${value === undefined ? '' : ` ${placeholder(value)}`}]`);
}
