import { HelmApplication, rootFolders } from '../gitops/application';
import { ApplicationsFolder, TextFile, Unit } from '../gitops/folder';
import { addManifests, type Manifest } from '../gitops/manifest';
import { ManifestFolder } from '../gitops/manifest-folder';
import { databasesProject, Project } from '../gitops/project';
import { keep } from '../gitops/protect';
import type { Repository } from '../gitops/repository';
import { addSecretsFolder } from '../secrets/folder';
import { listFile } from '../secrets/list';
import { isPlaceholderSecret } from '../secrets/vault-plugin';
import { secretManifests } from '../secrets/ways';
import { type Content, contentOf } from './content';
import { databaseFolder } from './database';
import { type Homeserver, runsMas } from './homeserver';
import { stateLabel } from './names';
import { scaledDeployments } from './scaling';
import { secretsOf } from './secrets';

/**
 * Everything that one homeserver adds to `dist/`, in files of its own: a project that reaches nothing but its namespace,
 * and three Applications that retry until each other's objects are there.
 */
export class HomeserverUnit extends Unit {
  constructor(homeserver: Homeserver, repository: Repository, { values, objects }: Content = contentOf(homeserver)) {
    super(repository, homeserver.file);
    const { names, surroundings } = homeserver;
    const { release } = names;
    const applications = new ApplicationsFolder(this, rootFolders.homeservers);

    new Project(applications, {
      name: release,
      sources: [repository.url, surroundings.chart.repoURL],
      namespaces: [release],
      clusterKinds: [{ group: '', kind: 'Namespace', name: release }, ...homeserver.synapse.media.nfs ? [{ group: '', kind: 'PersistentVolume', name: names.mediaClaim }] : []],
    });

    const databases = databaseFolder(homeserver);
    if (databases) {
      const { project, namespace, manifests } = databases;
      if (project !== databasesProject) new Project(applications, { name: project, sources: [repository.url], namespaces: [namespace], clusterKinds: [{ group: '', kind: 'Namespace', name: namespace }] });
      addManifests(new ManifestFolder(applications, { name: names.databases, project, namespace }), manifests);
    }

    const [placeholders, further] = split(homeserver.manifests.map(inNamespace(release)), isPlaceholderSecret);
    const base = new ManifestFolder(applications, { name: names.base, project: release, namespace: release });
    addManifests(base, [namespace(homeserver), ...objects, ...further]);

    new HelmApplication(applications, {
      name: release,
      project: release,
      namespace: release,
      source: { version: homeserver.chartVersion, ...surroundings.chart },
      values,
      ...homeserver.state === 'running' && { scaled: scaledDeployments(homeserver) },
      // The chart leaves out its ServiceMonitors where their definition is missing at that moment, and Argo CD would not look again.
      ...surroundings.monitoring && { apiVersions: ['monitoring.coreos.com/v1/ServiceMonitor'] },
      ...homeserver.state !== 'running' && { labels: { [stateLabel]: homeserver.state }, allowEmpty: true },
      // Each sync would run the hook once more, and after the migration, fail at the chart's own check of where the accounts are.
      ...homeserver.state === 'running' && homeserver.mas && homeserver.mas.syn2mas && runsMas(homeserver) && { byHand: true },
    });

    const { secrets: way } = homeserver;
    const specs = secretsOf(homeserver);
    if (way === 'bootstrap') new TextFile(this, `bootstrap/secrets/${release}.list`, listFile(specs));
    const sources = surroundings.secretSources;
    const [own, beside] = split(specs.flatMap((spec) => secretManifests(way, spec, sources)), ({ metadata }) => metadata.namespace === release);
    if (databases) addSecretsFolder(applications, { name: names.secrets.passwords, way, sources, ...databases, manifests: beside });
    addSecretsFolder(applications, { name: names.secrets.own, project: release, namespace: release, way, sources, manifests: [...own, ...placeholders] });
  }
}

function split<Item>(items: readonly Item[], is: (item: Item) => boolean): [Item[], Item[]] {
  return [items.filter(is), items.filter((item) => !is(item))];
}

const inNamespace = (namespace: string) => (manifest: Manifest): Manifest =>
  ({ ...manifest, metadata: { namespace, ...manifest.metadata } });

/** Chart and challenges run under the restricted standard; a media server in the node's network needs the privileged one. */
function namespace({ names: { release }, rtc }: Homeserver): Manifest {
  const level = rtc && rtc.exposure === 'HostPort' ? 'privileged' : 'restricted';
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: release,
      labels: { 'pod-security.kubernetes.io/enforce': level, 'app.kubernetes.io/part-of': 'matrix-fleet' },
      annotations: keep,
    },
  };
}
