import { argocdNamespace, FolderApplication, rootFolders } from '../gitops/application';
import { Bundle, type Folder } from '../gitops/folder';
import { Project } from '../gitops/project';
import { Component } from './component';
import type { Platform } from './platform';

/** The project of the two roots: they make Applications and projects, and nothing else. */
const rootsProject = 'roots';

/**
 * What is applied by hand, once: the roots and the project that they run in. Two roots, so that a homeserver never waits for
 * the platform's waves, nor the platform for a homeserver. A file that is gone takes its Application along, and nothing that
 * the Application made: none of them has the finalizer that would.
 */
export class Roots extends Component {
  constructor(applications: Folder, { repository }: Platform) {
    super(applications, 'roots');
    const bundle = new Bundle(this, 'argocd', 'app-of-apps.yaml');
    new Project(bundle, {
      name: rootsProject,
      sources: [repository.url],
      namespaces: [argocdNamespace],
      kinds: ['Application', 'AppProject'].map((kind) => ({ group: 'argoproj.io', kind })),
    });
    for (const [name, path] of Object.entries(rootFolders)) {
      new FolderApplication(bundle, { name, project: rootsProject, namespace: argocdNamespace, folder: { path } });
    }
  }
}
