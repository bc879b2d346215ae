import { expect, it } from 'vitest';
import { type Edit, guarded } from './scenario';

const roglog = 'instances/roglog.ts';
const demo = { name: 'demo', serverName: 'example.org', rtc: { tcp: 30019, udp: 30020 } };
const platform = (own: object): Edit => ({ 'main.ts': { platform: own } });
const logins = (own: object = {}, more: object = {}) => ({ [roglog]: { identityProviders: [{ id: 'a', issuer: 'https://sso.example.org', clientId: '42', ...own }], ...more } });
const nfs = (own: object = {}) => ({ [roglog]: { synapse: { media: { nfs: { server: '10.0.0.7', path: '/media', ...own } } } } });
const mediaBackup = (backup: unknown, own: object = {}) => ({ [roglog]: { synapse: { media: { backup } }, ...own } });
const vault = (own: object) => ({ 'main.ts': { platform: { externalSecrets: { vault: { server: 'https://vault.example.net', ...own } } } }, [roglog]: { secrets: 'external' } });
const objectStore = (endpointURL: string) => platform({
  manifests: [{
    apiVersion: 'barmancloud.cnpg.io/v1', kind: 'ObjectStore', metadata: { name: 'own', namespace: 'cnpg' },
    spec: { configuration: { destinationPath: 's3://own/', endpointURL } },
  }],
});
const more = { requests: { cpu: '60m', memory: '100Mi' }, limits: { memory: '600Mi' } };
const config = (own: object = {}) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'notes', ...own }, data: { a: 'b' } });

const middleware = { apiVersion: 'traefik.io/v1alpha1', kind: 'Middleware', metadata: { name: 'slow' }, spec: { rateLimit: { average: 10 } } };
const expiring = (after: string) => ({ [roglog]: { values: { synapse: { additional: { 'a.yaml': { config: `media_retention: { local_media_lifetime: ${after} }` } } } } } });

const room = { cluster: { nodes: [{ count: 9, cpu: '4', memory: '16Gi' }] }, platform: { postgres: { size: '100Gi', maxConnections: 600 } } };

