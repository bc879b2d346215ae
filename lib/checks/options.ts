import type { SchemaObject, ValidateFunction } from 'ajv';
import type { Finding } from '../finding';
import { isMap } from '../merge';
import { type Complaint, complaints, type PatternWords } from './complaint';
import { type Path, pathText, valueAt } from './path';
import { plainData } from './plain-data';
import { findings, type Rule, type RuleText } from './rule';
import { placeIn, type Words } from './traced';

/** What the patterns of the option types ask for. */
export const patternWords: PatternWords = {
  '^[a-z]([-a-z0-9]*[a-z0-9])?$': ['a short name', 'use lower-case letters, digits and hyphens; begin with a letter, do not end with a hyphen'],
  '^[1-9][0-9]*(Mi|Gi|Ti)$': ['a size', 'write a size such as 10Gi'],
  '^[1-9][0-9]*(Mi|Gi)$': ['a size', 'write a size such as 6Gi'],
  '^[1-9][0-9]*[MK]$': ['a size of an upload', 'write a size such as 100M'],
  '^[0-9]+(\\.[0-9]+)?m?$': ['an amount of CPU', 'write an amount such as 100m or 2'],
  '^(?=.*[1-9])[0-9]+(\\.[0-9]+)?m?$': ['an amount of CPU', 'write an amount such as 4 or 3920m'],
  '^[0-9]+(\\.[0-9]+)?(Ki|Mi|Gi|Ti|k|M|G|T)?$': ['an amount of memory', 'write an amount such as 256Mi'],
  '^[1-9][0-9]*[dwm]$': ['a time', 'write days, weeks or months such as 30d, 4w or 6m'],
  '^[1-9][0-9]*[dwy]$': ['a time', 'write days, weeks or years such as 90d, 12w or 1y'],
  '^[1-9][0-9]*[dm]$': ['a time', 'write days or months such as 30d or 6m'],
  '^[-0-9*,/]+( [-0-9*,/]+){4}$': ['a schedule', 'write five cron fields, minutes first, such as 30 3 * * *'],
  '^[A-Za-z0-9][-A-Za-z0-9.]*:[1-9][0-9]{0,4}$': ['a server with its port', 'write it such as smtp.example.org:587'],
  '^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$': ['the name of an object', 'use lower-case letters, digits, and inner hyphens and dots'],
  '^[1-9][0-9]*h$': ['a time', 'write hours such as 720h'],
  '^/[^\\s]*$': ['a path', 'write it from the root on, such as /exports/media'],
  '^[a-z0-9]([-a-z0-9.]*[a-z0-9])?(:[0-9]+)?(/[a-z0-9]+([._-]+[a-z0-9]+)*)*$': ['a registry', 'write its host and the path below it, such as quay.io/example'],
  '^[1-9][0-9]*d$': ['a number of days', 'write days such as 14d'],
  '^[A-Za-z0-9]([-A-Za-z0-9.:]*[A-Za-z0-9])?$': ['an address', 'write an IP address such as 172.18.0.1, or a host name; no scheme, and no port'],
  '^[A-Za-z0-9_]([-A-Za-z0-9_.:]*[A-Za-z0-9_])?[.]?$': ['an address', 'write an IP address such as 10.0.0.5, or a host name; no scheme, and no port'],
  '^[^\\s\\p{Cc}]+( [^\\s\\p{Cc}]+)*$': ['a line of words', 'write single blanks between words, and none at either end'],
  '^[A-Za-z0-9][-A-Za-z0-9_.]*$': ['a name', 'use letters, digits, hyphens, dots and underscores; begin with a letter or digit'],
  '^[a-z0-9]+(-[a-z0-9]+)*$': ['a region', 'use lower-case letters and digits, and single hyphens between them'],
  '^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$': ['the name of a bucket', 'use 3 to 63 lower-case letters, digits, and inner hyphens and dots'],
  '^[A-Za-z_][-A-Za-z0-9_]*$': ['a name in PostgreSQL', 'use letters, digits, underscores and hyphens; begin with a letter'],
  '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,6})?(Z|[-+][0-9]{2}:[0-9]{2})$': ['a moment', 'write date, time and time zone such as 2026-11-20T09:41:00Z'],
  '^[A-Za-z0-9][-A-Za-z0-9_]*$': ['a role', 'use letters, digits, hyphens and underscores; begin with a letter or digit'],
  '^[A-Za-z0-9][-A-Za-z0-9_./]*[A-Za-z0-9]$': ['a path', 'write it as the plugin does, such as secret/data/matrix-fleet; no slash at either end'],
  '^[a-z0-9]+$': ['the ID of a folder', 'copy it from the console: lower-case letters and digits'],
  '^[A-Za-z0-9][-A-Za-z0-9_./]*$': ['a branch', 'use letters, digits, hyphens, dots, underscores and slashes; begin with a letter or digit'],
};

