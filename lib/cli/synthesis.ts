import { audible, checkUnit, type Seen, silence, type Traced, type TracedFleet, unbuildable } from '../checks';
import { type Finding, hasErrors } from '../finding';
import { type Document, emit } from '../gitops/emit';
import type { Unit } from '../gitops/folder';
import type { Manifest } from '../gitops/manifest';
import type { Homeserver } from '../homeserver/homeserver';
import * as library from '../index';
import { renderManifest, renderScript } from '../output/render';
import type { Tree } from '../output/tree';
import type { Platform } from '../platform/platform';
import { loadSources, type Sources } from '../source/load';
import { homeserverUnit, platformUnit } from '../units';
import { distinct, silencingOf, understand } from './model';

/** What a fleet's sources give: everything that would be in `dist/`, and what is wrong. The tree only counts where no finding is an error. */
export interface Synthesis {
  readonly tree: Tree;
  readonly findings: readonly Finding[];
  /** The resolved model beside the user's words; absent where main.ts cannot be resolved. */
  readonly fleet: TracedFleet | undefined;
}

/** From a fleet's folder to its tree. Writes nothing. */
export async function synthesise(folder: string, root: string): Promise<Synthesis> {
  return synthesiseSources(await loadSources(folder, root, library));
}

/** From sources to a tree: options, model, constructs, manifests, checks. */
export function synthesiseSources(sources: Sources): Synthesis {
  const { fleet, findings: known } = understand(sources);
  const findings: Finding[] = [...known];
  const tree = new Map<string, string>();
  if (fleet === undefined) return { tree, findings, fleet };

  const { platform, homeservers } = fleet;
  const silencing = silencingOf(fleet);
  const heard = audible(findings, silencing);
  const said = new Set(heard.map(({ file, path }) => `${file}: ${path}`));
  const wrong = hasErrors(heard);
  const seen: Seen = new Map();
  const add = (build: () => Unit, of: Traced<Homeserver> | Traced<Platform>): void => {
    try {
      const emitted = emit(build());
      findings.push(...checkUnit(emitted, of, platform.model.cluster.kubernetes, wrong ? new Map() : seen).filter(({ file, path }) => !said.has(`${file}: ${path}`)));
      if (wrong) return;
      for (const [path, objects] of byPath(emitted.documents)) tree.set(path, renderManifest(...objects));
      for (const { path, text } of emitted.files) tree.set(path, renderScript(text));
    } catch (error) {
      // Options that are known to be wrong may lead anywhere; only what comes of right ones is a bug.
      if (wrong) return;
      const silenced = unbuildable(findings, silencing);
      if (silenced === undefined) throw error;
      findings.push(silenced);
    }
  };
  add(() => platformUnit(platform.model), platform);
  for (const homeserver of homeservers) add(() => homeserverUnit(platform.model, homeserver.model), homeserver);
  return { tree, findings: silence(distinct(findings), silencing), fleet };
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
