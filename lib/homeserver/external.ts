import type { Manifest } from '../gitops/manifest';
import type { Homeserver } from './homeserver';
import type { ExternalPlace } from './place';

type Values = Record<string, unknown>;

/** Name of the volume, and of the object that holds the certificates where they stand in the sources. */
const name = 'database-ca';
const mountPath = `/etc/fleet/${name}`;

/** Where pods find the authority of an external database, if there is one. */
export const caFile = `${mountPath}/ca.crt`;

export const caMounts = [{ name, mountPath, readOnly: true }];

/** The volume of the authority: of whoever's making, its file is `ca.crt`. */
export function caVolumes({ ca }: ExternalPlace): readonly Values[] {
  if (ca === undefined) return [];
  if (typeof ca === 'string') return [{ name, configMap: { name } }];
  const items = [{ key: ca.key, path: 'ca.crt' }];
  return [{ name, ...ca.kind === 'ConfigMap' ? { configMap: { name: ca.name, items } } : { secret: { secretName: ca.name, items } } }];
}

/** The object that holds the authority, where it stands in the sources: everybody may read it. */
export function caObjects({ place }: Homeserver, namespace: string): readonly Manifest[] {
  if (place.kind !== 'external' || typeof place.ca !== 'string') return [];
  return [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace }, data: { 'ca.crt': place.ca } }];
}

/** The chart has no value for an authority: a volume, which also reaches what runs before the main container, and each service's own setting. */
export function caValues({ place }: Homeserver, config: string): Values {
  if (place.kind !== 'external' || place.ca === undefined) return {};
  return { extraVolumes: caVolumes(place), extraVolumeMounts: caMounts, additional: { 'fleet-database.yaml': { config } } };
}
