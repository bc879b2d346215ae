/** What a verb may use of the process it runs in. */
export interface Io {
  /** The project's own folder, where `lib` and `imports` are. */
  readonly root: string;
  /** The folder that the command was called in. */
  readonly cwd: string;
  readonly env: Readonly<NodeJS.ProcessEnv>;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}
