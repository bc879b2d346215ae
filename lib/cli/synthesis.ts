import { acceptOptions, audible, checkFleet, checkUnit, type Seen, silence, type Silencing, type Traced, type TracedFleet, unbuildable, type Words } from '../checks';
import { type Finding, hasErrors } from '../finding';
import { type FleetOptions, homeserverUnit, platformUnit, resolveFleet } from '../fleet';
import { type Document, emit } from '../gitops/emit';
import type { Unit } from '../gitops/folder';
import type { Manifest } from '../gitops/manifest';
import type { Homeserver } from '../homeserver/homeserver';
import type { HomeserverOptions } from '../homeserver/options';
import * as library from '../index';
import { fleetType, homeserverType, type OptionType } from '../options';
import { renderManifest, renderScript } from '../output/render';
import type { Tree } from '../output/tree';
import type { Platform } from '../platform/platform';
import { rulebook } from '../rulebook';
import { loadSources, type Sources } from '../source/load';
import { homeserverWords } from './words';

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
  const findings: Finding[] = [...sources.findings];
  const tree = new Map<string, string>();

  const accept = (words: Words, { validate, schema }: OptionType): unknown => {
    const accepted = acceptOptions(words, validate, schema);
    findings.push(...accepted.findings);
    return accepted.options;
  };
  const main: Words | undefined = sources.main && { file: sources.main.file, path: '', options: sources.main.value };
  const options = main && accept(main, fleetType) as FleetOptions | undefined;
  const words = homeserverWords(sources)
    .map((own) => ({ own, options: accept(own, homeserverType) as HomeserverOptions | undefined }))
    .filter((one): one is Accepted => one.options !== undefined)
    .sort((a, b) => (a.options.name < b.options.name ? -1 : 1));
  if (main === undefined || options === undefined) return { tree, findings: distinct(findings), fleet: undefined };

  const fleet = resolveFleet(main.file, options, words.map((one) => ({ file: one.own.file, options: one.options })));
  const defaults: Words[] = options.defaults ? [{ file: main.file, path: 'defaults', options: options.defaults }] : [];
  const platform: Traced<Platform> = { model: fleet.platform, words: [{ file: main.file, path: '', options: main.options }] };
  const homeservers = fleet.homeservers.map((model, index): Traced<Homeserver> => ({ model, words: [words[index]!.own, ...defaults, main] }));
  const traced: TracedFleet = { ...fleet, platform, homeservers };
  findings.push(...checkFleet(traced));

  const silencing: Silencing = { silenced: fleet.silenced, words: platform.words[0], rulebook };
  const heard = audible(findings, silencing);
  const said = new Set(heard.map(({ file, path }) => `${file}: ${path}`));
  const wrong = hasErrors(heard);
  const seen: Seen = new Map();
  const add = (build: () => Unit, of: Traced<Homeserver> | Traced<Platform>): void => {
    try {
      const emitted = emit(build());
      findings.push(...checkUnit(emitted, of, fleet.platform.cluster.kubernetes, wrong ? new Map() : seen).filter(({ file, path }) => !said.has(`${file}: ${path}`)));
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
  add(() => platformUnit(fleet), platform);
  for (const homeserver of homeservers) add(() => homeserverUnit(fleet, homeserver.model), homeserver);
  return { tree, findings: silence(distinct(findings), silencing), fleet: traced };
}

interface Accepted {
  readonly own: Words;
  readonly options: HomeserverOptions;
}

/** What is wrong in the fleet's defaults is wrong for every homeserver, and is said once. */
function distinct(findings: readonly Finding[]): readonly Finding[] {
  return [...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()];
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
