import { argocdNamespace, rootFolders } from '../gitops/application';
import { ApplicationsFolder, type Folder } from '../gitops/folder';
import type { Manifest } from '../gitops/manifest';
import { databasesProject, Project } from '../gitops/project';
import { operator } from '../secrets/external';
import { Component, platformProject } from './component';
import { namespaces, type Platform } from './platform';
import { pinsOf } from './versions';

/** The projects that are the same for every fleet, whatever homeservers it has. */
export class Projects extends Component {
  constructor(applications: Folder, platform: Platform) {
    super(applications, 'projects');
    const fleet = platform.repository.url;
    const charts = Object.values(pinsOf(platform)).flatMap((pin) => ('source' in pin ? [pin.source.repoURL] : []));
    const own = [...Object.values(namespaces), ...platform.externalSecrets ? [operator] : [], argocdNamespace];

    new Project(this, {
      name: platformProject,
      sources: distinct([fleet, ...charts]),
      // Monitoring puts Services beside what it watches in kube-system; objects without a namespace need a name of one.
      namespaces: distinct([...own, 'kube-system', 'default', ...platform.manifests.map(namespaceOf)]),
      clusterKinds: [{ group: '*', kind: '*' }],
    });

    // Whatever names no project of its own lands in this one, and is refused.
    new Project(this, { name: 'default', sources: [], namespaces: [] });

    // Stands among the homeservers, which it belongs to; so their folder is there when there are none.
    new Project(new ApplicationsFolder(this, rootFolders.homeservers), {
      name: databasesProject,
      sources: [fleet],
      namespaces: [namespaces.postgres],
      kinds: [...['DatabaseRole', 'Database'].map((kind) => ({ group: 'postgresql.cnpg.io', kind })), ...secretKinds(platform)],
    });
  }
}

/** What brings the passwords of roles, by the ways that the platform knows. */
function secretKinds({ sealedSecrets, externalSecrets, secretSources: { vaultPlugin } }: Platform): readonly { readonly group: string; readonly kind: string }[] {
  return [
    ...sealedSecrets ? [{ group: 'bitnami.com', kind: 'SealedSecret' }] : [],
    ...externalSecrets ? [
      { group: 'external-secrets.io', kind: 'ExternalSecret' },
      ...['Role', 'RoleBinding'].map((kind) => ({ group: 'rbac.authorization.k8s.io', kind })),
    ] : [],
    ...vaultPlugin ? [{ group: '', kind: 'Secret' }] : [],
  ];
}

/** The namespace that an object is in or is. */
function namespaceOf({ kind, metadata: { name, namespace } }: Manifest): string {
  return kind === 'Namespace' ? name : namespace ?? 'default';
}

function distinct(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}
