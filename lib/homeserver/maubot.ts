import { createHash } from 'node:crypto';
import type { Manifest } from '../gitops/manifest';
import { keep } from '../gitops/protect';
import type { SecretSpec } from '../secrets/secret';
import { webIngress } from './certificates';
import type { Homeserver } from './homeserver';
import { metadataOf, podDefaults, securityOfContainer, selectorOf } from './pod';

const maubotImage = 'dock.mau.dev/maubot/maubot:v0.6.0';

/** User of its image. */
const user = 1337;
/** Where it listens. */
export const maubotPort = 29316;

const nameOf = ({ names }: Homeserver) => `${names.release}-maubot`;

/**
 * Maubot, with its own database and its plugins on a volume. Its configuration is put together when it starts, of what everybody may
 * read and of a Secret, and never written back. One that is stopped has no process, and keeps the rest.
 */
export function maubotObjects(homeserver: Homeserver): readonly Manifest[] {
  const { companions: { maubot }, state, synapse, surroundings: { mediaStorageClass, hairpin } } = homeserver;
  if (!maubot) return [];
  const name = nameOf(homeserver);
  const metadata = metadataOf(homeserver, name);
  const config = `${JSON.stringify(configOf(homeserver, maubot.host), null, 2)}\n`;
  const container = { image: maubotImage, resources: maubot.resources, securityContext: securityOfContainer };
  const made = { name: 'made', mountPath: '/made' };
  return [
    { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { 'config.json': config } },
    {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { ...metadata, annotations: keep },
      spec: { accessModes: ['ReadWriteOnce'], storageClassName: mediaStorageClass, resources: { requests: { storage: maubot.size } } },
    },
    {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata,
      spec: {
        serviceName: name,
        replicas: state === 'running' ? 1 : 0,
        selector: { matchLabels: selectorOf(name) },
        template: {
          metadata: { labels: metadata.labels, annotations: { 'matrix-fleet/config': createHash('sha256').update(config).digest('hex').slice(0, 16) } },
          spec: {
            ...podDefaults(homeserver, user),
            ...hairpin !== undefined && { hostAliases: [{ ip: hairpin, hostnames: [synapse.host] }] },
            initContainers: [{
              ...container,
              name: 'config',
              command: ['python3', '-c', script],
              volumeMounts: [{ name: 'config', mountPath: '/config', readOnly: true }, { name: 'secret', mountPath: '/secret', readOnly: true }, made, { name: 'data', mountPath: '/data' }],
            }],
            containers: [{
              ...container,
              name: 'maubot',
              command: ['python3', '-m', 'maubot', '--config', '/made/config.yaml', '--no-update'],
              workingDir: '/opt/maubot',
              ports: [{ name: 'http', containerPort: maubotPort }],
              startupProbe: { tcpSocket: { port: 'http' }, failureThreshold: 30 },
              readinessProbe: { tcpSocket: { port: 'http' } },
              livenessProbe: { tcpSocket: { port: 'http' }, periodSeconds: 30 },
              volumeMounts: [{ name: 'data', mountPath: '/data' }, { ...made, readOnly: true }, { name: 'tmp', mountPath: '/tmp' }],
            }],
            volumes: [
              { name: 'config', configMap: { name } },
              { name: 'secret', secret: { secretName: name } },
              { name: 'made', emptyDir: { medium: 'Memory', sizeLimit: '1Mi' } },
              { name: 'tmp', emptyDir: { sizeLimit: '64Mi' } },
              { name: 'data', persistentVolumeClaim: { claimName: name } },
            ],
          },
        },
      },
    },
    { apiVersion: 'v1', kind: 'Service', metadata, spec: { selector: selectorOf(name), ports: [{ name: 'http', port: maubotPort, targetPort: 'http' }] } },
    ...webIngress(homeserver, { name, host: maubot.host }),
  ];
}

/** JSON is YAML, too. */
const script = `import json, os
read = lambda key: open('/secret/' + key).read()
config = json.load(open('/config/config.json'))
config['server']['unshared_secret'] = read('unshared-secret')
config['admins']['admin'] = read('admin-password')
for folder in ('plugins', 'trash', 'dbs'):
    os.makedirs('/data/' + folder, exist_ok=True)
json.dump(config, open('/made/config.yaml', 'w'))
`;

/** Bots are users like others: their accounts are made beforehand, and no secret of Synapse is needed for it. */
function configOf({ serverName, synapse }: Homeserver, host: string) {
  return {
    database: 'sqlite:/data/maubot.db',
    crypto_database: 'default',
    plugin_directories: { upload: '/data/plugins', load: ['/data/plugins'], trash: '/data/trash' },
    plugin_databases: { sqlite: '/data/dbs', postgres: null },
    server: { hostname: '0.0.0.0', port: maubotPort, public_url: `https://${host}`, override_resource_path: '/opt/maubot/frontend' },
    homeservers: { [serverName]: { url: `https://${synapse.host}`, secret: null } },
    admins: { root: '' },
    logging: {
      version: 1,
      formatters: { plain: { format: '[%(asctime)s] [%(levelname)s@%(name)s] %(message)s' } },
      handlers: { console: { class: 'logging.StreamHandler', formatter: 'plain' } },
      loggers: { maubot: { level: 'INFO' }, mau: { level: 'INFO' }, aiohttp: { level: 'WARNING' } },
      root: { level: 'INFO', handlers: ['console'] },
    },
  };
}

/** The password of its page, whose user is `admin`, and what signs the sessions there. */
export function maubotSecrets(homeserver: Homeserver): readonly SecretSpec[] {
  if (!homeserver.companions.maubot) return [];
  return [{ namespace: homeserver.names.release, name: nameOf(homeserver), keys: [{ key: 'admin-password', random: 'password' }, { key: 'unshared-secret', random: 'password' }] }];
}
