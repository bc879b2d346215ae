import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, rmdirSync, unlinkSync } from 'node:fs';
import { isTrouble } from './trouble';

/** The claim of a process: the file in which it stands. */
export interface Claim {
  readonly file: string;
  /** The process's number. */
  readonly id: number;
  /** When it began, for its number may be another's by now; empty where the system does not say so. */
  readonly birth: string;
}

const CLAIM = /^(\d+)-?(\d*)\.lock$/;
const OWN = `${process.pid}-${birthOf(process.pid)}.lock`;

/**
 * Claims the folder `pending`, which it makes, for this process. Everybody first puts down a claim with the number of their own process,
 * then looks for others': of two that come at once at least one sees the other, and whoever sees a living one steps back. So nobody ever
 * takes a claim from another; those of dead processes are swept away.
 *
 * @returns the claim of a living process that is there already; undefined: the folder is ours
 */
export function claim(pending: string): Claim | undefined {
  putDown(pending);
  const others = readdirSync(pending).filter((file) => file !== OWN).flatMap(claimOf);
  const rival = others.find(isAlive);
  if (rival === undefined) for (const { file } of others) unlinkSync(`${pending}/${file}`);
  else release(pending);
  return rival;
}

/** Takes the claim back, and the folder away if nothing else is in it. */
export function release(pending: string): void {
  unlinkSync(`${pending}/${OWN}`);
  removeIfEmpty(pending);
}

/** Removes a folder, unless somebody uses it or was quicker. */
export function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch (error) {
    if (!isTrouble(error) || !['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes(error.code ?? '')) throw error;
  }
}

/** Whoever leaves takes the empty folder away, perhaps between our two steps: then once more. */
function putDown(pending: string): void {
  for (let tries = 1; ; tries++) {
    mkdirSync(pending, { recursive: true });
    try {
      closeSync(openSync(`${pending}/${OWN}`, 'w'));
      return;
    } catch (error) {
      if (!isTrouble(error) || error.code !== 'ENOENT' || tries === 10) throw error;
    }
  }
}

/** The claim that stands in a file of this name, if that is one. */
function claimOf(file: string): Claim[] {
  const [, id, birth] = CLAIM.exec(file) ?? [];
  return id === undefined || birth === undefined ? [] : [{ file, id: Number(id), birth }];
}

/** Whether there is a process of this number, and it is not known to be a later one. */
function isAlive({ id, birth }: Claim): boolean {
  try {
    process.kill(id, 0);
  } catch (error) {
    if (!isTrouble(error) || error.code !== 'EPERM') return false;
  }
  return birth === '' || ['', birth].includes(birthOf(id));
}

/**
 * When a process began, in ticks since the system did; empty where there is no `/proc`, or it does not tell.
 * The 22nd field (proc_pid_stat(5)); the second is a name in parentheses that may hold blanks and parentheses.
 */
function birthOf(id: number): string {
  try {
    return /^.*\)(?: \S+){19} (\d+)/s.exec(readFileSync(`/proc/${id}/stat`, 'latin1'))?.[1] ?? '';
  } catch (error) {
    if (!isTrouble(error)) throw error;
    return '';
  }
}
