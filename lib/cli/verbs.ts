import { synth } from './synth';
import type { Verb } from './verb';

/** Every verb, in the order of help. */
export const verbs: readonly Verb[] = [synth];
