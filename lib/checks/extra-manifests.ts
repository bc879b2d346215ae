import { isMap } from '../merge';
import type { SecretWay } from '../secrets/way';
import { inWords } from './complaint';
import type { Path } from './path';
import type { Fault, Rule } from './rule';
import { type Place, placeIn, type TracedFleet } from './traced';

/** An object of the user's own, and the homeserver's namespace where it belongs to one. */
export interface ExtraManifest {
  readonly manifest: unknown;
  readonly at: (path: Path) => Place;
  readonly namespace: string | undefined;
  /** How Secrets beside it reach the cluster. */
  readonly way: SecretWay;
}

/** Every extra manifest of the fleet. */
export function* extraManifests({ platform, homeservers }: TracedFleet): Generator<ExtraManifest> {
  for (const [index, manifest] of platform.model.manifests.entries()) {
    yield { manifest, at: (path) => placeIn(platform.words[0], ['platform', 'manifests', index, ...path]), namespace: undefined, way: platform.model.secrets };
  }
  for (const { model, words } of homeservers) {
    for (const [index, manifest] of model.manifests.entries()) {
      yield { manifest, at: (path) => placeIn(words[0], ['manifests', index, ...path]), namespace: model.names.release, way: model.secrets };
    }
  }
}

/**
 * Kinds without a namespace, by API group: those of Kubernetes 1.31 to 1.34 (the resources' `namespaced` field), and those of the
 * custom resources that a platform such as this one knows.
 */
const clusterScoped: Readonly<Record<string, readonly string[]>> = {
  '': ['Namespace', 'Node', 'PersistentVolume', 'ComponentStatus'],
  'admissionregistration.k8s.io': [
    'MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration', 'ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding',
    'MutatingAdmissionPolicy', 'MutatingAdmissionPolicyBinding',
  ],
  'apiextensions.k8s.io': ['CustomResourceDefinition'],
  'apiregistration.k8s.io': ['APIService'],
  'certificates.k8s.io': ['CertificateSigningRequest', 'ClusterTrustBundle'],
  'flowcontrol.apiserver.k8s.io': ['FlowSchema', 'PriorityLevelConfiguration'],
  'networking.k8s.io': ['IngressClass', 'IPAddress', 'ServiceCIDR'],
  'node.k8s.io': ['RuntimeClass'],
  'rbac.authorization.k8s.io': ['ClusterRole', 'ClusterRoleBinding'],
  'resource.k8s.io': ['DeviceClass', 'ResourceSlice'],
  'scheduling.k8s.io': ['PriorityClass'],
  'storage.k8s.io': ['StorageClass', 'CSIDriver', 'CSINode', 'VolumeAttachment', 'VolumeAttributesClass'],
  'cert-manager.io': ['ClusterIssuer'],
  'external-secrets.io': ['ClusterSecretStore', 'ClusterExternalSecret', 'ClusterPushSecret'],
  'generators.external-secrets.io': ['ClusterGenerator'],
  'postgresql.cnpg.io': ['ClusterImageCatalog'],
  'snapshot.storage.k8s.io': ['VolumeSnapshotClass', 'VolumeSnapshotContent'],
  'gateway.networking.k8s.io': ['GatewayClass'],
};

/** The API group of an `apiVersion`; empty for the core's. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash === -1 ? '' : apiVersion.slice(0, slash);
}

export function isClusterScoped(apiVersion: string, kind: string): boolean {
  return clusterScoped[groupOf(apiVersion)]?.includes(kind) ?? false;
}

/** What makes a map a Kubernetes object that a file can be named after. */
function* noObject(fleet: TracedFleet): Generator<Fault> {
  for (const { manifest, at } of extraManifests(fleet)) {
    if (!isMap(manifest)) {
      yield { ...at([]), message: `must be an object of Kubernetes, is ${inWords(manifest)}`, fix: 'write apiVersion, kind, metadata and what the kind asks for' };
      continue;
    }
    const { apiVersion, kind, metadata } = manifest;
    if (typeof kind === 'string' && kind.endsWith('List') && 'items' in manifest) {
      yield { ...at(['items']), message: `nothing looks into a ${kind}`, fix: 'write its items one by one' };
      continue;
    }
    const name = isMap(metadata) ? metadata['name'] : undefined;
    for (const [path, value] of [[['apiVersion'], apiVersion], [['kind'], kind], [['metadata', 'name'], name]] as const) {
      if (typeof value === 'string' && value !== '') continue;
      yield {
        ...at(path),
        message: value === undefined ? 'is missing' : `must be a string, is ${inWords(value)}`,
        fix: 'write it: each object goes into a file that is named after kind and name',
      };
    }
  }
}

function* elsewhere(fleet: TracedFleet): Generator<Fault> {
  for (const { manifest, at, namespace } of extraManifests(fleet)) {
    if (namespace === undefined || !isMap(manifest)) continue;
    const { apiVersion, kind, metadata } = manifest;
    const own = isMap(metadata) ? metadata['namespace'] : undefined;
    const fix = 'write it into platform.manifests of main.ts';
    if (isClusterScoped(String(apiVersion), String(kind))) yield { ...at(['kind']), message: `${String(kind)} has no namespace and is the whole cluster's`, fix };
    else if (own !== undefined && own !== namespace) {
      yield { ...at(['metadata', 'namespace']), message: `${inWords(own)} is not the homeserver's namespace, ${namespace}`, fix: `leave the namespace out, or ${fix}` };
    }
  }
}

function* ociWithChart(fleet: TracedFleet): Generator<Fault> {
  for (const { manifest, at } of extraManifests(fleet)) {
    if (!isMap(manifest) || manifest['kind'] !== 'Application' || !isMap(manifest['spec'])) continue;
    const { source, sources } = manifest['spec'];
    const all: [Path, unknown][] = [[['spec', 'source'], source], ...Array.isArray(sources) ? sources.map((one, index): [Path, unknown] => [['spec', 'sources', index], one]) : []];
    for (const [path, one] of all) {
      if (!isMap(one) || one['chart'] === undefined || typeof one['repoURL'] !== 'string' || !one['repoURL'].startsWith('oci://')) continue;
      yield { ...at([...path, 'repoURL']), message: `${inWords(one['repoURL'])} together with chart is taken for an artifact of another kind`, fix: `write ${one['repoURL'].slice('oci://'.length)}` };
    }
  }
}

export const extraManifestRules: readonly Rule<TracedFleet>[] = [
  {
    id: 'manifest-no-object',
    severity: 'error',
    what: 'Every extra manifest is one object, no list of them, with an apiVersion, a kind and a name.',
    why: 'Each object goes into a file of its own that is named after it; Argo CD applies nothing without a name, and what a list holds would pass unchecked (Argo CD, directory sources).',
    fix: 'Write each object with apiVersion, kind and metadata.name, one by one.',
    check: noObject,
  },
  {
    id: 'manifest-elsewhere',
    severity: 'error',
    what: 'Extra manifests of a homeserver stay in its namespace.',
    why: 'Its project lets it reach nothing else: the whole Application would fail to sync (Argo CD, AppProject destinations).',
    fix: 'Write it into `platform.manifests` of main.ts.',
    check: elsewhere,
  },
  {
    id: 'oci-with-chart',
    severity: 'error',
    what: 'An Application with `chart` names its registry without `oci://`.',
    why: 'Argo CD looks at the prefix first and then pulls another artifact, without an error (Argo CD 3.1 and newer).',
    fix: 'Write the registry without `oci://` and without the chart\'s name.',
    check: ociWithChart,
  },
];
