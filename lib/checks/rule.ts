import type { Finding } from '../finding';

/** Something wrong that a rule saw: a finding, but for what the rule itself says. */
export type Fault = Pick<Finding, 'file' | 'path' | 'message' | 'fix'>;

/**
 * One thing that can be wrong. `docs/rules.md` is made of these.
 * A fault's message goes on where its path ends: `rtc.tcp` `30011 is taken by instances/demo.ts`.
 */
export interface Rule<Subject> {
  /** Kebab-case, e.g. `port-taken`; the name of its fixtures, too. */
  readonly id: string;
  readonly severity: Finding['severity'];
  /** What must hold, one sentence. */
  readonly what: string;
  /** What happens otherwise, with its source where it is a fact from elsewhere. */
  readonly why: string;
  readonly check: (subject: Subject) => Iterable<Fault>;
}

/** Everything that the rules find. */
export function findings<Subject>(rules: readonly Rule<Subject>[], subject: Subject): Finding[] {
  return rules.flatMap(({ id, severity, check }) => Array.from(check(subject), (fault) => ({ rule: id, severity, ...fault })));
}
