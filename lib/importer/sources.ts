/** A file of another project, at a pinned version. */
export interface FileSource {
  /** What the importer calls it, and a mirror its file. */
  readonly name: string;
  readonly version: string;
  readonly url: string;
}

/** A Helm chart, at a pinned version. */
export interface ChartSource {
  readonly name: string;
  readonly version: string;
  /** A Helm repository (`https://…`) or the folder of an OCI registry (`oci://…`) that holds the chart. */
  readonly repository: string;
  /** The version by which the application's own tag carries the same chart, where it was raised only in publishing it: a mirror of the tag has that one. */
  readonly inTree?: string;
}

/** Everything that `imports/` is made from. */
export interface Sources {
  /** Custom resource definitions, named as the cluster names them. */
  readonly crds: readonly FileSource[];
  /** Kubernetes definitions, named by the minor version that they stand for. */
  readonly kubernetes: readonly FileSource[];
  /** Kubernetes kinds that a fleet and its extra manifests can use, as `apiVersion/Kind`; a version that lacks one goes without. */
  readonly kinds: readonly string[];
  /** The ESS chart, every version that a homeserver may run, oldest first. */
  readonly ess: readonly ChartSource[];
  /** The charts of the platform. */
  readonly charts: readonly ChartSource[];
}

/** A file in a GitHub repository at a tag or commit. */
const github = (repository: string, version: string, path: string, ref = version) =>
  ({ version, url: `https://raw.githubusercontent.com/${repository}/${ref}/${path}` });

const argocd = (name: string, file: string): FileSource => ({ name, ...github('argoproj/argo-cd', 'v3.4.7', `manifests/crds/${file}`) });
const certManager = (plural: string): FileSource =>
  ({ name: `${plural}.cert-manager.io`, ...github('cert-manager/cert-manager', 'v1.20.3', `deploy/crds/cert-manager.io_${plural}.yaml`) });
const cnpg = (plural: string): FileSource => ({
  name: `${plural}.postgresql.cnpg.io`,
  ...github('cloudnative-pg/cloudnative-pg', 'v1.30.0', `config/crd/bases/postgresql.cnpg.io_${plural}.yaml`),
});
const externalSecrets = (plural: string, group = 'external-secrets.io'): FileSource =>
  ({ name: `${plural}.${group}`, ...github('external-secrets/external-secrets', 'v2.9.0', `config/crds/bases/${group}_${plural}.yaml`) });
const traefik = (plural: string): FileSource =>
  ({ name: `${plural}.traefik.io`, ...github('traefik/traefik-helm-chart', 'v41.3.0', `traefik/crds/traefik.io_${plural}.yaml`) });
const prometheusCrds = 'charts/kube-prometheus-stack/charts/crds/crds';
const prometheus = (plural: string): FileSource => ({
  name: `${plural}.monitoring.coreos.com`,
  ...github('prometheus-community/helm-charts', 'kube-prometheus-stack-88.5.3', `${prometheusCrds}/crd-${plural}.yaml`),
});
/** The definitions have no releases of their own; this commit holds those of every Kubernetes version. */
const definitionsCommit = '71f8cba7ecc809d861e837e842217202d5e5a16c';
const kubernetes = (minor: string): FileSource => ({
  name: minor,
  ...github('cdk8s-team/cdk8s', `v${minor}.0`, `kubernetes-schemas/v${minor}.0/_definitions.json`, definitionsCommit),
});
/** The project's tags do not reach as far as its chart. */
const sealedSecretsCommit = 'de72a97b196d2e5df0751d8105d6788c20adbb4c';
const chart = (repository: string, name: string, version: string): ChartSource => ({ name, version, repository });

const prometheusCharts = 'https://prometheus-community.github.io/helm-charts';

