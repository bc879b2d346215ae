import { type Demand, demandOfPlatform } from '../budget/demand';
import { demandOfHomeserver, type HomeserverDemand } from '../budget/ess';
import { checkUnit, type Seen, type Traced, type TracedFleet } from '../checks';
import type { Finding } from '../finding';
import { type Document, emit } from '../gitops/emit';
import type { Unit } from '../gitops/folder';
import type { Manifest } from '../gitops/manifest';
import { contentOf } from '../homeserver/content';
import type { Homeserver } from '../homeserver/homeserver';
import { renderManifest, renderScript } from '../output/render';
import type { Platform } from '../platform/platform';
import { homeserverUnit, platformUnit } from '../units';

/** What one unit adds to a synthesis: plain data, so that it does not matter in which thread it was made. */
export interface Part<Wants> {
  readonly findings: readonly Finding[];
  /** What it adds to `dist/`, and wants of the cluster. */
  readonly built?: {
    readonly files: readonly (readonly [path: string, text: string])[];
    readonly demand: Wants;
  };
  /** Why it could not be built. */
  readonly failure?: unknown;
}

/** What a whole fleet gives, its homeservers in their order. */
export interface Parts {
  readonly platform: Part<Demand>;
  readonly homeservers: readonly Part<HomeserverDemand>[];
}

/** @param seen gives what the units before one emitted, to which its own is added @default - one for all: no two may have the same */
export function partsOf(fleet: TracedFleet, seen = sharedBy(new Map())): Parts {
  return { platform: platformPart(fleet, seen()), homeservers: fleet.homeservers.map((homeserver) => homeserverPart(fleet, homeserver, seen())) };
}

const sharedBy = (seen: Seen) => () => seen;

/** @param seen what other units emitted, to which this one's is added */
export function platformPart({ platform }: TracedFleet, seen: Seen): Part<Demand> {
  const { model } = platform;
  return part(platform, platform, seen, () => ({ unit: platformUnit(model), demand: (documents) => demandOfPlatform(model, documents.map(({ manifest }) => manifest)) }));
}

/** @param seen what other units emitted, to which this one's is added */
export function homeserverPart({ platform }: TracedFleet, homeserver: Traced<Homeserver>, seen: Seen): Part<HomeserverDemand> {
  return part(homeserver, platform, seen, () => {
    const content = contentOf(homeserver.model);
    return { unit: homeserverUnit(platform.model, homeserver.model, content), demand: () => demandOfHomeserver(homeserver.model, content) };
  });
}

function part<Wants>(
  traced: Traced<Platform> | Traced<Homeserver>, { model: { cluster } }: Traced<Platform>, seen: Seen,
  build: () => { readonly unit: Unit; readonly demand: (documents: readonly Document[]) => Wants },
): Part<Wants> {
  let findings: readonly Finding[] = [];
  try {
    const { unit, demand } = build();
    const emitted = emit(unit);
    findings = checkUnit(emitted, traced, cluster.kubernetes, seen);
    const { documents, files } = emitted;
    const texts = [
      ...[...byPath(documents)].map(([path, objects]) => [path, renderManifest(...objects)] as const),
      ...files.map(({ path, text }) => [path, renderScript(text)] as const),
    ];
    return { findings, built: { files: texts, demand: demand(documents) } };
  } catch (failure) {
    return { findings, failure };
  }
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
