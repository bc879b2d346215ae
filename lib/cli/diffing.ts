import { type Baseline, isFindings } from '../baseline/baseline';
import { baseline, type BaselineOptions } from '../baseline/choose';
import type { TracedFleet } from '../checks';
import { difference } from '../diff/difference';
import { meaningsOf } from '../diff/meanings';
import type { Finding } from '../finding';
import { guard, meantAt } from '../guard/guard';
import { guardRules } from '../guard/rules';
import { sceneOf } from '../guard/scene';
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
  const { view, findings: further } = compareTree(base, tree, fleet);
  return { ...view && { view }, findings: [...findings, ...further] };
}

function compareTree(base: Baseline | Finding, tree: Tree, fleet: TracedFleet): Comparison {
  if ('rule' in base) return { findings: [base] };
  const differing = base.differing(tree);
  if (isFindings(differing)) return { findings: differing };
  const changes = difference(differing);
  const scene = sceneOf(changes, fleet);
  const dangers = guardRules.flatMap(({ id: rule, check }) => [...check(scene)].map((danger) => ({ ...danger, meant: meantAt({ ...danger, rule }, fleet) })));
  return { view: viewOf(base.name, changes, meaningsOf, dangers), findings: guard(changes, fleet) };
}
