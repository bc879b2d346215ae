import type { TracedFleet } from '../checks/traced';
import type { Homeserver } from '../homeserver/homeserver';
import { secretsOf } from '../homeserver/secrets';
import { laterSecrets } from '../platform/secrets';
import type { SecretSpec } from '../secrets/secret';
import type { SecretWay } from '../secrets/way';

/** A Secret that must be in the cluster before a homeserver starts. */
export interface NeededSecret {
  /** `NAMESPACE/NAME` */
  readonly secret: string;
  /** What only the admin has: the variable that `secrets.sh` reads, and what it is. Everything else is made there. */
  readonly supplied: readonly { readonly variable: string; readonly what: string }[];
}

/** Every Secret that a homeserver needs beside those that the chart makes. */
export function neededSecrets(homeserver: Homeserver): readonly NeededSecret[] {
  return secretsOf(homeserver).map(({ namespace, name, keys }) => ({
    secret: `${namespace}/${name}`,
    supplied: keys.flatMap((key) => ('supplied' in key ? [{ variable: key.supplied, what: key.what }] : [])),
  }));
}

/** A Secret of the fleet, the way that it goes, and who it is for. */
export interface FleetSecret {
  readonly spec: SecretSpec;
  readonly way: SecretWay;
  /** Name of a homeserver, or `platform`. */
  readonly who: string;
  /** The user's file that wants it. */
  readonly file: string;
}

/** Every Secret of the fleet, but those that Gitea and Argo CD start with. */
export function* fleetSecrets({ platform: { model }, homeservers }: TracedFleet): Generator<FleetSecret> {
  for (const spec of laterSecrets(model)) yield { spec, way: model.secrets, who: 'platform', file: model.file };
  for (const { model } of homeservers) for (const spec of secretsOf(model)) yield { spec, way: model.secrets, who: model.name, file: model.file };
}

/** Every Secret that is sealed, by now or soon. */
export function sealedSpecs(fleet: TracedFleet): readonly FleetSecret[] {
  return [...fleetSecrets(fleet)].filter(({ way }) => way === 'sealed');
}
