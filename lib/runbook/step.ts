/** One thing to do. What is in `shell` is run as it stands by `npm run test:runbook`. */
export interface Step {
  /** Unique in a runbook: `dump-synapse`. */
  readonly id: string;
  /** What it does, and what to look at. */
  readonly text: string;
  /** Commands for bash, in the shell in which the first step was run; a status other than 0 means stop. Absent: done by hand. */
  readonly shell?: string;
}

export interface Section {
  readonly title: string;
  readonly text?: string;
  readonly steps: readonly Step[];
}

/** A procedure from its first command to its last. */
export interface Runbook {
  readonly title: string;
  /** For whom it is, and what must be known first. */
  readonly text: string;
  readonly sections: readonly Section[];
}
