import type { Construct } from 'constructs';
import { addManifests, type Manifest } from '../gitops/manifest';
import { ManifestFolder, type ManifestFolderProps } from '../gitops/manifest-folder';
import type { SecretWay } from './way';
import type { SecretSources } from './ways';

export interface SecretsFolderProps extends Omit<ManifestFolderProps, 'plugin'> {
  readonly way: SecretWay;
  readonly sources: SecretSources;
  readonly manifests: readonly Manifest[];
}

/**
 * What brings Secrets into the cluster, as a folder with an Application of its own: hooks of a chart mount them before anything of its
 * own Application is applied, and a store that cannot be reached holds up nothing else. Nothing where there is no object.
 */
export function addSecretsFolder(scope: Construct, { way, sources, manifests, ...props }: SecretsFolderProps): void {
  if (manifests.length === 0) return;
  const plugin = way === 'vault-plugin' ? sources.vaultPlugin?.name : undefined;
  addManifests(new SecretsFolder(scope, { ...props, ...plugin && { plugin } }), manifests);
}

/** Secrets of one name may be in several namespaces. */
class SecretsFolder extends ManifestFolder {
  override fileName(manifest: Manifest): string {
    const { namespace } = manifest.metadata;
    return (namespace === undefined ? '' : `${namespace}-`) + super.fileName(manifest);
  }
}
