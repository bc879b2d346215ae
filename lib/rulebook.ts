import { budgetRules } from './budget/rules';
import type { RuleText } from './checks/rule';
import { ruleFamilies } from './checks/rules';
import { type Rulebook, silenceRules } from './checks/silence';
import { guardTexts } from './guard/rules';
import { outputRules } from './output/rules';
import { sourceRules } from './source/rules';

/** Rules that look at the same thing. */
export interface Family {
  readonly title: string;
  readonly rules: readonly RuleText[];
  /** What to do instead of silencing one of them, one sentence without a full stop; absent where that is possible. */
  readonly instead?: string;
}

const unreadable = 'mend what it finds: nothing can be built of what cannot be read';

/** Every rule of the program, in the order of reading. */
export const families: readonly Family[] = [
  { title: 'Files', rules: sourceRules, instead: unreadable },
  ...ruleFamilies.map(({ title, rules }) => ({ title, rules, ...title === 'Options' && { instead: unreadable } })),
  { title: 'Budgets', rules: budgetRules },
  { title: 'Dangerous changes', rules: guardTexts, instead: 'copy the line that the refusal prints into intends, which lets this change pass and no other' },
  { title: 'Silences', rules: silenceRules, instead: 'mend the other entries of silenced' },
  { title: 'Writing', rules: outputRules, instead: 'mend what it finds: dist/ cannot be written otherwise' },
];

export const rulebook: Rulebook = new Map(families.flatMap(({ rules, instead }) => rules.map(({ id }) => [id, instead])));
