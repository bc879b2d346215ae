import { priorityClasses } from '../cluster/cluster';
import { resources } from '../cluster/resources';
import { HelmApplication } from '../gitops/application';
import type { Folder } from '../gitops/folder';
import { addManifests } from '../gitops/manifest';
import { ManifestFolder } from '../gitops/manifest-folder';
import { merge } from '../merge';
import { lockboxSecret, operator, storeObject } from '../secrets/external';
import type { SecretSpec } from '../secrets/secret';
import { Component, platformProject } from './component';
import { namespaces, type Platform } from './platform';
import { furtherPins } from './versions';

/** External Secrets Operator and the store that it reads. Nothing where it is off. */
export class ExternalSecrets extends Component {
  override readonly secrets: readonly SecretSpec[];

  constructor(applications: Folder, platform: Platform) {
    super(applications, 'external-secrets');
    const { externalSecrets, secretSources: { store } } = platform;
    this.secrets = store && 'folderId' in store ? [lockboxSecret] : [];
    if (!externalSecrets) return;
    const common = { project: platformProject, namespace: operator };
    new HelmApplication(this, {
      ...common,
      name: 'external-secrets',
      stage: 'operators',
      createNamespace: { 'pod-security.kubernetes.io/enforce': 'restricted' },
      source: furtherPins.externalSecrets.source,
      values: merge(values(platform), externalSecrets.values) as Record<string, unknown>,
    });
    if (!store) return;
    const folder = new ManifestFolder(this, { ...common, name: 'secret-store', stage: 'configuration' });
    addManifests(folder, [storeObject(store, [namespaces.postgres, namespaces.monitoring])]);
  }
}

function values({ monitoring }: Platform): Record<string, unknown> {
  const priorityClassName = priorityClasses.platform.name;
  return {
    fullnameOverride: operator,
    installCRDs: true,
    // Nothing is pushed to the store, and nothing is made for many namespaces at once.
    processPushSecret: false,
    processClusterExternalSecret: false,
    processClusterPushSecret: false,
    serviceMonitor: { enabled: Boolean(monitoring) },
    priorityClassName,
    resources: resources('20m', '96Mi', '256Mi'),
    webhook: { priorityClassName, resources: resources('10m', '48Mi', '128Mi') },
    certController: { priorityClassName, resources: resources('10m', '64Mi', '192Mi') },
  };
}
