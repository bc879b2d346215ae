import { checkFleet, checkOptions, checkUnit } from '../checks';
import type { Finding } from '../finding';
import { type Fleet, type FleetOptions, resolveFleet, units } from '../fleet';
import { emit } from '../gitops/emit';
import * as library from '../index';
import { renderManifest, renderScript } from '../output/render';
import type { Tree } from '../output/tree';
import { loadSources } from '../source/load';
import { describedHomeservers } from './describe';

/** What a fleet's sources give: everything that would be in `dist/`, and what is wrong. The tree only counts where no finding is an error. */
export interface Synthesis {
  readonly tree: Tree;
  readonly findings: readonly Finding[];
}