/** The pinned sources. Another version is one line here and `npm run imports`. */
export const pinnedSources: Sources = {
  crds: [
    argocd('applications.argoproj.io', 'application-crd.yaml'),
    argocd('appprojects.argoproj.io', 'appproject-crd.yaml'),
    ...['certificates', 'clusterissuers', 'issuers'].map(certManager),
    ...['backups', 'clusters', 'databaseroles', 'databases', 'imagecatalogs', 'poolers', 'scheduledbackups'].map(cnpg),
    {
      name: 'objectstores.barmancloud.cnpg.io',
      ...github('cloudnative-pg/plugin-barman-cloud', 'v0.13.0', 'config/crd/bases/barmancloud.cnpg.io_objectstores.yaml'),
    },
    {
      name: 'sealedsecrets.bitnami.com',
      ...github('bitnami/sealed-secrets', '0.38.4', 'helm/sealed-secrets/crds/bitnami.com_sealedsecrets.yaml', sealedSecretsCommit),
    },
    ...['externalsecrets', 'clustersecretstores', 'secretstores'].map((plural) => externalSecrets(plural)),
    externalSecrets('passwords', 'generators.external-secrets.io'),
    ...['ingressroutes', 'ingressroutetcps', 'ingressrouteudps', 'middlewares'].map(traefik),
    ...['podmonitors', 'probes', 'prometheusrules', 'servicemonitors', 'scrapeconfigs'].map(prometheus),
  ],
  kubernetes: ['1.31', '1.32', '1.33', '1.34'].map(kubernetes),
  kinds: [
    'v1/ConfigMap', 'v1/Endpoints', 'v1/LimitRange', 'v1/Namespace', 'v1/Node', 'v1/PersistentVolume', 'v1/PersistentVolumeClaim', 'v1/Pod',
    'v1/PodTemplate', 'v1/ReplicationController', 'v1/ResourceQuota', 'v1/Secret', 'v1/Service', 'v1/ServiceAccount',
    'apps/v1/DaemonSet', 'apps/v1/Deployment', 'apps/v1/ReplicaSet', 'apps/v1/StatefulSet',
    'batch/v1/CronJob', 'batch/v1/Job',
    'autoscaling/v1/HorizontalPodAutoscaler', 'autoscaling/v2/HorizontalPodAutoscaler',
    'policy/v1/PodDisruptionBudget',
    'networking.k8s.io/v1/Ingress', 'networking.k8s.io/v1/IngressClass', 'networking.k8s.io/v1/NetworkPolicy',
    'networking.k8s.io/v1/IPAddress', 'networking.k8s.io/v1/ServiceCIDR', 'discovery.k8s.io/v1/EndpointSlice',
    'rbac.authorization.k8s.io/v1/ClusterRole', 'rbac.authorization.k8s.io/v1/ClusterRoleBinding', 'rbac.authorization.k8s.io/v1/Role',
    'rbac.authorization.k8s.io/v1/RoleBinding',
    'scheduling.k8s.io/v1/PriorityClass', 'node.k8s.io/v1/RuntimeClass', 'coordination.k8s.io/v1/Lease',
    'storage.k8s.io/v1/CSIDriver', 'storage.k8s.io/v1/CSIStorageCapacity', 'storage.k8s.io/v1/StorageClass',
    'storage.k8s.io/v1/VolumeAttributesClass', 'storage.k8s.io/v1beta1/VolumeAttributesClass',
    'admissionregistration.k8s.io/v1/MutatingWebhookConfiguration', 'admissionregistration.k8s.io/v1/ValidatingWebhookConfiguration',
    'admissionregistration.k8s.io/v1/ValidatingAdmissionPolicy', 'admissionregistration.k8s.io/v1/ValidatingAdmissionPolicyBinding',
    'apiextensions.k8s.io/v1/CustomResourceDefinition', 'apiregistration.k8s.io/v1/APIService',
    'flowcontrol.apiserver.k8s.io/v1/FlowSchema', 'flowcontrol.apiserver.k8s.io/v1/PriorityLevelConfiguration',
    'certificates.k8s.io/v1/CertificateSigningRequest',
  ],
  ess: ['26.2.3', '26.6.1', '26.7.2', '26.8.1'].map((version) => chart('oci://ghcr.io/element-hq/ess-helm', 'matrix-stack', version)),
  charts: [
    chart('https://argoproj.github.io/argo-helm', 'argo-cd', '10.1.1'),
    chart('https://charts.jetstack.io', 'cert-manager', 'v1.20.3'),
    chart('https://cloudnative-pg.github.io/charts', 'cloudnative-pg', '0.29.0'),
    chart('https://cloudnative-pg.github.io/charts', 'plugin-barman-cloud', '0.7.0'),
    chart('https://bitnami.github.io/sealed-secrets', 'sealed-secrets', '2.19.1'),
    chart('https://traefik.github.io/charts', 'traefik', '41.3.0'),
    chart(prometheusCharts, 'kube-prometheus-stack', '88.5.3'),
    chart(prometheusCharts, 'prometheus-operator-crds', '31.0.1'),
    chart(prometheusCharts, 'kube-state-metrics', '8.4.0'),
    chart(prometheusCharts, 'prometheus-node-exporter', '4.56.1'),
    chart('https://grafana-community.github.io/helm-charts', 'grafana', '12.11.1'),
    chart('https://grafana-community.github.io/helm-charts', 'loki', '18.11.0'),
    chart('https://victoriametrics.github.io/helm-charts', 'victoria-metrics-single', '0.45.0'),
    chart('https://grafana.github.io/helm-charts', 'alloy', '1.11.1'),
    { ...chart('https://charts.external-secrets.io', 'external-secrets', '2.9.0'), inTree: '2.8.0' },
  ],
};