/** What an admin does every day: from what is in the baseline to what is in the tree. */
const harmless: Readonly<Record<string, readonly [before: Edit, after: Edit]>> = {
  'nothing at all': [{}, {}],
  'adding a homeserver': [{}, { 'instances/demo.ts': demo }],
  'adding ten in a loop': [{}, { 'main.ts': { ...room, homeservers: Array.from({ length: 10 }, (_, i) => ({ name: `h${i}`, serverName: `h${i}.example.org`, rtc: { tcp: 30101 + 2 * i, udp: 30102 + 2 * i } })) } }],
  'renaming a file': [{}, { [roglog]: undefined, 'instances/of-the-rogues.ts': { name: 'roglog', serverName: 'roglog.space', origin: { restoredFrom: 'matrix-chart' }, rtc: { tcp: 30015, udp: 30016 }, hookshot: true } }],
  'the resources of Synapse': [{}, { [roglog]: { synapse: { resources: more } } }],
  'the resources of everything else': [{}, { [roglog]: { mas: { resources: more }, elementWeb: { resources: more }, elementAdmin: { resources: more }, hookshot: { resources: more }, haproxy: { resources: more }, redis: { resources: more }, rtc: { resources: more } } }],
  'the resources of PostgreSQL and Gitea': [{}, platform({ postgres: { resources: { limits: { memory: '2Gi' } } }, gitea: { resources: { limits: { memory: '2Gi' } } } })],
  'replicas': [{}, { [roglog]: { mas: { replicas: 2 }, elementWeb: { replicas: 3 }, haproxy: { replicas: 2 } } }],
  'fewer replicas': [{ [roglog]: { elementWeb: { replicas: 3 } } }, {}],
  'workers': [{}, { [roglog]: { synapse: { workers: { 'client-reader': { replicas: 2 }, 'media-repository': {} } } } }],
  'no workers any more': [{ [roglog]: { synapse: { workers: { 'client-reader': { replicas: 2 } } } } }, {}],
  'hosts': [{}, { [roglog]: { synapse: { host: 'synapse.roglog.space' }, elementWeb: { host: 'www.roglog.space' }, wellKnown: { redirect: 'https://www.roglog.space/' } } }],
  'calls moved to other ports': [{}, { [roglog]: { rtc: { tcp: 30031, udp: 30032 } } }],
  'calls off': [{}, { [roglog]: { rtc: false } }],
  'Hookshot off': [{}, { [roglog]: { hookshot: false } }],
  'Hookshot on': [{ [roglog]: { hookshot: false } }, {}],
  'Element Web off': [{}, { [roglog]: { elementWeb: false } }],
  'accounts: getting ready to move': [{ [roglog]: { mas: false } }, { [roglog]: { mas: { syn2mas: 'prepare' } } }],
  'accounts: the rehearsal': [{ [roglog]: { mas: { syn2mas: 'prepare' } } }, { [roglog]: { mas: { syn2mas: 'dry-run' } } }],
  'accounts: back from the rehearsal': [{ [roglog]: { mas: { syn2mas: 'dry-run' } } }, { [roglog]: { mas: { syn2mas: 'prepare' } } }],
  'accounts: the move': [{ [roglog]: { mas: { syn2mas: 'dry-run' } } }, { [roglog]: { mas: { syn2mas: 'migrate' } } }],
  'accounts: moved': [{ [roglog]: { mas: { syn2mas: 'migrate' } } }, {}],
  'a provider of identities': [{}, logins()],
  'what a provider is called and asked': [logins(), logins({ name: 'Ours', clientId: '43', scopes: ['openid'], localpart: '{{ user.email }}', existingUsers: true })],
  'a provider while accounts get ready to move': [logins({}, { mas: { syn2mas: 'prepare' } }), logins({}, { mas: { syn2mas: 'dry-run' } })],
  'a provider whose accounts have moved': [logins({ id: 'oidc' }, { mas: { syn2mas: 'migrate' } }), logins({ id: 'oidc' })],
  'a provider of one that is stopped': [logins(), logins({}, { state: 'stopped' })],
  'registration by token': [{}, { [roglog]: { registration: 'token' } }],
  'the chart by one minor': [{ [roglog]: { chartVersion: '26.7.2' } }, {}],
  'the chart by several': [{ [roglog]: { chartVersion: '26.2.3' } }, {}],
  'the default chart version': [{ 'main.ts': { defaults: { chartVersion: '26.6.1' } } }, {}],
  'a bigger volume for media': [{}, { [roglog]: { synapse: { media: { size: '20Gi' } } } }],
  'the same size in other words': [{}, { [roglog]: { synapse: { media: { size: '10240Mi' } } } }],
  'bigger volumes on the platform': [{}, platform({ postgres: { size: '60Gi', walSize: '20Gi' }, gitea: { size: '20Gi' }, monitoring: { sizes: { loki: '30Gi', victoriaMetrics: '30Gi' } } })],
  'how NFS is mounted': [nfs(), nfs({ mountOptions: ['nfsvers=4.1'] })],
  'larger uploads': [{}, { [roglog]: { synapse: { media: { maxUploadSize: '200M' } } } }],
  'stopping': [{}, { [roglog]: { state: 'stopped' } }],
  'starting again': [{ [roglog]: { state: 'stopped' } }, {}],
  'retiring': [{}, { [roglog]: { state: 'retired' } }],
  'thinking better of it': [{ [roglog]: { state: 'retired' } }, {}],
  'deleting the file of a retired one': [{ [roglog]: { state: 'retired' } }, { [roglog]: undefined }],
  'a retired one under another name': [{ [roglog]: { state: 'retired' } }, { [roglog]: { name: 'wiki', origin: { restoredFrom: 'ess' } } }],
  'more connections': [{}, platform({ postgres: { maxConnections: 300 } })],
  'parameters of PostgreSQL': [{}, platform({ postgres: { parameters: { work_mem: '8MB' } } })],
  'one instance of PostgreSQL more': [{}, { 'main.ts': { cluster: { nodes: [{ count: 4, cpu: '2', memory: '6Gi' }] }, platform: { postgres: { instances: 4 } } } }],
  'one instance of PostgreSQL less': [{}, platform({ postgres: { instances: 2 } })],
  'longer retention of backups': [{}, platform({ backups: { retention: '60d' } })],
  'the same retention in other words': [{ 'main.ts': { platform: { backups: { retention: '28d' } } } }, platform({ backups: { retention: '4w' } })],
  'backups of media on': [{}, mediaBackup(true)],
  'backups of media for longer, and at another hour': [mediaBackup(true), mediaBackup({ retention: '2m', schedule: '30 4 * * *' })],
  'stopping what has its media backed up': [mediaBackup(true), mediaBackup(true, { state: 'stopped' })],
  'an address of the same backups in other words': [objectStore('https://s3.example.org/'), objectStore('https://s3.example.org')],
  'the address of the bucket in other words': [platform({ backups: { endpoint: 'https://storage.yandexcloud.net/' } }), platform({ backups: { endpoint: 'https://storage.yandexcloud.net' } })],
  'the host of a database in other words': [
    { [roglog]: { database: { external: { host: 'db.example.net' } }, values: { synapse: { postgres: { host: 'DB.example.net.' } } } } },
    { [roglog]: { database: { external: { host: 'db.example.net' } } } },
  ],
  'backups more often': [{}, platform({ backups: { schedule: '0 0 */6 * * *' } })],
  'backups on': [platform({ backups: false }), platform({ backups: { bucket: 'backups', endpoint: 'https://s3.example.org' } })],
  'monitoring on': [platform({ monitoring: false }), platform({ monitoring: { host: 'grafana.example.org' } })],
  'how long metrics and logs stay': [{}, platform({ monitoring: { metricsRetention: '30d', logsRetention: '7d' } })],
  'a Secret more of one whose Secrets come from Vault': [vault({}), { ...vault({}), [roglog]: { secrets: 'external', synapse: { media: { backup: true } } } }],
  'another role in Vault, and one more that reads there': [vault({}), { ...vault({ role: 'other' }), 'instances/demo.ts': { ...demo, secrets: 'external' } }],
  'hosts of the platform': [{}, platform({ gitea: { host: 'git.example.org' }, argocd: { host: 'cd.example.org' }, monitoring: { host: 'metrics.example.org' } })],
  'a newer Kubernetes': [{}, { 'main.ts': { cluster: { kubernetes: '1.33' } } }],
  'another issuer': [{}, { [roglog]: { issuer: 'staging' } }],
  'labels': [{ [roglog]: { manifests: [config()] } }, { [roglog]: { manifests: [config({ labels: { a: 'b' } })], values: { labels: { team: 'ops' } } } }],
  'further objects that hold nothing': [{ [roglog]: { manifests: [config()] } }, {}],
  'a newer image of Synapse': [{ [roglog]: { values: { synapse: { image: { tag: 'v1.130.0' } } } } }, { [roglog]: { values: { synapse: { image: { tag: 'v1.130.1' } } } } }],
  'an older image of Element Web, which stores nothing': [{ [roglog]: { values: { elementWeb: { image: { tag: 'v1.12.1' } } } } }, { [roglog]: { values: { elementWeb: { image: { tag: 'v1.12.0' } } } } }],
  'keeping media for longer': [expiring('30d'), expiring('1y')],
  'keeping media for good': [expiring('30d'), {}],
  'configuration that deletes nothing': [{}, { [roglog]: { values: { synapse: { additional: { 'a.yaml': { config: 'max_avatar_size: 10M' } } } } } }],
  'a rehearsal that is stopped': [{ [roglog]: { rehearsal: { domain: 'try.example.org' } } }, { [roglog]: { rehearsal: { domain: 'try.example.org' }, state: 'stopped' } }],
  'the end of a rehearsal that is stopped': [{ [roglog]: { rehearsal: { domain: 'try.example.org' }, state: 'stopped' } }, {}],
  'the end of a rehearsal whose keys come by themselves, and which stays stopped': [
    { ...vault({}), [roglog]: { secrets: 'external', rehearsal: { domain: 'try.example.org' }, state: 'stopped' } },
    { ...vault({}), [roglog]: { secrets: 'external', state: 'stopped' } },
  ],
  'a stopped rehearsal that goes on': [{ [roglog]: { rehearsal: { domain: 'try.example.org' }, state: 'stopped' } }, { [roglog]: { rehearsal: { domain: 'try.example.org' } } }],
  'fsync said to be on': [{}, platform({ postgres: { parameters: { full_page_writes: 'on' } } })],
  'a kind of the platform that stores nothing': [{ [roglog]: { manifests: [middleware] } }, {}],
  'raw values': [{}, { [roglog]: { values: { synapse: { logging: { rootLevel: 'DEBUG' } } } } }],
};

it.each(Object.entries(harmless))('no alarm: %s', async (_, [before, after]) => {
  expect(await guarded(after, before)).toEqual([]);
});
