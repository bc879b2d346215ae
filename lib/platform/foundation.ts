import { priorityClass, priorityClasses, retainingClass } from '../cluster/cluster';
import type { Folder } from '../gitops/folder';
import { addManifests, type Manifest } from '../gitops/manifest';
import { ManifestFolder } from '../gitops/manifest-folder';
import { Component, platformProject } from './component';
import type { Platform } from './platform';

/** The classes that Gitea's folder names and so holds: it is applied to an empty cluster, before this component. */
export function bootstrapClasses({ cluster }: Platform): readonly Manifest[] {
  const storage = retainingClass(cluster, cluster.storage.fastRetain);
  return [priorityClass(priorityClasses.platform), ...storage ? [storage] : []];
}

/** Storage and priority classes that the rest of the platform names. */
export class Foundation extends Component {
  constructor(applications: Folder, platform: Platform) {
    super(applications, 'foundation');
    const folder = new ManifestFolder(this, { name: 'foundation', project: platformProject, namespace: 'default', stage: 'foundation' });
    const storage = retainingClass(platform.cluster, platform.cluster.storage.bulkRetain);
    const { database, homeserver, monitoring } = priorityClasses;
    addManifests(folder, [...[database, homeserver, monitoring].map(priorityClass), ...storage ? [storage] : []]);
  }
}
