import type { ClusterIssuerSpec, ClusterIssuerSpecAcmeSolvers } from '../../imports/bindings/cert-manager.io';
import type { Plain } from '../../imports/plain';
import { issuers } from '../cluster/issuer';
import { priorityClasses } from '../cluster/cluster';
import { resources } from '../cluster/resources';
import { HelmApplication } from '../gitops/application';
import type { Folder } from '../gitops/folder';
import { addManifests, type Manifest } from '../gitops/manifest';
import { ManifestFolder } from '../gitops/manifest-folder';
import { merge } from '../merge';
import type { SecretSpec } from '../secrets/secret';
import { Component, platformProject } from './component';
import { namespaces, type Platform } from './platform';
import { pins } from './versions';

const servers = {
  production: 'https://acme-v02.api.letsencrypt.org/directory',
  staging: 'https://acme-staging-v02.api.letsencrypt.org/directory',
} as const;

/** The token of Cloudflare's API; where ClusterIssuers look for their Secrets. */
export const cloudflareSecret: SecretSpec = {
  namespace: namespaces.certManager,
  name: 'cloudflare-api-token',
  keys: [{ key: 'api-token', supplied: 'CLOUDFLARE_API_TOKEN', what: 'token of Cloudflare\'s API with Zone Read and DNS Edit for the zones of the fleet' }],
};

/** Whether certificates take a record of the zone. */
export const usesCloudflare = ({ certManager, ingress }: Pick<Platform, 'certManager' | 'ingress'>): boolean => Boolean(ingress && certManager && certManager.solver === 'cloudflare');

/** cert-manager, and the issuers of every certificate of the fleet. */
export class CertManager extends Component {
  override readonly secrets: readonly SecretSpec[];

  constructor(applications: Folder, platform: Platform) {
    super(applications, 'cert-manager');
    this.secrets = usesCloudflare(platform) ? [cloudflareSecret] : [];
    const { certManager, ingress } = platform;
    if (!certManager) return;
    new HelmApplication(this, {
      name: 'cert-manager',
      project: platformProject,
      namespace: namespaces.certManager,
      stage: 'operators',
      createNamespace: { 'pod-security.kubernetes.io/enforce': 'restricted' },
      source: pins.certManager.source,
      values: merge(values(platform), certManager.values) as Record<string, unknown>,
    });
    // Behind a proxy, it is only here for certificates within the cluster.
    if (!ingress) return;
    const folder = new ManifestFolder(this, { name: 'issuers', project: platformProject, namespace: namespaces.certManager, stage: 'configuration' });
    const solver = usesCloudflare(platform) ? cloudflare : { http01: { ingress: { ingressClassName: ingress.className } } };
    addManifests(folder, [issuer('production', certManager.email, solver), issuer('staging', certManager.email, solver)]);
  }
}

function values({ monitoring }: Platform): Record<string, unknown> {
  return {
    crds: { enabled: true, keep: true },
    global: {
      priorityClassName: priorityClasses.platform.name,
      // The default, kube-system, is a namespace more than it needs.
      leaderElection: { namespace: namespaces.certManager },
    },
    prometheus: { enabled: true, servicemonitor: { enabled: Boolean(monitoring) } },
    resources: resources('20m', '64Mi', '256Mi'),
    webhook: { resources: resources('10m', '32Mi', '128Mi') },
    cainjector: { resources: resources('10m', '64Mi', '256Mi') },
    startupapicheck: { resources: resources('10m', '32Mi', '128Mi') },
  };
}

type Solver = Plain<ClusterIssuerSpecAcmeSolvers>;

const cloudflare: Solver = { dns01: { cloudflare: { apiTokenSecretRef: { name: cloudflareSecret.name, key: 'api-token' } } } };

function issuer(kind: keyof typeof issuers, email: string, solver: Solver): Manifest {
  const name = issuers[kind];
  return {
    apiVersion: 'cert-manager.io/v1',
    kind: 'ClusterIssuer',
    metadata: { name },
    spec: {
      acme: {
        server: servers[kind],
        email,
        privateKeySecretRef: { name },
        solvers: [solver],
      },
    } satisfies Plain<ClusterIssuerSpec>,
  };
}
