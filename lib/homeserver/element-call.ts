import { createHash } from 'node:crypto';
import type { Manifest } from '../gitops/manifest';
import { webIngress } from './certificates';
import type { Homeserver } from './homeserver';
import { metadataOf, podDefaults, securityOfContainer, selectorOf } from './pod';

const callImage = 'ghcr.io/element-hq/element-call:v0.17.0';

/** User of its image (nginx-unprivileged), which listens on 8080. */
const nginx = 101;

/**
 * The page of Element Call that needs no other client. It asks for its config.json at the start, and takes the page itself for it where
 * there is none. One that is stopped has no process, and keeps the rest.
 */
export function elementCallObjects(homeserver: Homeserver): readonly Manifest[] {
  const { elementCall, names, state } = homeserver;
  if (!elementCall) return [];
  const name = `${names.release}-element-call`;
  const metadata = metadataOf(homeserver, name);
  const config = `${JSON.stringify(configOf(homeserver), null, 2)}\n`;
  return [
    { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { 'config.json': config } },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata,
      spec: {
        replicas: state === 'running' ? elementCall.replicas : 0,
        selector: { matchLabels: selectorOf(name) },
        template: {
          // A pod reads a file that is mounted by itself only when it starts.
          metadata: { labels: metadata.labels, annotations: { 'matrix-fleet/config': createHash('sha256').update(config).digest('hex').slice(0, 16) } },
          spec: {
            ...podDefaults(homeserver, nginx),
            containers: [{
              name: 'element-call',
              image: callImage,
              ports: [{ name: 'http', containerPort: 8080 }],
              readinessProbe: { httpGet: { path: '/config.json', port: 'http' } },
              resources: elementCall.resources,
              securityContext: securityOfContainer,
              volumeMounts: [{ name: 'config', mountPath: '/app/config.json', subPath: 'config.json', readOnly: true }, { name: 'tmp', mountPath: '/tmp' }],
            }],
            volumes: [{ name: 'config', configMap: { name } }, { name: 'tmp', emptyDir: { sizeLimit: '64Mi' } }],
          },
        },
      },
    },
    { apiVersion: 'v1', kind: 'Service', metadata, spec: { selector: selectorOf(name), ports: [{ name: 'http', port: 8080, targetPort: 'http' }] } },
    ...webIngress(homeserver, { name, host: elementCall.host }),
  ];
}

function configOf({ serverName, synapse, rtc }: Homeserver) {
  return {
    default_server_config: { 'm.homeserver': { base_url: `https://${synapse.host}`, server_name: serverName } },
    ...rtc && { livekit: { livekit_service_url: `https://${rtc.host}` } },
  };
}
