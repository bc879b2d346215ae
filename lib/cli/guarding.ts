import { isFindings } from '../baseline/baseline';
import { committed } from '../baseline/committed';
import { difference } from '../diff/difference';
import type { Finding } from '../finding';
import { guard } from '../guard/guard';
import type { Synthesis } from './synthesis';

/**
 * What the guard has against writing a tree: compared with `dist/` as it is committed, since that is what Argo CD may have applied.
 * Where nothing is committed, nothing can be lost.
 */
export function guardFindings(folder: string, { tree, fleet, isWhole }: Synthesis): readonly Finding[] {
  // Of sources that are wrong there is no tree to compare.
  if (fleet === undefined || !isWhole) return [];
  const base = committed(folder);
  if (base === undefined) return guard(undefined, fleet);
  if ('rule' in base) return [base];
  const differing = base.differing(tree);
  return isFindings(differing) ? differing : guard(difference(differing), fleet);
}
