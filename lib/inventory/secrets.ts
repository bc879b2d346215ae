import { databaseSecrets } from '../homeserver/database';
import type { Homeserver } from '../homeserver/homeserver';
import { restoredKeySecrets } from '../homeserver/keys';

/** A Secret that must be in the cluster before a homeserver starts. */
export interface NeededSecret {
  /** `NAMESPACE/NAME` */
  readonly secret: string;
  /** What only the admin has: the variable that `secrets.sh` reads, and what it is. Everything else is made there. */
  readonly supplied: readonly { readonly variable: string; readonly what: string }[];
}

/** Every Secret that a homeserver needs beside those that the chart makes. */
export function neededSecrets(homeserver: Homeserver): readonly NeededSecret[] {
  return [...databaseSecrets(homeserver), ...restoredKeySecrets(homeserver)].map(({ namespace, name, keys }) => ({
    secret: `${namespace}/${name}`,
    supplied: keys.flatMap((key) => ('supplied' in key ? [{ variable: key.supplied, what: key.what }] : [])),
  }));
}
