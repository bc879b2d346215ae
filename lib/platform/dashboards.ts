import type { Folder } from '../gitops/folder';
import { addManifests } from '../gitops/manifest';
import { ManifestFolder } from '../gitops/manifest-folder';
import { Component, platformProject } from './component';
import { argocdDashboard } from './dashboards/argocd';
import { type Dashboard, dashboardConfigMap } from './dashboards/dashboard';
import { livekitDashboard } from './dashboards/livekit';
import { masDashboard } from './dashboards/mas';
import { postgresDashboard } from './dashboards/postgres';
import { synapseDashboard } from './dashboards/synapse';
import { monitoringLabels } from './monitoring';
import { namespaces, type Platform } from './platform';

export function dashboardsOf(platform: Pick<Platform, 'backups'>): readonly Dashboard[] {
  return [synapseDashboard, masDashboard, livekitDashboard, postgresDashboard(platform), argocdDashboard];
}

/** What there is to see in Grafana, beside the dashboards that its chart brings along. A homeserver shows up by itself. */
export class Dashboards extends Component {
  constructor(applications: Folder, platform: Platform) {
    super(applications, 'dashboards');
    if (!platform.monitoring) return;
    const folder = new ManifestFolder(this, { name: 'dashboards', project: platformProject, namespace: namespaces.monitoring, stage: 'workloads', createNamespace: monitoringLabels });
    addManifests(folder, dashboardsOf(platform).map(dashboardConfigMap));
  }
}
