import type { Folder } from '../gitops/folder';
import { addManifests, type Manifest } from '../gitops/manifest';
import { ManifestFolder } from '../gitops/manifest-folder';
import { isPlaceholderSecret } from '../secrets/vault-plugin';
import { Component, platformProject } from './component';
import type { Platform } from './platform';

/** The user's own manifests, if there are any. */
export class Extra extends Component {
  constructor(applications: Folder, platform: Platform) {
    super(applications, 'extra');
    const manifests = platform.manifests.filter((manifest) => !isPlaceholderSecret(manifest));
    if (manifests.length === 0) return;
    const folder = new ExtraFolder(this, { name: 'extra', project: platformProject, namespace: 'default', stage: 'workloads' });
    addManifests(folder, manifests);
  }
}

/** Its objects may be in any namespace, so that is part of a file's name. */
class ExtraFolder extends ManifestFolder {
  override fileName(manifest: Manifest): string {
    const { namespace } = manifest.metadata;
    return (namespace === undefined ? '' : `${namespace}-`) + super.fileName(manifest);
  }
}
