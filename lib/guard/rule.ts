import type { Path } from '../checks/path';
import type { RuleText } from '../checks/rule';
import type { Owner } from '../diff/change';
import type { Scene } from './scene';

/** A change that would destroy something stored, or cut it off from who uses it. */
export interface Danger {
  /** The object as messages call it: `PersistentVolumeClaim matrix-demo/matrix-demo-media`. */
  readonly object: string;
  /** Which part of the object, where several could change so: what is meant is then this part and no other. */
  readonly at?: string;
  /** The new value, where there is one: what is meant is then this value and no other. */
  readonly to?: string;
  readonly owner: Owner;
  /** Where in the owner's words it comes from: a homeserver's own file, or main.ts; empty: the file as a whole. */
  readonly option: Path;
  /** What changes and what would be lost by that, one sentence without a full stop. */
  readonly loses: string;
  /** How to do it safely, one step an entry, with the real names. */
  readonly steps: readonly string[];
}

/** One way to lose something by a push. What it finds is refused unless the user's source says that it is meant. */
export interface GuardRule extends Pick<RuleText, 'id' | 'what' | 'why'> {
  readonly check: (scene: Scene) => Iterable<Danger>;
}
