/**
 * Something that is wrong with what the user wrote, said so that they can mend it: where, what, and what to do.
 * Findings are collected, never thrown one by one, so that a user sees all of them at once.
 */
export interface Finding {
  /** The rule's identifier, kebab-case, e.g. `port-taken`. */
  readonly rule: string;
  /** An error stops `synth`; a warning is printed after a success and changes no exit status. */
  readonly severity: 'error' | 'warning';
  /** The user's file, relative to the fleet's folder, e.g. `instances/demo.ts`; empty: the command line. */
  readonly file: string;
  /** The path in what that file describes, e.g. `rtc.tcp` or `cluster.nodes[0].memory`; empty: the file as a whole. */
  readonly path: string;
  /** What is wrong, one sentence without a full stop. */
  readonly message: string;
  /** What to do about it, one sentence without a full stop. */
  readonly fix: string;
  /** How to do it safely, one step an entry, where that takes several. */
  readonly steps?: readonly string[];
}

/** Whether anything is wrong that must be mended first. */
export function hasErrors(findings: readonly Finding[]): boolean {
  return findings.some(({ severity }) => severity === 'error');
}
