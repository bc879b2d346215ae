import { type Baseline, isFindings } from '../baseline/baseline';
import { baseline, type BaselineOptions } from '../baseline/choose';
import { isPushed } from '../baseline/pushed';
import type { TracedFleet } from '../checks';
import { difference } from '../diff/difference';
import { meaningsOf } from '../diff/meanings';
import type { Finding } from '../finding';
import { guard, meantAt } from '../guard/guard';
import { guardRules } from '../guard/rules';
import { type Scene, sceneOf } from '../guard/scene';
import type { Tree } from '../output/tree';
import { type View, viewOf } from '../report/view';
import type { Synthesis } from './synthesis';

export { diffMarkdown } from '../report/markdown';
export { diffText } from '../report/text';

/** What a tree changes, and what is wrong with it. Without a view: what keeps it from being compared. */
export interface Comparison {
  readonly view?: View;
  readonly findings: readonly Finding[];
}

/** A fleet's tree held against its baseline, which is looked up while the tree is still made. Writes nothing. */
export async function compared(folder: string, making: Promise<Synthesis>, options: BaselineOptions): Promise<Comparison> {
  const [base, { tree, fleet, findings, isWhole }] = await Promise.all([baseline(folder, options), making]);
  if (fleet === undefined || !isWhole) return { findings };
  // Any other revision than the last counts as applied.
  const isLast = options.base === undefined && options.mergeBase === undefined;
  const { view, findings: further } = compareTree(base, tree, fleet, isLast ? (path, label) => isPushed(folder, path, label) : undefined);
  return { ...view && { view }, findings: [...findings, ...further] };
}

function compareTree(base: Baseline | Finding, tree: Tree, fleet: TracedFleet, asPushed: Scene['isPushed'] | undefined): Comparison {
  if ('rule' in base) return { findings: [base] };
  const differing = base.differing(tree);
  if (isFindings(differing)) return { findings: differing };
  const changes = difference(differing);
  const scene = sceneOf(changes, fleet, asPushed);
  const dangers = guardRules.flatMap(({ id: rule, check }) => [...check(scene)].map((danger) => ({ ...danger, meant: meantAt({ ...danger, rule }, fleet) })));
  return { view: viewOf(base.name, changes, meaningsOf, dangers), findings: guard(changes, fleet, asPushed) };
}
