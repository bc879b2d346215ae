import type { Manifest } from '../gitops/manifest';
import { callsLoadBalancer } from './calls';
import { companions } from './companions';
import { databaseClaims } from './database';
import { caObjects } from './external';
import type { Homeserver } from './homeserver';
import { fromMirror } from './images';
import { isolationPolicies } from './isolation';
import { mediaObjects } from './media';
import { proxiedServices } from './proxied';

const caOfDatabase = (homeserver: Homeserver) => caObjects(homeserver, homeserver.names.release);

const kinds = [mediaObjects, databaseClaims, caOfDatabase, isolationPolicies, proxiedServices, callsLoadBalancer, companions];

/** What stands in a homeserver's namespace beside the objects of the chart and of the user. */
export function ownObjects(homeserver: Homeserver): readonly Manifest[] {
  return kinds.flatMap((objects) => objects(homeserver)).map((manifest) => fromMirror(homeserver, manifest));
}
