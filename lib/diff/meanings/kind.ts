import type { Difference } from '../change';
import type { Row, Says, Spot, WholeOf } from './row';

/** What changes of the objects of one kind mean. */
export interface KindWords {
  /** Fields, the more special ones first. */
  readonly fields: readonly Row[];
  /** Fields that cannot change, where there is more to say than that. */
  readonly frozen?: readonly Row[];
  /** A field that no row fits: never `none`, since nobody looked at it. */
  readonly otherwise: Says<Spot>;
  /** Where the fields alone do not tell: asked before them. */
  readonly sayings?: (spot: Spot) => readonly Says<Spot>[] | undefined;
  readonly appears: Whole;
  /** What is asked of the admin when it appears, told by what is in it. */
  readonly appearsToo?: (of: WholeOf) => readonly Says<WholeOf>[];
  /** Where it is deleted; what stays in the cluster is told alike for all kinds. */
  readonly goes: Whole;
}

/** What is said of an object on one side alone: always the same, or by what else is other in the tree. */
type Whole = readonly Says<WholeOf>[] | ((of: WholeOf, all: Difference) => readonly Says<WholeOf>[]);

/** A family of kinds, by `group/Kind`, and `/Kind` for the core group. */
export type Family = Readonly<Record<string, KindWords>>;
