import { type Baseline, isFindings } from '../baseline/baseline';
import { committed } from '../baseline/committed';
import { onDisk } from '../baseline/folder';
import { isPushed } from '../baseline/pushed';
import type { TracedFleet } from '../checks';
import { difference } from '../diff/difference';
import type { Finding } from '../finding';
import { guard } from '../guard/guard';
import type { Tree } from '../output/tree';
import type { Synthesis } from './synthesis';

/**
 * What the guard has against writing a tree: compared with `dist/` as it is committed, since that is what Argo CD may have applied.
 * Where nothing is committed, nothing is refused: what `dist/` on disk would lose is a warning.
 * @param folder the fleet's: git is asked while the tree is still made
 */
export async function guarded(folder: string, making: Promise<Synthesis>): Promise<Synthesis> {
  const [base, synthesis] = await Promise.all([committed(folder), making]);
  return { ...synthesis, findings: [...synthesis.findings, ...guardFindings(folder, synthesis, base)] };
}

function guardFindings(folder: string, { tree, fleet, isWhole }: Synthesis, base: Baseline | Finding | undefined): readonly Finding[] {
  // Of sources that are wrong there is no tree to compare.
  if (fleet === undefined || !isWhole) return [];
  if (base === undefined) return [...guard(undefined, fleet), ...warnings(folder, tree, fleet)];
  if ('rule' in base) return [base];
  const differing = base.differing(tree);
  return isFindings(differing) ? differing : guard(difference(differing), fleet, (path, label) => isPushed(folder, path, label));
}

/** A fleet that was never committed may have been applied all the same; in its first minutes it is free to change its names. */
function warnings(folder: string, tree: Tree, fleet: TracedFleet): readonly Finding[] {
  const differing = onDisk(folder).differing(tree);
  // What only comes takes nothing away.
  if (isFindings(differing) || differing.every(({ before }) => before === undefined)) return [];
  return guard(difference(differing), fleet)
    .filter(({ steps }) => steps !== undefined)
    .map((finding) => ({ ...finding, severity: 'warning', fix: `nothing is committed, so that it passes; where dist/ has been applied, ${finding.fix}` }));
}
