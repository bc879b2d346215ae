import type { Finding } from '../finding';

/** Something wrong that a rule saw: a finding, but for what the rule itself says. */
export type Fault = Pick<Finding, 'file' | 'path' | 'message' | 'fix'>;

/** What a rule says of itself: a line of `docs/rules.md`. */
export interface RuleText {
  /** Kebab-case, e.g. `port-taken`; the name of its fixtures, too. */
  readonly id: string;
  readonly severity: Finding['severity'];
  /** What must hold, one sentence. */
  readonly what: string;
  /** What happens otherwise, with its source where it is a fact from elsewhere. */
  readonly why: string;
  /** What to do about it in general, one sentence; each finding says it for its own case. */
  readonly fix: string;
}

/**
 * One thing that can be wrong.
 * A fault's message goes on where its path ends: `rtc.tcp` `30011 is taken by instances/demo.ts`.
 */
export interface Rule<Subject> extends RuleText {
  readonly check: (subject: Subject) => Iterable<Fault>;
}

/** Everything that the rules find, each thing once: what defaults say wrongly is wrong in every homeserver. */
export function findings<Subject>(rules: readonly Rule<Subject>[], subject: Subject): Finding[] {
  const found = new Map<string, Finding>();
  for (const { id, severity, check } of rules) {
    for (const fault of check(subject)) found.set(`${id}\n${fault.file}\n${fault.path}\n${fault.message}`, { rule: id, severity, ...fault });
  }
  return [...found.values()];
}
