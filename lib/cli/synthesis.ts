import { type Assessment, assess } from '../budget/budgets';
import { checkBudgets } from '../budget/rules';
import { audible, checkUnit, type Seen, silence, type Traced, type TracedFleet, unbuildable } from '../checks';
import { type Finding, hasErrors } from '../finding';
import { type Document, emit, type Emitted } from '../gitops/emit';
import type { Unit } from '../gitops/folder';
import type { Manifest } from '../gitops/manifest';
import type { Homeserver } from '../homeserver/homeserver';
import { renderManifest, renderScript } from '../output/render';
import type { Tree } from '../output/tree';
import type { Platform } from '../platform/platform';
import type { Sources } from '../source/load';
import { homeserverUnit, platformUnit } from '../units';
import { distinct, readSources, silencingOf, understand } from './model';

/** What a fleet's sources give: everything that would be in `dist/`, and what is wrong. The tree only counts where no finding is an error. */
export interface Synthesis {
  readonly tree: Tree;
  readonly findings: readonly Finding[];
  /** The resolved model beside the user's words; absent where main.ts cannot be resolved. */
  readonly fleet: TracedFleet | undefined;
  /** Whether the tree is all that the sources give: nothing is wrong, or nothing but what the cluster has room for. */
  readonly isWhole: boolean;
  /** The fleet on its cluster; absent where something else is wrong first. */
  readonly assessment?: Assessment;
}

/** From a fleet's folder to its tree. Writes nothing. */
export async function synthesise(folder: string, root: string): Promise<Synthesis> {
  return synthesiseSources(await readSources(folder, root));
}

/** From sources to a tree: options, model, constructs, manifests, checks. */
export function synthesiseSources(sources: Sources): Synthesis {
  const { fleet, findings: known } = understand(sources);
  const findings: Finding[] = [...known];
  const tree = new Map<string, string>();
  if (fleet === undefined) return { tree, findings, fleet, isWhole: false };

  const { platform, homeservers } = fleet;
  const silencing = silencingOf(fleet);
  const heard = audible(findings, silencing);
  // A warning may be about something else in the same place.
  const said = new Set(heard.filter(({ severity }) => severity === 'error').map(({ file, path }) => `${file}: ${path}`));
  const wrong = hasErrors(heard);
  const seen: Seen = new Map();
  const add = (build: () => Unit, of: Traced<Homeserver> | Traced<Platform>): Emitted | undefined => {
    try {
      const emitted = emit(build());
      findings.push(...checkUnit(emitted, of, platform.model.cluster.kubernetes, wrong ? new Map() : seen).filter(({ file, path }) => !said.has(`${file}: ${path}`)));
      if (wrong) return undefined;
      for (const [path, objects] of byPath(emitted.documents)) tree.set(path, renderManifest(...objects));
      for (const { path, text } of emitted.files) tree.set(path, renderScript(text));
      return emitted;
    } catch (error) {
      // Options that are known to be wrong may lead anywhere; only what comes of right ones is a bug.
      if (wrong) return undefined;
      const silenced = unbuildable(findings, silencing);
      if (silenced === undefined) throw error;
      findings.push(silenced);
      return undefined;
    }
  };
  const ofPlatform = add(() => platformUnit(platform.model), platform);
  for (const homeserver of homeservers) add(() => homeserverUnit(platform.model, homeserver.model), homeserver);
  const isWhole = !hasErrors(silence(distinct(findings), silencing));
  const assessment = ofPlatform && assess(fleet, ofPlatform.documents.map(({ manifest }) => manifest));
  if (assessment) findings.push(...checkBudgets(assessment));
  return { tree, findings: silence(distinct(findings), silencing), fleet, isWhole, ...assessment && { assessment } };
}

/** The objects of each file: one, but for the bundle that is applied by hand. That no two share a file otherwise is checked before. */
function byPath(documents: readonly Document[]): Map<string, Manifest[]> {
  const files = new Map<string, Manifest[]>();
  for (const { path, manifest } of documents) {
    const before = files.get(path);
    if (before) before.push(manifest);
    else files.set(path, [manifest]);
  }
  return files;
}
