import type { Manifest } from '../gitops/manifest';
import { externalObjects, type Store } from './external';
import { missingKeys, placeOf, type Sealed, sealedSecret } from './sealed';
import type { SecretSpec } from './secret';
import { placeholderSecret, type VaultPlugin } from './vault-plugin';
import type { SecretWay } from './way';

/** What a fleet has for its Secrets to come from, whichever way each goes. */
export interface SecretSources {
  readonly sealed: Sealed;
  /** Absent where no operator reads one. */
  readonly store: Store | undefined;
  readonly vaultPlugin: VaultPlugin | undefined;
}

export const noSources: SecretSources = { sealed: new Map(), store: undefined, vaultPlugin: undefined };

/**
 * The objects that bring a Secret by its way; none for one that `secrets.sh` makes, and none for one whose values are not all sealed
 * yet, since whatever mounts it had better wait than start with half of it.
 */
export function secretManifests(way: SecretWay, spec: SecretSpec, { sealed, store, vaultPlugin }: SecretSources): readonly Manifest[] {
  switch (way) {
    case 'bootstrap': return [];
    case 'sealed': return missingKeys(spec, sealed).length > 0 ? [] : [sealedSecret(spec, sealed.get(placeOf(spec)) ?? {})];
    case 'external': return store ? externalObjects(spec, store) : [];
    case 'vault-plugin': return vaultPlugin ? [placeholderSecret(spec, vaultPlugin)] : [];
  }
}
