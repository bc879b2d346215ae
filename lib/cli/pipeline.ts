// What takes long to load, each part loaded when a verb asks for it: constructs and validators take longer than a verb that needs none of them.
import { compileSources } from '../source/load';
import type { Io } from './io';
import type { Synthesis } from './synthesis';

/** From sources to a tree, with all rules. */
export const pipeline = () => import('./synthesis.js');

/** From a fleet's folder to its tree. The compiler, a process of its own, has the user's files before anything is loaded that looks at them. */
export async function synthesising(folder: string, { root, fork }: Io): Promise<Synthesis> {
  const compiling = compileSources(folder, root);
  const { synthesise } = await pipeline();
  return synthesise(folder, root, fork, compiling);
}

/** What a second thread does of a large fleet. */
export const helping = () => import('./threads.js');

/** What the guard has against a tree. */
export const guarding = () => import('./guarding.js');

/** What a tree changes, and how it is told. */
export const diffing = () => import('./diffing.js');

/** From sources to the resolved model, with the rules across the fleet. */
export const model = () => import('./model.js');

/** What is done by hand for a homeserver. */
export const runbooks = () => import('../runbook/index.js');

/** The same for one that does not run. */
export const farewells = () => import('../guard/farewell.js');

/** Options by their types, and what they turn into. */
export const explaining = () => import('./explaining.js');
