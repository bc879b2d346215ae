import { resolve } from 'node:path';
import type { Fork } from './threads';

/** What a verb may use of the process it runs in. */
export interface Io {
  /** The project's own folder, where `lib` and `imports` are. */
  readonly root: string;
  /** The folder that the command was called in. */
  readonly cwd: string;
  readonly env: Readonly<NodeJS.ProcessEnv>;
  /** Whether `out` is a terminal that takes colours, and nobody minds (`NO_COLOR`). */
  readonly isColoured: boolean;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** What starts a second thread. @default - there is none */
  readonly fork?: Fork;
}

/** The folder of the fleet that a command is about: what `--fleet` names, else the project's own. */
export function fleetFolder(fleet: string | undefined, { root, cwd }: Io): string {
  return fleet === undefined ? root : resolve(cwd, fleet);
}
