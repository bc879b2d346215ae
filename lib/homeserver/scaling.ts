import type { k8s } from 'cdk8s-plus-30';
import type { Plain } from '../../imports/plain';
import type { Manifest } from '../gitops/manifest';
import { type Homeserver, type Replicated, runsMas } from './homeserver';

/** What the load may decide about: what keeps nothing of its own. Synapse's configuration counts its workers, so their number is not the load's. */
interface Scaled {
  /** Component of the chart's values. */
  readonly component: string;
  readonly deployment: string;
  readonly least: number;
  readonly scale: Exclude<Replicated['scale'], false>;
}

interface Part {
  readonly component: string;
  /** Its Deployment is called so, after the release. */
  readonly name: string;
  readonly own: (homeserver: Homeserver) => Replicated | false;
}

const parts: readonly Part[] = [
  { component: 'matrixAuthenticationService', name: 'matrix-authentication-service', own: (homeserver) => runsMas(homeserver) && homeserver.mas },
  { component: 'elementWeb', name: 'element-web', own: ({ elementWeb }) => elementWeb },
  { component: 'elementAdmin', name: 'element-admin', own: ({ elementAdmin }) => elementAdmin },
  { component: 'haproxy', name: 'haproxy', own: ({ haproxy }) => haproxy },
];

function scaled(homeserver: Homeserver): readonly Scaled[] {
  const found: Scaled[] = [];
  for (const { component, name, own } of parts) {
    const part = own(homeserver);
    if (part && part.scale) found.push({ component, deployment: `${homeserver.names.release}-${name}`, least: part.replicas, scale: part.scale });
  }
  return found;
}

/** The Deployments of the chart whose number of replicas the load decides. */
export function scaledDeployments(homeserver: Homeserver): readonly string[] {
  return scaled(homeserver).map(({ deployment }) => deployment);
}

/** Values by which the chart renders the most of each, to count with. */
export function mostReplicas(homeserver: Homeserver): Record<string, unknown> {
  return Object.fromEntries(scaled(homeserver).map(({ component, scale: { max } }) => [component, { replicas: max }]));
}

export function scalers(homeserver: Homeserver): readonly Manifest[] {
  if (homeserver.state !== 'running') return [];
  return scaled(homeserver).map(({ deployment, least, scale: { max, cpu } }) => ({
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: deployment, namespace: homeserver.names.release },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: deployment },
      minReplicas: least,
      maxReplicas: max,
      metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: cpu } } }],
    } satisfies Plain<k8s.HorizontalPodAutoscalerSpecV2>,
  }));
}
