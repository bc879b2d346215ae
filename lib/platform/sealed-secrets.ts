import { priorityClasses } from '../cluster/cluster';
import { resources } from '../cluster/resources';
import { HelmApplication } from '../gitops/application';
import type { Folder } from '../gitops/folder';
import { merge } from '../merge';
import { sealedSecretsName, sealedSecretsNamespace } from '../secrets/key-pair';
import { Component, platformProject } from './component';
import type { Platform } from './platform';
import { furtherPins } from './versions';

/** The controller that opens sealed Secrets. Nothing where it is off. */
export class SealedSecrets extends Component {
  constructor(applications: Folder, { sealedSecrets, monitoring }: Platform) {
    super(applications, 'sealed-secrets');
    if (!sealedSecrets) return;
    new HelmApplication(this, {
      name: 'sealed-secrets',
      project: platformProject,
      namespace: sealedSecretsNamespace,
      stage: 'operators',
      source: furtherPins.sealedSecrets.source,
      values: merge({
        fullnameOverride: sealedSecretsName,
        // One key pair, which the admin keeps a copy of: with new ones every month, no copy would ever be whole.
        keyrenewperiod: '0',
        metrics: { serviceMonitor: { enabled: Boolean(monitoring) } },
        priorityClassName: priorityClasses.platform.name,
        resources: resources('10m', '48Mi', '192Mi'),
      }, sealedSecrets.values) as Record<string, unknown>,
    });
  }
}
