import type { Manifest } from '../gitops/manifest';
import type { Homeserver } from './homeserver';
import { ownObjects } from './own-objects';
import { chartValues } from './values';

/** What a homeserver consists of, as plain data: its unit is built of it, and what that wants of the cluster is read off it. */
export interface Content {
  /** Values of the ESS chart. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Objects beside the chart's and the user's own. */
  readonly objects: readonly Manifest[];
}

export function contentOf(homeserver: Homeserver): Content {
  return { values: chartValues(homeserver), objects: ownObjects(homeserver) };
}
