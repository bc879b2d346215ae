import { bench } from './bench';
import { budget } from './budget';
import { check } from './check';
import { completion } from './completion';
import { diff } from './diff';
import { dns } from './dns';
import { explain } from './explain';
import { images } from './images';
import { imports } from './imports';
import { list } from './list';
import { newHomeserver } from './new';
import { ports } from './ports';
import { proxy } from './proxy';
import { runbook } from './runbook';
import { seal } from './seal';
import { secrets } from './secrets';
import { synth } from './synth';
import { users } from './users';
import type { Verb } from './verb';

/** Every verb, in the order of help. */
export const verbs: readonly Verb[] = [synth, diff, check, list, newHomeserver, runbook, explain, users, dns, ports, proxy, images, secrets, seal, budget, imports, bench, completion];
