import { closeSync, mkdirSync, openSync, readdirSync, rmdirSync, unlinkSync } from 'node:fs';
import { isTrouble } from './trouble';

const CLAIM = /^(\d+)\.lock$/;

/**
 * Claims the folder `pending`, which it makes, for this process. Everybody first puts down a claim with the number of their own process,
 * then looks for others': of two that come at once at least one sees the other, and whoever sees a living one steps back. So nobody ever
 * takes a claim from another; those of dead processes are swept away.
 *
 * @returns the living process that is there already; undefined: the folder is ours
 */
export function claim(pending: string): number | undefined {
  putDown(pending);
  const others = readdirSync(pending).flatMap((name) => CLAIM.exec(name)?.[1] ?? []).map(Number).filter((id) => id !== process.pid);
  const rival = others.find(isAlive);
  if (rival === undefined) for (const dead of others) unlinkSync(`${pending}/${dead}.lock`);
  else release(pending);
  return rival;
}

/** Takes the claim back, and the folder away if nothing else is in it. */
export function release(pending: string): void {
  unlinkSync(`${pending}/${process.pid}.lock`);
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
      closeSync(openSync(`${pending}/${process.pid}.lock`, 'w'));
      return;
    } catch (error) {
      if (!isTrouble(error) || error.code !== 'ENOENT' || tries === 10) throw error;
    }
  }
}

function isAlive(id: number): boolean {
  try {
    return process.kill(id, 0);
  } catch (error) {
    return isTrouble(error) && error.code === 'EPERM';
  }
}
