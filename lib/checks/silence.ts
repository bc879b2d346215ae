import { type Finding, hasErrors } from '../finding';
import { type Fault, findings as found, type Rule } from './rule';
import { didYouMean } from './suggest';
import { placeIn, type Words } from './traced';

/** A rule that is not to speak, and why. */
export interface Silence {
  /** The rule's identifier, as findings print it, e.g. `fleet-too-large`. */
  readonly rule: string;
  /**
   * Why it does not hold here, for who reads it later.
   * @minLength 1
   */
  readonly reason: string;
}

/** Every rule by its identifier, and for one that cannot be silenced what to do instead: one sentence without a full stop. */
export type Rulebook = ReadonlyMap<string, string | undefined>;

/** What main.ts silences, where it does, and among which rules. */
export interface Silencing {
  readonly silenced: readonly Silence[];
  /** main.ts */
  readonly words: Words;
  readonly rulebook: Rulebook;
}

interface Judged extends Silencing {
  readonly findings: readonly Finding[];
}

/** The findings of the rules that may speak. */
export function audible(findings: readonly Finding[], { silenced, rulebook }: Pick<Silencing, 'silenced' | 'rulebook'>): Finding[] {
  if (silenced.length === 0) return [...findings];
  const silent = new Set(silenced.flatMap(({ rule }) => (rulebook.get(rule) === undefined ? [rule] : [])));
  return findings.filter(({ rule }) => !silent.has(rule));
}

/** The findings of the rules that may speak, and what is wrong with silencing the others. */
export function silence(findings: readonly Finding[], silencing: Silencing): Finding[] {
  return [...audible(findings, silencing), ...found(silenceRules, { ...silencing, findings })];
}

/**
 * What to say where nothing can be built although every error is silenced: the first of those is one too many.
 * @returns undefined where no error is silenced, so that something else is to blame
 */
export function unbuildable(findings: readonly Finding[], { silenced, words, rulebook }: Silencing): Finding | undefined {
  const heard = new Set(audible(findings, { silenced, rulebook }));
  const error = findings.find((finding) => finding.severity === 'error' && !heard.has(finding));
  if (error === undefined) return undefined;
  const index = silenced.findIndex(({ rule }) => rule === error.rule);
  const where = `${error.file}${error.path ? `: ${error.path}` : ''}`;
  return { rule: 'silence-impossible', severity: 'error', ...placeIn(words, ['silenced', index, 'rule']), message: `what ${error.rule} finds is in the way of building anything`, fix: `mend ${where}: ${error.fix}` };
}

const place = ({ words }: Judged, index: number, key = 'rule') => placeIn(words, ['silenced', index, key]);

function* unknown(judged: Judged): Generator<Fault> {
  for (const [index, { rule }] of judged.silenced.entries()) {
    if (judged.rulebook.has(rule)) continue;
    yield { ...place(judged, index), message: `there is no rule ${rule}`, fix: didYouMean(rule, [...judged.rulebook.keys()]) ?? 'write the identifier that the finding ends with; docs/rules.md has all of them' };
  }
}

function* impossible(judged: Judged): Generator<Fault> {
  for (const [index, { rule }] of judged.silenced.entries()) {
    const instead = judged.rulebook.get(rule);
    if (instead !== undefined) yield { ...place(judged, index), message: `${rule} cannot be silenced`, fix: instead };
  }
}

function* unused(judged: Judged): Generator<Fault> {
  // What else is wrong may hide what this silence is for.
  if (hasErrors(audible(judged.findings, judged))) return;
  const heard = new Set(judged.findings.map(({ rule }) => rule));
  for (const [index, { rule }] of judged.silenced.entries()) {
    if (!judged.rulebook.has(rule) || judged.rulebook.get(rule) !== undefined || heard.has(rule)) continue;
    yield { ...place(judged, index), message: `${rule} has nothing to say in this fleet`, fix: 'take the entry away' };
  }
}

function* twice(judged: Judged): Generator<Fault> {
  const seen = new Map<string, number>();
  for (const [index, { rule }] of judged.silenced.entries()) {
    const first = seen.get(rule);
    if (first === undefined) seen.set(rule, index);
    else yield { ...place(judged, index), message: `${rule} is silenced by silenced[${first}], too`, fix: 'keep one of them, with both reasons' };
  }
}

export const silenceRules: readonly Rule<Judged>[] = [
  {
    id: 'silence-unknown',
    severity: 'error',
    what: 'What is silenced is a rule.',
    why: 'A slip would silence nothing, and the entry would look as if it did.',
    fix: 'Write the identifier that the finding ends with.',
    check: unknown,
  },
  {
    id: 'silence-impossible',
    severity: 'error',
    what: 'What is silenced is a rule that something can be built without.',
    why: 'Sources and options that cannot be read give no fleet, a file that cannot be written gives no `dist/`, and what loses data is meant one by one.',
    fix: 'Mend what the rule finds; for a dangerous change that is meant, copy the line that the refusal prints.',
    check: impossible,
  },
  {
    id: 'silence-unused',
    severity: 'warning',
    what: 'What is silenced would speak otherwise.',
    why: 'A silence that outlives its reason hides the next mistake.',
    fix: 'Take the entry away.',
    check: unused,
  },
  {
    id: 'silence-twice',
    severity: 'error',
    what: 'A rule is silenced once.',
    why: 'Who takes one entry away would believe the rule to speak again.',
    fix: 'Keep one entry, with both reasons.',
    check: twice,
  },
];
