import { type Assessment, assess } from '../budget/budgets';
import { checkBudgets } from '../budget/rules';
import { audible, silence, type TracedFleet, unbuildable } from '../checks';
import { type Finding, hasErrors } from '../finding';
import * as library from '../index';
import type { Tree } from '../output/tree';
import { releaseCompiler } from '../source/compile';
import { compileSources, type Sources } from '../source/load';
import { accept } from './accept';
import { type Fork, helperFor, together } from './threads';
import { distinct, silencingOf, type Understanding, understand, understood } from './model';
import { type Parts, partsOf } from './part';

/** What a fleet's sources give: everything that would be in `dist/`, and what is wrong. The tree only counts where no finding is an error. */
export interface Synthesis {
  readonly tree: Tree;
  readonly findings: readonly Finding[];
  /** The resolved model beside the user's words; absent where main.ts cannot be resolved. */
  readonly fleet: TracedFleet | undefined;
  /** Whether the tree is all that the sources give: nothing is wrong, or nothing but what the cluster has room for. */
  readonly isWhole: boolean;
  /** The fleet on its cluster; absent where something else is wrong first. */
  readonly assessment?: Assessment;
}

/**
 * From a fleet's folder to its tree. Writes nothing.
 * @param fork starts the second thread that a large fleet is worth @default - this one does it all
 * @param compiling its files, where somebody has begun with them
 */
export async function synthesise(folder: string, root: string, fork?: Fork, compiling = compileSources(folder, root)): Promise<Synthesis> {
  const { instances, run } = await compiling;
  // Not sooner: the compiler takes two threads, too.
  const helper = fork && helperFor(instances, fork);
  if (helper) void releaseCompiler();
  const acceptance = accept(run(library));
  const finish = helper && acceptance.accepted && together(helper, acceptance.accepted);
  const understanding = understood(acceptance);
  const { fleet } = understanding;
  return synthesised(understanding, finish && fleet && !isWrong(understanding) ? await finish(fleet) : undefined);
}

/** From sources to a tree: options, model, constructs, manifests, checks. */
export function synthesiseSources(sources: Sources): Synthesis {
  return synthesised(understand(sources));
}

/** @param made the parts of the fleet, where they were made elsewhere */
function synthesised(understanding: Understanding, made?: Parts): Synthesis {
  const { fleet, findings: known } = understanding;
  const tree = new Map<string, string>();
  if (fleet === undefined) return { tree, findings: known, fleet, isWhole: false };
  const silencing = silencingOf(fleet);
  const findings = [...known];
  const silenced = () => silence(distinct(findings), silencing);
  if (isWrong(understanding)) {
    findings.push(...consequences(fleet, audible(known, silencing)));
    return { tree, findings: silenced(), fleet, isWhole: false };
  }
  const { platform, homeservers } = made ?? partsOf(fleet);
  for (const { findings: own, built, failure } of [platform, ...homeservers]) {
    findings.push(...own);
    for (const [path, text] of built?.files ?? []) tree.set(path, text);
    if (built) continue;
    // Only an error that is silenced may be in the way; whatever else is, is a bug.
    const inTheWay = unbuildable(findings, silencing);
    if (inTheWay === undefined) throw failure;
    findings.push(inTheWay);
  }
  const isWhole = !hasErrors(silenced());
  const demands = homeservers.flatMap(({ built }) => built?.demand ?? []);
  if (platform.built === undefined || demands.length < homeservers.length) return { tree, findings: silenced(), fleet, isWhole };
  const assessment = assess(fleet, platform.built.demand, demands);
  findings.push(...checkBudgets(assessment));
  return { tree, findings: silenced(), fleet, isWhole, assessment };
}

/** Whether options are wrong, or the fleet as a whole: what is built of them then counts for nothing. */
function isWrong({ fleet, findings }: Understanding): boolean {
  return fleet === undefined || hasErrors(audible(findings, silencingOf(fleet)));
}

/** What units find of options that are known to be wrong: those may lead anywhere, even to where nothing can be built. */
function consequences(fleet: TracedFleet, heard: readonly Finding[]): Finding[] {
  const { platform, homeservers } = partsOf(fleet, () => new Map());
  // A warning may be about something else in the same place.
  const said = new Set(heard.filter(({ severity }) => severity === 'error').map(({ file, path }) => `${file}: ${path}`));
  return [platform, ...homeservers].flatMap(({ findings }) => findings.filter(({ file, path }) => !said.has(`${file}: ${path}`)));
}
