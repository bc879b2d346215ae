/**
 * The change of a folder, whole or not at all, even if the process is killed at any instant or the disk is full:
 *
 * 1. All that is new is written beside the tree, into `new/`. Nothing in the tree has changed.
 * 2. The journal, put into place by one rename, lists the moves.
 * 3. What goes is moved to `old/`, then what is new to its place. Nothing is deleted, nothing written: a full disk matters no more.
 * 4. The journal is removed: the change is done. What is in `old/` is deleted.
 *
 * Whoever finds a journal moves everything back; whoever finds none deletes what is in `new/` and `old/`.
 * The system's crash, unlike the process's, may lose or empty files that it had not yet put on the disk: the next `synth` writes them
 * again. The journal alone is put there before it counts, and if it is damaged all the same, it counts as none.
 */
import { closeSync, existsSync, lstatSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Move, ownFiles } from './compare';
import { type Folder, PENDING } from './folder';
import { isScript } from './header';

/** A move as the journal has it: its place in the list is the name of its files in `new/` and `old/`. */
interface Entry {
  readonly path: string;
  readonly comes: boolean;
}

/**
 * Makes all moves in the folder `dir`, or none.
 * @throws an error of the file system, after everything was moved back
 */
export function replace(dir: string, moves: readonly Move[]): void {
  const pending = `${dir}/${PENDING}`;
  try {
    for (const folder of ['new', 'old']) mkdirSync(`${pending}/${folder}`);
    moves.forEach((move, index) => move.in !== undefined && stage(`${pending}/new/${index}`, move.in));
    const entries = moves.map(({ path, in: content }): Entry => ({ path, comes: content !== undefined }));
    writeFileSync(`${pending}/journal.part`, JSON.stringify(entries), { flush: true });
    renameSync(`${pending}/journal.part`, `${pending}/journal`);
    moves.forEach(({ path, out }, index) => out && renameSync(`${dir}/${path}`, `${pending}/old/${index}`));
    moves.forEach(({ path, in: content }, index) => content !== undefined && place(`${pending}/new/${index}`, `${dir}/${path}`));
    unlinkSync(`${pending}/journal`);
  } catch (error) {
    undo(dir);
    throw error;
  }
}

/** Moves everything back that an unfinished change has moved. What somebody else has put or removed there since is left as it is. */
export function undo(dir: string): void {
  const pending = `${dir}/${PENDING}`;
  if (!existsSync(`${pending}/journal`)) return;
  const entries = unfinished(dir);
  entries.forEach(({ path, comes }, index) => {
    const status = lstatSync(`${dir}/${path}`, { throwIfNoEntry: false });
    const isInPlace = comes && status !== undefined && !existsSync(`${pending}/new/${index}`);
    if (isInPlace && ownFiles(dir, path, status) !== undefined) renameSync(`${dir}/${path}`, `${pending}/new/${index}`);
  });
  entries.forEach(({ path }, index) => {
    const isWelcome = existsSync(dirname(`${dir}/${path}`)) && lstatSync(`${dir}/${path}`, { throwIfNoEntry: false }) === undefined;
    if (isWelcome && existsSync(`${pending}/old/${index}`)) renameSync(`${pending}/old/${index}`, `${dir}/${path}`);
  });
  unlinkSync(`${pending}/journal`);
}

/** The moves that the journal in the folder `dir` lists; none if it is damaged, for all that is pending can be generated again. */
export function unfinished(dir: string): readonly Entry[] {
  const journal = readFileSync(`${dir}/${PENDING}/journal`, 'utf8');
  try {
    const entries: unknown = JSON.parse(journal);
    return Array.isArray(entries) && entries.every(isEntry) ? entries : [];
  } catch {
    return [];
  }
}

function isEntry(value: unknown): value is Entry {
  const { path, comes } = (value ?? {}) as Partial<Record<keyof Entry, unknown>>;
  return typeof path === 'string' && typeof comes === 'boolean';
}

/** Deletes what no journal lists. */
export function sweep(dir: string): void {
  const pending = `${dir}/${PENDING}`;
  if (existsSync(`${pending}/journal`)) return;
  for (const name of ['new', 'old', 'journal.part']) rmSync(`${pending}/${name}`, { recursive: true, force: true });
}

/** Writes a file, or a folder with all that is in it; a script can be run. */
function stage(path: string, content: string | Folder): void {
  if (typeof content === 'string') {
    create(path, content);
  } else {
    mkdirSync(path);
    for (const [name, inner] of content) stage(`${path}/${name}`, inner);
  }
}

/** With a path and options instead of a descriptor, writeFileSync takes half as long again. */
function create(path: string, text: string): void {
  const descriptor = openSync(path, 'wx', isScript(text) ? 0o777 : 0o666);
  try {
    writeFileSync(descriptor, text);
  } finally {
    closeSync(descriptor);
  }
}

/** A rename that overwrites nothing: neither what came since the survey nor what a file system takes for the same name. */
function place(from: string, to: string): void {
  if (lstatSync(to, { throwIfNoEntry: false }) !== undefined) {
    throw Object.assign(new Error('EEXIST: file already exists'), { code: 'EEXIST', syscall: 'rename', path: from, dest: to });
  }
  renameSync(from, to);
}
