import { priorityClasses } from '../cluster/cluster';
import { resources } from '../cluster/resources';
import { HelmApplication } from '../gitops/application';
import type { Folder } from '../gitops/folder';
import { addManifests, type Manifest } from '../gitops/manifest';
import { ManifestFolder } from '../gitops/manifest-folder';
import { merge } from '../merge';
import { Component, platformProject } from './component';
import { sshService } from './gitea';
import { namespaces, type Platform } from './platform';
import { pins } from './versions';

/** The ingress controller and its load balancer, which also takes git over SSH to Gitea. Nothing where the cluster brings its own. */
export class Traefik extends Component {
  constructor(applications: Folder, platform: Platform) {
    super(applications, 'traefik');
    const { traefik, ingress } = platform;
    if (!traefik || !ingress) return;
    new HelmApplication(this, {
      name: 'traefik',
      project: platformProject,
      namespace: namespaces.traefik,
      stage: 'operators',
      createNamespace: { 'pod-security.kubernetes.io/enforce': 'restricted' },
      source: pins.traefik.source,
      values: merge(traefikValues(platform, ingress.className, traefik), traefik.values) as Record<string, unknown>,
    });
    // Not among Gitea's own manifests: on an empty cluster nobody knows its kind.
    const { service: name, namespace } = sshService;
    addManifests(new ManifestFolder(this, { name, project: platformProject, namespace, stage: 'adoption' }), [sshRoute]);
  }
}

/** Git over SSH, from the load balancer to Gitea. TCP tells no host names apart, so it is the only one on its port. */
const sshRoute: Manifest = {
  apiVersion: 'traefik.io/v1alpha1',
  kind: 'IngressRouteTCP',
  metadata: { name: sshService.service, namespace: sshService.namespace },
  spec: { entryPoints: ['ssh'], routes: [{ match: 'HostSNI(`*`)', services: [{ name: sshService.service, port: sshService.port }] }] },
};

type Options = Exclude<Platform['traefik'], false>;

function traefikValues({ monitoring }: Platform, className: string, { replicas, loadBalancerIp }: Options): Record<string, unknown> {
  return {
    global: { checkNewVersion: false, sendAnonymousUsage: false },
    deployment: { replicas },
    podDisruptionBudget: { enabled: replicas > 1, maxUnavailable: 1 },
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: 'kubernetes.io/hostname',
        whenUnsatisfiable: 'ScheduleAnyway',
        labelSelector: { matchLabels: { 'app.kubernetes.io/name': 'traefik' } },
      },
    ],
    ingressClass: { enabled: true, name: className, isDefaultClass: true },
    // Argo CD calls an Ingress healthy once it has the load balancer's address.
    providers: { kubernetesIngress: { publishedService: { enabled: true } } },
    service: {
      // Local keeps the clients' addresses, which Synapse limits rates by.
      spec: { type: 'LoadBalancer', externalTrafficPolicy: 'Local', ...loadBalancerIp && { loadBalancerIP: loadBalancerIp } },
    },
    ports: {
      // Let's Encrypt follows the redirection, whatever certificate it meets, and every solver listens on both.
      web: { http: { redirections: { entryPoint: { to: 'websecure', scheme: 'https', permanent: true } } } },
      // A body must have arrived by then: 100 MB at half a megabit a second. The default of a minute cuts uploads of media.
      websecure: { transport: { respondingTimeouts: { readTimeout: '1800s' } } },
      ssh: { port: 2222, exposedPort: sshService.port, expose: { default: true }, protocol: 'TCP' },
    },
    api: { dashboard: false },
    metrics: { prometheus: { service: { enabled: Boolean(monitoring) }, serviceMonitor: { enabled: Boolean(monitoring) } } },
    priorityClassName: priorityClasses.platform.name,
    resources: resources('50m', '64Mi', '256Mi'),
  };
}
