import type { KubernetesVersion } from '../../imports';
import type { Document, Emitted } from '../gitops/emit';
import type { Homeserver } from '../homeserver/homeserver';
import { isMap } from '../merge';
import type { Platform } from '../platform/platform';
import type { Traced } from './traced';

/** Every object that was emitted so far, and every path of `dist/`, with the user's file that it comes from. */
export type Seen = Map<string, string>;

/** What the platform, or one homeserver, adds to `dist/`, beside what it was made from. */
export interface CheckedUnit {
  readonly emitted: Emitted;
  readonly charts: readonly ChartUse[];
  readonly traced: Traced<Homeserver> | Traced<Platform>;
  readonly kubernetes: KubernetesVersion;
  readonly seen: Seen;
  /** Takes what is wrong although no word of the user's says so: a bug of this program, or what follows from a mistake elsewhere. */
  readonly unexplained: (message: string) => void;
}

/** A chart at a version, and the values that an Application gives it. */
export interface ChartUse {
  readonly document: Document;
  readonly chart: string;
  readonly version: string;
  readonly values: Record<string, unknown>;
}

/** Every chart that a unit's Applications install with values as an object. */
export function chartUses({ documents }: Emitted): ChartUse[] {
  return documents.filter(({ manifest }) => manifest.kind === 'Application').flatMap((document) => {
    const { spec } = document.manifest;
    const source = isMap(spec) ? spec['source'] : undefined;
    if (!isMap(source) || typeof source['chart'] !== 'string' || !isMap(source['helm']) || !isMap(source['helm']['valuesObject'])) return [];
    return [{ document, chart: source['chart'], version: String(source['targetRevision']), values: source['helm']['valuesObject'] }];
  });
}