/** What the user wrote in one place, with all that is against it. */
interface JudgedOptions {
  readonly words: Words;
  readonly complaints: readonly Complaint[];
}

function rule(kind: Complaint['kind'], text: Omit<RuleText, 'severity'>): Rule<JudgedOptions> {
  const check = ({ words, complaints: all }: JudgedOptions) =>
    all.filter((complaint) => complaint.kind === kind).map(({ path, message, fix }) => ({ ...placeIn(words, path), message, fix }));
  return { ...text, severity: 'error', check };
}

/** What must hold for options by themselves. Types are erased when the program runs, so every option is held against the schema of its type. */
export const optionRules: readonly Rule<JudgedOptions>[] = [
  rule('data', {
    id: 'option-not-data',
    what: 'Options are plain data: maps, lists, strings, finite numbers, true, false and null.',
    why: 'Nothing else can be written to a manifest.',
    fix: 'Write the value itself.',
  }),
  rule('unknown', {
    id: 'option-unknown',
    what: 'Every option is one that exists.',
    why: 'A misspelt option would be ignored, and its default would hold.',
    fix: 'Write it as docs/options.md has it; the finding names the nearest.',
  }),
  rule('missing', {
    id: 'option-missing',
    what: 'Every option without a default is given.',
    why: 'There is nothing to fill in for it.',
    fix: 'Add it.',
  }),
  rule('type', {
    id: 'option-type',
    what: 'Every option is of its type.',
    why: 'It would end up as something else in a manifest.',
    fix: 'Write a value of the type that docs/options.md has.',
  }),
  rule('choice', {
    id: 'option-choice',
    what: 'An option with a fixed set of values has one of them.',
    why: 'Nothing is known of any other.',
    fix: 'Choose one of those that the finding lists.',
  }),
  rule('syntax', {
    id: 'option-syntax',
    what: 'Sizes, names and the like are written as what they are.',
    why: 'The cluster would refuse them.',
    fix: 'Write it as the finding shows.',
  }),
  rule('bounds', {
    id: 'option-bounds',
    what: 'Numbers, texts and lists keep within their bounds.',
    why: 'The cluster would refuse them.',
    fix: 'Keep within the bounds that the finding names.',
  }),
];

/** The user's options as far as they are of use, and what is wrong with them. */
export interface AcceptedOptions {
  readonly findings: readonly Finding[];
  /**
   * The options as plain data without what is wrong, so that a fleet can be checked across all files at once although one of them is
   * wrong. What misses something without a default goes as a whole; undefined where too little is left.
   */
  readonly options: unknown;
}

/** Holds the user's options against the schema of their type: values that are no data, then whatever the schema has against them. */
export function acceptOptions(words: Words, validate: ValidateFunction, schema: SchemaObject): AcceptedOptions {
  const judged = optionComplaints(words.options, validate, schema);
  return { findings: findings(optionRules, { words, complaints: judged.complaints }), options: usable(judged, validate, schema) };
}

function usable({ copy, complaints: wrong }: Judged, validate: ValidateFunction, schema: SchemaObject): unknown {
  if (wrong.length === 0) return copy;
  const paths = wrong.map(({ kind, path }) => (kind === 'missing' ? path.slice(0, -1) : path));
  if (paths.some((path) => path.length === 0)) return undefined;
  // From the end, so that the places in a list that are still to go do not move.
  for (const path of paths.toReversed()) remove(copy, path);
  return usable(optionComplaints(copy, validate, schema), validate, schema);
}

/** A copy of what the user wrote, plain and its own, and all that is against it. */
interface Judged {
  readonly copy: unknown;
  readonly complaints: readonly Complaint[];
}

function optionComplaints(options: unknown, validate: ValidateFunction, schema: SchemaObject): Judged {
  const { copy, notPlain } = plainData(options);
  const strange = notPlain.map(({ path, what }): Complaint => ({ kind: 'data', path, message: `${what} is no plain data`, fix: 'write the value itself: a string, a number, true, false, null, a list or a map' }));
  if (notPlain.some(({ path }) => path.length === 0)) return { copy, complaints: strange };
  const said = new Set(strange.map(({ path }) => pathText(path)));
  const others = validate(copy) ? [] : complaints(validate.errors ?? [], copy, schema, 'option', patternWords);
  return { copy, complaints: [...strange, ...others.filter(({ path }) => !said.has(pathText(path)))] };
}

function remove(value: unknown, path: Path): void {
  const parent = valueAt(value, path.slice(0, -1));
  const last = path.at(-1);
  if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else if (isMap(parent)) delete parent[String(last)];
}
