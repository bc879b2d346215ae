import type { ClusterIssuerSpec } from '../../imports/bindings/cert-manager.io';
import type { Plain } from '../../imports/plain';
import { issuers } from '../cluster/issuer';
import { priorityClasses } from '../cluster/cluster';
import { resources } from '../cluster/resources';
import { HelmApplication } from '../gitops/application';
import type { Folder } from '../gitops/folder';
import { addManifests, type Manifest } from '../gitops/manifest';
import { ManifestFolder } from '../gitops/manifest-folder';
import { merge } from '../merge';
import { Component, platformProject } from './component';
import { namespaces, type Platform } from './platform';
import { pins } from './versions';

const servers = {
  production: 'https://acme-v02.api.letsencrypt.org/directory',
  staging: 'https://acme-staging-v02.api.letsencrypt.org/directory',
} as const;

/** cert-manager, and the issuers of every certificate of the fleet. */
export class CertManager extends Component {
  constructor(applications: Folder, platform: Platform) {
    super(applications, 'cert-manager');
    new HelmApplication(this, {
      name: 'cert-manager',
      project: platformProject,
      namespace: namespaces.certManager,
      stage: 'operators',
      createNamespace: { 'pod-security.kubernetes.io/enforce': 'restricted' },
      source: pins.certManager.source,
      values: merge(values(platform), platform.certManager.values) as Record<string, unknown>,
    });
    const folder = new ManifestFolder(this, { name: 'issuers', project: platformProject, namespace: namespaces.certManager, stage: 'configuration' });
    addManifests(folder, [issuer('production', platform), issuer('staging', platform)]);
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

function issuer(kind: keyof typeof issuers, { ingress, certManager }: Platform): Manifest {
  const name = issuers[kind];
  return {
    apiVersion: 'cert-manager.io/v1',
    kind: 'ClusterIssuer',
    metadata: { name },
    spec: {
      acme: {
        server: servers[kind],
        email: certManager.email,
        privateKeySecretRef: { name },
        solvers: [{ http01: { ingress: { ingressClassName: ingress.className } } }],
      },
    } satisfies Plain<ClusterIssuerSpec>,
  };
}
