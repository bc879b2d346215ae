import { installScript } from '../bootstrap/install';
import { priorityClasses } from '../cluster/cluster';
import { resources } from '../cluster/resources';
import { argocdNamespace, HelmApplication } from '../gitops/application';
import { type Folder, TextFile } from '../gitops/folder';
import { merge } from '../merge';
import { stringify } from '../output/yaml';
import type { SecretSpec } from '../secrets/secret';
import { Component, platformProject } from './component';
import { httpService } from './gitea';
import { adminSecret, robot, robotSecret } from './gitea-accounts';
import { healthChecks, ingressHealth } from './health';
import { addProxiedWeb, ingressValues } from './ingress';
import type { Platform } from './platform';
import { pins } from './versions';

/** Name of the Helm release, and so of the Application that adopts it. */
const release = 'argocd';

const repositorySecretName = 'repository-fleet';

/**
 * Argo CD: installed by hand with the values of `bootstrap/argocd/`, then adopted by its own Application, which has the same
 * chart, release and values.
 */
export class Argocd extends Component {
  override readonly secrets: readonly SecretSpec[];

  constructor(applications: Folder, platform: Platform) {
    super(applications, 'argocd');
    const { gitea } = platform;
    const { source } = pins.argocd;
    const values = merge(argocdValues(platform), platform.argocd.values) as Record<string, unknown>;
    new TextFile(this, 'bootstrap/argocd/values.yaml', stringify(values));
    new TextFile(this, 'bootstrap/argocd/install.sh', installScript({
      chart: source,
      release,
      namespace: argocdNamespace,
      application: release,
      repositorySecret: repositorySecretName,
      gitea: {
        ...httpService,
        adminSecret: adminSecret(platform).name,
        repository: `${gitea.owner}/${gitea.repository}`,
        branch: gitea.branch,
      },
    }));
    new HelmApplication(this, {
      name: release,
      project: platformProject,
      namespace: argocdNamespace,
      stage: 'adoption',
      createNamespace: { 'pod-security.kubernetes.io/enforce': 'restricted' },
      source,
      values,
    });
    addProxiedWeb(this, platform, {
      name: 'argocd-proxy',
      namespace: argocdNamespace,
      selector: { 'app.kubernetes.io/instance': release, 'app.kubernetes.io/name': 'argocd-server' },
      port: 8080,
      nodePort: platform.argocd.nodePort,
    });
    this.secrets = [repositorySecret(platform)];
  }
}

function argocdValues(platform: Platform): Record<string, unknown> {
  const { argocd: { host }, ingress, monitoring } = platform;
  const metrics = { enabled: Boolean(monitoring), serviceMonitor: { enabled: Boolean(monitoring) } };
  return {
    global: { domain: host, priorityClassName: priorityClasses.platform.name, networkPolicy: { create: true } },
    crds: { install: true, keep: true },
    configs: {
      cm: {
        // Tracking by label would take a label from the ESS Services that its ServiceMonitors select by.
        'application.resourceTrackingMethod': 'annotation',
        // The API server adds `action: replace` to a relabeling without one, as ESS has since 26.6.1: no difference, and no reason to sync for ever.
        'resource.customizations.ignoreDifferences.monitoring.coreos.com_ServiceMonitor':
          'jqPathExpressions:\n  - .spec.endpoints[]?.relabelings[]?.action\n',
        // A push is seen by looking, since Gitea's webhook names another URL than the one in the cluster; so look twice as often as usual.
        'timeout.reconciliation': '60s',
        'timeout.reconciliation.jitter': '30s',
        ...Object.fromEntries(Object.entries({ ...healthChecks, ...!ingress && ingressHealth }).map(([kind, lua]) => [`resource.customizations.health.${kind}`, lua])),
      },
      params: {
        // TLS ends at the ingress controller, or before it.
        'server.insecure': true,
        // A homeserver's project and Applications are 16 KiB, and all of them one folder: 2,000 are 32 MiB. The default is 10M.
        'reposerver.max.combined.directory.manifests.size': '64M',
        'controller.repo.server.timeout.seconds': 180,
        // A sync that waits for something unhealthy gives way to a newer commit. The default is never.
        'controller.sync.timeout.seconds': 900,
      },
    },
    controller: { resources: resources('150m', '400Mi', '1Gi'), metrics },
    repoServer: { resources: resources('50m', '160Mi', '1Gi'), copyutil: { resources: resources('10m', '32Mi', '128Mi') } },
    server: {
      resources: resources('25m', '96Mi', '384Mi'),
      ingress: ingressValues(platform, { tls: true }),
    },
    redis: { resources: resources('25m', '32Mi', '128Mi') },
    redisSecretInit: { resources: resources('10m', '32Mi', '128Mi') },
    // The chart can't leave it out; nothing here is an ApplicationSet.
    applicationSet: { replicas: 0, resources: resources('10m', '64Mi', '128Mi') },
    dex: { enabled: false },
    notifications: { enabled: false },
  };
}

/** How Argo CD reads the fleet's repository: as Gitea's robot. */
function repositorySecret({ repository }: Platform): SecretSpec {
  const { namespace, name } = robotSecret;
  return {
    namespace: argocdNamespace,
    name: repositorySecretName,
    labels: { 'argocd.argoproj.io/secret-type': 'repository' },
    keys: [
      { key: 'type', literal: 'git' },
      { key: 'url', literal: repository.url },
      { key: 'username', literal: robot },
      { key: 'password', copyOf: { namespace, name, key: 'password' } },
    ],
  };
}
