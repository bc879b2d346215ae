import { priorityClasses } from '../cluster/cluster';
import { resources } from '../cluster/resources';
import { HelmApplication } from '../gitops/application';
import type { Folder } from '../gitops/folder';
import { Component, platformProject } from './component';
import { namespaces, type Platform } from './platform';
import { pins } from './versions';

/** The operator of PostgreSQL clusters, and its plugin for backups, which must share its namespace. */
export class CloudNativePg extends Component {
  constructor(applications: Folder, { databaseClusters, backups, monitoring }: Platform) {
    super(applications, 'cloudnative-pg');
    if (databaseClusters.length === 0) return;
    const common = { project: platformProject, namespace: namespaces.operator };
    new HelmApplication(this, {
      ...common,
      name: 'cloudnative-pg',
      stage: 'operators',
      createNamespace: { 'pod-security.kubernetes.io/enforce': 'restricted' },
      source: pins.cloudnativePg.source,
      values: {
        priorityClassName: priorityClasses.platform.name,
        monitoring: { podMonitorEnabled: Boolean(monitoring) },
        resources: resources('25m', '96Mi', '384Mi'),
      },
    });
    if (!backups) return;
    new HelmApplication(this, {
      ...common,
      name: 'barman-cloud',
      // Its certificates come from cert-manager.
      stage: 'configuration',
      source: pins.barmanPlugin.source,
      values: {
        priorityClassName: priorityClasses.platform.name,
        resources: resources('10m', '48Mi', '192Mi'),
      },
    });
  }
}
