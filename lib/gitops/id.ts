import type { Construct } from 'constructs';

/**
 * The id of a scope's next child: its place among the others. Ids made of names would differ from unit to unit, and a map of children whose
 * keys are always new costs more than all else of a construct. Two objects of one name get ids of their own: the checks see both.
 */
export function nextId({ node }: Construct): string {
  return `child ${node.children.length}`;
}
