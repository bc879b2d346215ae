/** Exit statuses: the interface that scripts and workflows build on. */
export const exit = {
  ok: 0,
  /** There are differences (`synth --check`). */
  differences: 1,
  /** Something is wrong with what the user wrote, or with how the command was called. */
  findings: 2,
  /** A bug of this program, with a stack trace. */
  bug: 70,
} as const;
