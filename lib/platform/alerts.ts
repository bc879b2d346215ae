import type { Folder } from '../gitops/folder';
import { addManifests } from '../gitops/manifest';
import { ManifestFolder } from '../gitops/manifest-folder';
import { prometheusRule } from './alerts/alert';
import { argocdAlerts } from './alerts/argocd';
import { builtInPostgresAlerts } from './alerts/built-in-postgres';
import { certificateAlerts } from './alerts/certificates';
import { postgresAlerts } from './alerts/postgres';
import { synapseAlerts } from './alerts/synapse';
import { volumeAlerts } from './alerts/volumes';
import { Component, platformProject } from './component';
import { monitoringLabels } from './monitoring';
import { namespaces, type Platform } from './platform';

/**
 * What Prometheus watches for, beside the rules that its chart brings along. Whom Alertmanager tells is `monitoring.alerts`.
 */
export class Alerts extends Component {
  constructor(applications: Folder, platform: Platform) {
    super(applications, 'alerts');
    if (!platform.monitoring) return;
    const folder = new ManifestFolder(this, { name: 'alerts', project: platformProject, namespace: namespaces.monitoring, stage: 'workloads', createNamespace: monitoringLabels });
    addManifests(folder, [
      prometheusRule('synapse', synapseAlerts),
      ...platform.databaseClusters.length > 0 ? [prometheusRule('postgres', postgresAlerts(platform))] : [],
      prometheusRule('built-in-postgres', builtInPostgresAlerts),
      prometheusRule('certificates', certificateAlerts),
      prometheusRule('volumes', volumeAlerts),
      prometheusRule('argocd', argocdAlerts),
    ]);
  }
}
