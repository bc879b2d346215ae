import { budget } from './budget';
import { check } from './check';
import { dns } from './dns';
import { list } from './list';
import { newHomeserver } from './new';
import { ports } from './ports';
import { synth } from './synth';
import type { Verb } from './verb';

/** Every verb, in the order of help. */
export const verbs: readonly Verb[] = [synth, check, list, newHomeserver, dns, ports, budget];
