import { describe, expect, it } from 'vitest';
import { guardRules } from '../../lib/guard/rules';
import type { Change, Owner } from '../../lib/diff/change';
import { fieldChanges } from '../../lib/diff/fields';
import type { Finding } from '../../lib/finding';
import type { Manifest } from '../../lib/gitops/manifest';
import { type Edit, guarded, guardedChanges } from './scenario';

interface Case {
  /** What is other in the baseline, beside what the tests' fleet says. */
  readonly before?: Edit;
  /** What is other in the tree, in the words of an edit. */
  readonly after: Edit;
  /** Where it is refused: `FILE: PATH`, and of which object with which new value. */
  readonly at: string;
  readonly object: string;
  readonly to?: string;
}

const roglog = 'instances/roglog.ts';
const ess = 'Application argocd/matrix-roglog';
const cnpgCluster = 'Cluster cnpg/shared-pg';
const platform = (own: object): Edit => ({ 'main.ts': { platform: own } });
const claim = (name: string, own: object = {}, metadata: object = {}) =>
  ({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name, ...metadata }, spec: { accessModes: ['ReadWriteOnce'], storageClassName: 'fleet-bulk-retain', resources: { requests: { storage: '5Gi' } }, ...own } });
const database = (own: object = {}) =>
  ({ apiVersion: 'postgresql.cnpg.io/v1', kind: 'Database', metadata: { name: 'wiki', namespace: 'cnpg' }, spec: { name: 'wiki', owner: 'app', cluster: { name: 'shared-pg' }, ...own } });
const extra = (...manifests: readonly object[]): Edit => platform({ manifests });
const vault = { platform: { argocd: { vaultPlugin: { path: 'secret/data/fleet' } }, externalSecrets: { vault: { server: 'https://vault.example.net' } } } };
const inVault = (own: object | null, more: object = {}): Edit =>
  ({ 'main.ts': { platform: { externalSecrets: { vault: own && { server: 'https://vault.example.net', ...own }, ...more } } }, [roglog]: { secrets: 'external' } });
const byPlugin = (path: string): Edit => ({ 'main.ts': { platform: { argocd: { vaultPlugin: { path } } } }, [roglog]: { secrets: 'vault-plugin' } });
/** A fleet with room for further database clusters. */
const room: Edit = {
  'main.ts': {
    cluster: { nodes: [{ count: 9, cpu: '4', memory: '16Gi' }] },
    platform: { databaseClusters: [{ name: 'big-pg', instances: 1 }, { name: 'rescue-pg', instances: 1, recovery: { from: 'big-pg' } }] },
  },
};
const external = (own: object): Edit => ({ [roglog]: { database: { external: { host: 'db.example.net', ...own } } } });
const wiki = (source: object = {}, metadata: object = {}) => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
  metadata: { name: 'wiki', namespace: 'argocd', ...metadata },
  spec: {
    project: 'wiki',
    destination: { server: 'https://kubernetes.default.svc', namespace: 'wiki' },
    source: { repoURL: 'https://example.org/a.git', targetRevision: 'main', path: 'wiki', ...source },
    syncPolicy: { automated: { prune: true } },
  },
});
const wikiProject = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'AppProject',
  metadata: { name: 'wiki', namespace: 'argocd' },
  spec: { sourceRepos: ['*'], destinations: [{ server: '*', namespace: '*' }] },
};
const wikis = (source: object = {}, metadata: object = {}) => extra(wiki(source, metadata), wikiProject);
const snapshot = () => ({ apiVersion: 'snapshot.storage.k8s.io/v1', kind: 'VolumeSnapshot', metadata: { name: 'before', namespace: 'cnpg' }, spec: { source: { persistentVolumeClaimName: 'shared-pg-1' } } });
const storageClass = (provisioner: string) => ({ apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: 'mine' }, provisioner, reclaimPolicy: 'Retain' });
const provider = (id: string, own: object = {}) => ({ id, issuer: 'https://sso.example.org', clientId: '42', ...own });
const logins = (providers: readonly object[], own: object = {}): Edit => ({ [roglog]: { identityProviders: providers, ...own } });
const nfs = (path: string, own: object = {}, server = '10.0.0.7'): Edit => ({ [roglog]: { synapse: { media: { nfs: { server, path }, ...own } } } });
const mediaBackup = (backup: unknown): Edit => ({ [roglog]: { synapse: { media: { backup } } } });
const mediaBackups = 'CronJob matrix-roglog/media-backup';
const described = (path: string) => extra({ apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name: 'wiki' }, spec: { capacity: { storage: '5Gi' }, accessModes: ['ReadWriteMany'], storageClassName: '', hostPath: { path } } });
const configured = (config: string): Edit => ({ [roglog]: { values: { synapse: { additional: { 'a.yaml': { config } } } } } });
const prune = { annotations: { 'argocd.argoproj.io/sync-options': 'Prune=false' } };

const cases: Readonly<Record<string, readonly Case[]>> = {
  'homeserver-vanishes': [
    { after: { [roglog]: undefined }, at: `${roglog}: `, object: ess },
    { before: { [roglog]: { state: 'stopped' } }, after: { [roglog]: undefined }, at: `${roglog}: `, object: ess },
  ],
  'homeserver-renamed': [{ after: { [roglog]: { name: 'wiki' } }, at: `${roglog}: name`, object: ess, to: 'wiki' }],
  'server-name-changes': [{ after: { [roglog]: { serverName: 'roglog.example.org' } }, at: `${roglog}: serverName`, object: ess, to: 'roglog.example.org' }],
  'accounts-move': [
    { after: { [roglog]: { mas: false } }, at: `${roglog}: mas`, object: ess, to: 'Synapse' },
    { before: { [roglog]: { mas: false } }, after: {}, at: `${roglog}: mas`, object: ess, to: 'MAS' },
    { before: { [roglog]: { state: 'stopped' } }, after: { [roglog]: { mas: false } }, at: `${roglog}: mas`, object: ess, to: 'Synapse' },
    { before: { [roglog]: { mas: { syn2mas: 'prepare' } } }, after: { [roglog]: { mas: { syn2mas: 'migrate' } } }, at: `${roglog}: mas`, object: ess, to: 'migrate' },
    { before: { [roglog]: { mas: { syn2mas: 'dry-run' } } }, after: {}, at: `${roglog}: mas`, object: ess, to: 'MAS' },
    { before: { [roglog]: { mas: { syn2mas: 'migrate' } } }, after: { [roglog]: { mas: { syn2mas: 'dry-run' } } }, at: `${roglog}: mas`, object: ess, to: 'dry-run' },
    { before: { [roglog]: { mas: { syn2mas: 'migrate' } } }, after: { [roglog]: { mas: { syn2mas: 'prepare' } } }, at: `${roglog}: mas`, object: ess, to: 'Synapse' },
    { after: { [roglog]: { mas: { syn2mas: 'dry-run' } } }, at: `${roglog}: mas`, object: ess, to: 'dry-run' },
  ],
  'database-place-changes': [
    { before: room, after: { ...room, [roglog]: { database: { cluster: 'big-pg' } } }, at: `${roglog}: database`, object: ess, to: 'big-pg' },
    { before: { ...room, [roglog]: { database: { cluster: 'big-pg' }, state: 'stopped' } }, after: { ...room, [roglog]: { database: { cluster: 'rescue-pg' } } }, at: `${roglog}: database`, object: ess, to: 'rescue-pg' },
    { after: { [roglog]: { database: { external: { host: 'db.example.net' } } } }, at: `${roglog}: database`, object: ess, to: 'db.example.net' },
    { after: { [roglog]: { origin: 'fresh', database: { builtIn: true } } }, before: { [roglog]: { origin: 'fresh' } }, at: `${roglog}: database`, object: ess, to: 'built-in' },
  ],
  'database-recovery-changes': [
    { after: platform({ postgres: { recovery: { from: 'old-pg' } } }), at: 'main.ts: platform.postgres.recovery', object: cnpgCluster, to: 'old-pg' },
    { before: platform({ postgres: { recovery: { from: 'old-pg', targetTime: '2026-11-20T09:41:00Z' } } }), after: platform({ postgres: { recovery: { from: 'old-pg', targetTime: '2026-11-20T09:42:00Z' } } }), at: 'main.ts: platform.postgres.recovery', object: cnpgCluster, to: '2026-11-20T09:42:00Z' },
    { before: platform({ postgres: { recovery: { from: 'old-pg' } } }), after: {}, at: 'main.ts: platform.postgres.recovery', object: cnpgCluster },
  ],
  'origin-switches': [
    { after: { [roglog]: { origin: 'fresh' } }, at: `${roglog}: origin`, object: ess, to: 'fresh' },
    { before: { [roglog]: { origin: 'fresh' } }, after: {}, at: `${roglog}: origin`, object: ess, to: 'restored' },
    { before: { [roglog]: { origin: { restoredFrom: 'ess' } } }, after: {}, at: `${roglog}: origin`, object: ess, to: 'matrix-chart' },
  ],
  'key-moves': [
    { after: { [roglog]: { values: { synapse: { signingKey: { secret: 'mine', secretKey: 'KEY' } } } } }, at: `${roglog}: values.synapse.signingKey`, object: ess, to: 'mine/KEY' },
    {
      before: { [roglog]: { origin: 'fresh' } },
      after: { [roglog]: { origin: 'fresh', values: { matrixAuthenticationService: { encryptionSecret: { secret: 'mine', secretKey: 'KEY' } } } } },
      at: `${roglog}: values.matrixAuthenticationService.encryptionSecret`,
      object: ess,
      to: 'mine/KEY',
    },
  ],
  'secret-goes': [{
    before: { [roglog]: { manifests: [{ apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', metadata: { name: 'mine' }, spec: { secretStoreRef: { name: 'vault' }, data: [{ secretKey: 'key', remoteRef: { key: 'demo' } }] } }] } },
    after: {},
    at: `${roglog}: manifests`,
    object: 'ExternalSecret matrix-roglog/mine',
  }],
  'secrets-way-switches': [
    {
      before: { 'main.ts': vault, [roglog]: { origin: 'fresh', database: { builtIn: true }, synapse: { media: { backup: true } } } },
      after: { 'main.ts': vault, [roglog]: { origin: 'fresh', database: { builtIn: true }, synapse: { media: { backup: true } }, secrets: 'external' } },
      at: `${roglog}: secrets`,
      object: 'ExternalSecret matrix-roglog/media-backup',
      to: 'external',
    },

    {
      before: { 'main.ts': vault },
      after: { 'main.ts': vault, [roglog]: { secrets: 'external' } },
      at: `${roglog}: secrets`,
      object: 'ExternalSecret matrix-roglog/matrix-roglog-databases',
      to: 'external',
    },
    {
      before: { 'main.ts': vault },
      after: { 'main.ts': vault, [roglog]: { secrets: 'vault-plugin' } },
      at: `${roglog}: secrets`,
      object: 'Secret matrix-roglog/matrix-roglog-databases',
      to: 'vault-plugin',
    },
    // Refused before anything is sealed: what is meant is meant until then, too.
    {
      before: { 'main.ts': { platform: { sealedSecrets: {} } } },
      after: { 'main.ts': { platform: { sealedSecrets: {} } }, [roglog]: { secrets: 'sealed' } },
      at: `${roglog}: secrets`,
      object: 'SealedSecret matrix-roglog/matrix-roglog-databases',
      to: 'sealed',
    },
  ],
  'secret-store-moves': [
    { before: inVault({}), after: inVault({ server: 'https://other.example.net' }), at: 'main.ts: platform.externalSecrets', object: 'ClusterSecretStore fleet', to: 'https://other.example.net secret/matrix-fleet' },
    { before: inVault({}), after: inVault({ prefix: 'other' }), at: 'main.ts: platform.externalSecrets', object: 'ClusterSecretStore fleet', to: 'https://vault.example.net secret/other' },
    { before: inVault({}), after: inVault(null, { yandexLockbox: { folderId: 'b1g' } }), at: 'main.ts: platform.externalSecrets', object: 'ClusterSecretStore fleet', to: 'Lockbox b1g' },
    { before: byPlugin('secret/data/fleet'), after: byPlugin('secret/data/other'), at: 'main.ts: platform.argocd.vaultPlugin.path', object: 'argocd-vault-plugin', to: 'secret/data/other' },
  ],
  'database-goes': [
    { before: extra(database()), after: {}, at: 'main.ts: platform.manifests', object: 'Database cnpg/wiki' },
    { before: extra(database()), after: extra(database({ ensure: 'absent' })), at: 'main.ts: platform.manifests[0]', object: 'Database cnpg/wiki' },
  ],
  'database-moves': [
    { before: external({}), after: external({ mas: { user: 'other' } }), at: `${roglog}: database.external.mas.user`, object: ess, to: 'other' },
    { before: external({}), after: external({ port: 5433 }), at: `${roglog}: database.external.port`, object: ess, to: '5433' },
    { before: extra(database()), after: extra(database({ name: 'other' })), at: 'main.ts: platform.manifests[0]', object: 'Database cnpg/wiki', to: 'other' },
    { after: { [roglog]: { values: { synapse: { postgres: { database: 'other' } } } } }, at: `${roglog}: values.synapse.postgres.database`, object: ess, to: 'other' },
    { after: { [roglog]: { values: { matrixAuthenticationService: { postgres: { host: 'db.example.org' } } } } }, at: `${roglog}: values.matrixAuthenticationService.postgres.host`, object: ess, to: 'db.example.org' },
  ],
  'volume-shrinks': [
    { after: { [roglog]: { synapse: { media: { size: '5Gi' } } } }, at: `${roglog}: synapse.media.size`, object: 'PersistentVolumeClaim matrix-roglog/matrix-roglog-media', to: '5Gi' },
    { after: { 'main.ts': { defaults: { synapse: { media: { size: '5Gi' } } } } }, at: 'main.ts: defaults.synapse.media.size', object: 'PersistentVolumeClaim matrix-roglog/matrix-roglog-media', to: '5Gi' },
    { after: platform({ postgres: { size: '40Gi' } }), at: 'main.ts: platform.postgres.size', object: cnpgCluster, to: '40Gi' },
    { after: platform({ postgres: { walSize: '5Gi' } }), at: 'main.ts: platform.postgres.walSize', object: cnpgCluster, to: '5Gi' },
    { after: platform({ gitea: { size: '5Gi' } }), at: 'main.ts: platform.gitea.size', object: 'PersistentVolumeClaim gitea/gitea-data', to: '5Gi' },
    { after: platform({ monitoring: { sizes: { loki: '5Gi' } } }), at: 'main.ts: platform.monitoring.sizes.loki', object: 'Application argocd/loki', to: '5Gi' },
    { after: platform({ monitoring: { sizes: { victoriaMetrics: '5Gi' } } }), at: 'main.ts: platform.monitoring.sizes.victoriaMetrics', object: 'Application argocd/victoria-metrics-single', to: '5Gi' },
  ],
  'volume-class-changes': [
    { after: { [roglog]: { synapse: { media: { storageClass: 'yc-network-hdd' } } } }, at: `${roglog}: synapse.media.storageClass`, object: 'PersistentVolumeClaim matrix-roglog/matrix-roglog-media', to: 'yc-network-hdd' },
    { after: { 'main.ts': { cluster: { storage: { fastRetain: 'mine' } } } }, at: 'main.ts: cluster.storage', object: cnpgCluster, to: 'mine' },
  ],
  'volume-goes': [
    { before: { [roglog]: { manifests: [claim('more')] } }, after: {}, at: `${roglog}: manifests`, object: 'PersistentVolumeClaim matrix-roglog/more' },
    { after: platform({ monitoring: false }), at: 'main.ts: platform.monitoring', object: 'Application argocd/loki' },
    {
      before: { [roglog]: { mas: false, values: { hookshot: { enableEncryption: true } } } },
      after: { [roglog]: { mas: false, values: { hookshot: { enableEncryption: true } }, state: 'stopped' } },
      at: `${roglog}: values.hookshot.storage`,
      object: ess,
    },
  ],
  'claim-changes': [{
    after: { [roglog]: { manifests: [claim('other')], values: { synapse: { media: { storage: { existingClaim: 'other' } } } } } },
    at: `${roglog}: values.synapse.media.storage.existingClaim`,
    object: ess,
    to: 'claim other',
  }],
  'application-goes': [
    { before: wikis(), after: extra(wikiProject), at: 'main.ts: platform.manifests', object: 'Application argocd/wiki' },
    { before: wikis({}, { finalizers: ['resources-finalizer.argocd.argoproj.io'] }), after: extra(wikiProject), at: 'main.ts: platform.manifests', object: 'Application argocd/wiki' },
  ],
  'source-changes': [
    { before: wikis(), after: wikis({ path: 'other' }), at: 'main.ts: platform.manifests[0]', object: 'Application argocd/wiki', to: 'other' },
    { before: wikis(), after: wikis({ repoURL: 'https://example.org/b.git' }), at: 'main.ts: platform.manifests[0]', object: 'Application argocd/wiki', to: 'https://example.org/b.git' },
    { before: wikis(), after: wikis({ targetRevision: 'next' }), at: 'main.ts: platform.manifests[0]', object: 'Application argocd/wiki', to: 'next' },
    { before: wikis(), after: wikis({ directory: { exclude: 'db.yaml' } }), at: 'main.ts: platform.manifests[0]', object: 'Application argocd/wiki', to: '{"exclude":"db.yaml"}' },
    { after: platform({ gitea: { owner: 'others' } }), at: 'main.ts: platform.gitea', object: 'Application argocd/platform', to: 'http://gitea-http.gitea.svc:3000/others/fleet.git' },
  ],
  'object-goes': [{ before: extra(snapshot()), after: {}, at: 'main.ts: platform.manifests', object: 'VolumeSnapshot cnpg/before' }],
  'object-moves': [{
    before: { [roglog]: { manifests: [claim('more', {}, { namespace: 'matrix-roglog' })] } },
    after: extra(claim('more', {}, { namespace: 'matrix-roglog' })),
    at: 'main.ts: platform.manifests[0]',
    object: 'PersistentVolumeClaim matrix-roglog/more',
    to: 'dist/manifests/extra',
  }],
  'values-move': [
    { after: platform({ monitoring: { values: { loki: { fullnameOverride: 'logs' } } } }), at: 'main.ts: platform.monitoring', object: 'Application argocd/loki', to: 'logs' },
    { after: platform({ monitoring: { values: { 'victoria-metrics-single': { server: { fullnameOverride: 'vm' } } } } }), at: 'main.ts: platform.monitoring', object: 'Application argocd/victoria-metrics-single', to: 'vm' },
    { after: platform({ monitoring: { values: { 'victoria-metrics-single': { server: { mode: 'deployment' } } } } }), at: 'main.ts: platform.monitoring', object: 'Application argocd/victoria-metrics-single', to: 'deployment' },
    { after: platform({ monitoring: { values: { loki: { loki: { storage: { type: 's3' } } } } } }), at: 'main.ts: platform.monitoring', object: 'Application argocd/loki', to: 's3' },
  ],
  'history-expires': [
    { after: configured('media_retention: { local_media_lifetime: 30d }'), at: `${roglog}: values.synapse.additional`, object: ess, to: '30d' },
    { before: configured('retention: { enabled: true, default_policy: { max_lifetime: 1y } }'), after: configured('retention: { enabled: true, default_policy: { max_lifetime: 26w } }'), at: `${roglog}: values.synapse.additional`, object: ess, to: '26w' },
  ],
  'rehearsal-begins': [{ after: { [roglog]: { rehearsal: { domain: 'try.example.org' } } }, at: `${roglog}: rehearsal`, object: ess }],
  'rehearsal-ends': [
    { before: { [roglog]: { rehearsal: { domain: 'try.example.org' } } }, after: {}, at: `${roglog}: rehearsal`, object: ess },
    { before: { 'main.ts': vault, [roglog]: { secrets: 'external', rehearsal: { domain: 'try.example.org' }, state: 'stopped' } }, after: { 'main.ts': vault, [roglog]: { secrets: 'external' } }, at: `${roglog}: rehearsal`, object: ess },
  ],
  'database-safety-goes': [
    { after: platform({ postgres: { parameters: { fsync: 'off' } } }), at: 'main.ts: platform.postgres', object: cnpgCluster },
    { after: platform({ postgres: { parameters: { full_page_writes: 'off' } } }), at: 'main.ts: platform.postgres', object: cnpgCluster },
  ],
  'identity-provider-goes': [
    { before: logins([provider('a')]), after: logins([provider('b')]), at: `${roglog}: identityProviders[0].id`, object: ess, to: 'b' },
    { before: logins([provider('a'), provider('b', { clientId: '43' })]), after: logins([provider('a')]), at: `${roglog}: identityProviders`, object: ess },
    { before: logins([provider('a')]), after: {}, at: `${roglog}: identityProviders`, object: ess },
    { before: logins([provider('a')], { mas: false }), after: logins([provider('b', { issuer: 'https://other.example.org' })], { mas: false }), at: `${roglog}: identityProviders`, object: ess },
    { before: logins([provider('a')], { mas: { syn2mas: 'dry-run' } }), after: logins([provider('b')], { mas: { syn2mas: 'migrate' } }), at: `${roglog}: identityProviders[0].id`, object: ess, to: 'b' },
    {
      before: { [roglog]: { values: { matrixAuthenticationService: { additional: { 'own.yaml': { config: 'upstream_oauth2: { providers: [{ id: 01HFVBY12TMNTYTBV8W921M5FA, issuer: "https://a.example.org", client_id: a }] }' } } } } } },
      after: {},
      at: `${roglog}: values.matrixAuthenticationService.additional["own.yaml"]`,
      object: ess,
    },
  ],
  'identity-provider-moves': [{
    before: logins([provider('a'), provider('b')]),
    after: logins([provider('a'), provider('b', { issuer: 'https://other.example.org' })]),
    at: `${roglog}: identityProviders[1].issuer`,
    object: ess,
    to: 'https://other.example.org',
  }],
  'identity-provider-renames': [
    {
      before: logins([provider('a', { existingUsers: true })]),
      after: logins([provider('a', { existingUsers: true, localpart: '{{ user.email }}' })]),
      at: `${roglog}: identityProviders[0].localpart`,
      object: ess,
      to: '{{ user.email }}',
    },
    {
      before: logins([provider('a', { existingUsers: true })], { mas: false }),
      after: logins([provider('a', { existingUsers: true, localpart: '{{ user.email }}' })], { mas: false }),
      at: `${roglog}: identityProviders[0].localpart`,
      object: ess,
      to: '{{ user.email }}',
    },
  ],
  'static-volume-changes': [
    { before: nfs('/a'), after: nfs('/b'), at: `${roglog}: synapse.media.nfs.path`, object: 'PersistentVolume matrix-roglog-media', to: '10.0.0.7:/b' },
    { before: nfs('/a'), after: nfs('/a', {}, '10.0.0.8'), at: `${roglog}: synapse.media.nfs.server`, object: 'PersistentVolume matrix-roglog-media', to: '10.0.0.8:/a' },
    { before: nfs('/a', { size: '20Gi' }), after: {}, at: `${roglog}: synapse.media`, object: 'PersistentVolumeClaim matrix-roglog/matrix-roglog-media', to: 'a volume of the class fleet-bulk-retain' },
    { after: nfs('/a'), at: `${roglog}: synapse.media.nfs`, object: 'PersistentVolumeClaim matrix-roglog/matrix-roglog-media', to: '10.0.0.7:/a' },
    { before: nfs('/a'), after: nfs('/a', { size: '20Gi' }), at: `${roglog}: synapse.media.size`, object: 'PersistentVolumeClaim matrix-roglog/matrix-roglog-media', to: '20Gi' },
    { before: described('/a'), after: described('/b'), at: 'main.ts: platform.manifests[0]', object: 'PersistentVolume wiki', to: '{"hostPath":{"path":"/b"}}' },
    {
      before: { [roglog]: { manifests: [claim('more', { storageClassName: '', volumeName: 'a' }, prune)] } },
      after: { [roglog]: { manifests: [claim('more', { storageClassName: '', volumeName: 'b' }, prune)] } },
      at: `${roglog}: manifests[0]`,
      object: 'PersistentVolumeClaim matrix-roglog/more',
      to: 'the volume b',
    },
  ],
  'class-changes': [{
    before: extra(storageClass('disk-csi-driver.mks.ycloud.io')),
    after: extra(storageClass('rancher.io/local-path')),
    at: 'main.ts: platform.manifests[0]',
    object: 'StorageClass mine',
    to: 'rancher.io/local-path',
  }],
  'namespace-goes': [{ before: extra({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'wiki' } }), after: {}, at: 'main.ts: platform.manifests', object: 'Namespace wiki' }],
  'protection-lifted': [{ before: { [roglog]: { manifests: [claim('more', {}, prune)] } }, after: { [roglog]: { manifests: [claim('more')] } }, at: `${roglog}: manifests[0]`, object: 'PersistentVolumeClaim matrix-roglog/more', to: 'no Prune=false' }],
  'reclaim-loosened': [
    {
      before: extra({ apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: 'mine' }, provisioner: 'disk-csi-driver.mks.ycloud.io', reclaimPolicy: 'Retain' }),
      after: extra({ apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: 'mine' }, provisioner: 'disk-csi-driver.mks.ycloud.io' }),
      at: 'main.ts: platform.manifests[0]',
      object: 'StorageClass mine',
      to: 'Delete',
    },
    { before: extra(database()), after: extra(database({ databaseReclaimPolicy: 'delete' })), at: 'main.ts: platform.manifests[0]', object: 'Database cnpg/wiki', to: 'delete' },
  ],
  'definitions-go': [{ after: platform({ certManager: { values: { crds: { enabled: false } } } }), at: 'main.ts: platform.certManager.values', object: 'Application argocd/cert-manager', to: 'false' }],
  'backups-stop': [
    { after: platform({ backups: false }), at: 'main.ts: platform.backups', object: cnpgCluster },
    { before: mediaBackup(true), after: mediaBackup(false), at: `${roglog}: synapse.media.backup`, object: mediaBackups },
  ],
  'backups-move': [
    { after: platform({ backups: { bucket: 'other' } }), at: 'main.ts: platform.backups.bucket', object: 'ObjectStore cnpg/shared-pg', to: 's3://other/' },
    { after: platform({ backups: { endpoint: 'https://s3.example.org' } }), at: 'main.ts: platform.backups.endpoint', object: 'ObjectStore cnpg/shared-pg', to: 'https://s3.example.org' },
    { before: mediaBackup({ claim: 'a' }), after: mediaBackup({ claim: 'b' }), at: `${roglog}: synapse.media.backup`, object: mediaBackups, to: 'claim b, /backups/matrix-roglog' },
    { before: mediaBackup(true), after: mediaBackup({ claim: 'b' }), at: `${roglog}: synapse.media.backup`, object: mediaBackups, to: 'claim b, /backups/matrix-roglog' },
  ],
  'backups-retention-shortens': [
    { after: platform({ backups: { retention: '2w' } }), at: 'main.ts: platform.backups.retention', object: 'ObjectStore cnpg/shared-pg', to: '2w' },
    { before: mediaBackup(true), after: mediaBackup({ retention: '1d' }), at: `${roglog}: synapse.media.backup.retention`, object: mediaBackups, to: '1d' },
  ],
  'version-goes-back': [{ after: { [roglog]: { chartVersion: '26.7.2' } }, at: `${roglog}: chartVersion`, object: ess, to: '26.7.2' }],
  'release-jumped': [{
    before: { [roglog]: { chartVersion: '26.2.3', values: { matrixRTC: { sfu: { exposedServices: { turn: { enabled: true } } } } } } },
    after: { [roglog]: { chartVersion: '26.6.1', values: { matrixRTC: { sfu: { exposedServices: { turn: { enabled: true } } } } } } },
    at: `${roglog}: chartVersion`,
    object: ess,
    to: '26.6.1',
  }],
};

/** The intention that a refusal prints, read as one would copy it. */
function intentionIn({ fix }: Finding): Readonly<Record<string, string>> {
  const [, line] = /intends: \[\{ (.*) \}\]$/.exec(fix) ?? [];
  return Object.fromEntries([...line!.matchAll(/(\w+): (?:'([^']*)'|("(?:[^"\\]|\\.)*"))/g)].map(([, key, text, quoted]) => [key!, text ?? JSON.parse(quoted!) as string]));
}

/** The line of the user's source that means it, laid over the edit. */
function meant(edit: Edit, file: string, intention: object): Edit {
  return { ...edit, [file]: { ...edit[file] as object, intends: [intention] } };
}

describe.each(Object.entries(cases))('%s', (rule, ofRule) => {
  it.each(ofRule.map((one) => [`${one.at} ${one.to ?? ''}`, one] as const))('is refused: %s', async (_, { before, after, at, object, to }) => {
    const refusals = (await guarded(after, before)).filter((finding) => finding.severity === 'error');
    const found = refusals.filter((finding) => `${finding.file}: ${finding.path}` === at && finding.message.length > 0);
    const finding = found.find((one) => one.rule === rule && one.fix.includes(object) && intentionIn(one)['to'] === to);
    expect(finding, JSON.stringify(refusals)).toMatchObject({ rule, severity: 'error' });
    expect(intentionIn(finding!)).toMatchObject({ change: rule, object, ...to !== undefined && { to } });
    expect(finding!.steps!.length).toBeGreaterThan(1);
    expect(new Set(refusals.map(({ fix }) => fix)).size, 'a line means one change').toBe(refusals.length);
  });

  it('passes where exactly that is meant, and only then', async () => {
    const { before, after, object } = ofRule[0]!;
    const refusals = (await guarded(after, before)).filter((finding) => finding.rule === rule && finding.fix.includes(`'${object}'`));
    const file = /say so in (\S+):/.exec(refusals[0]!.fix)![1]!;
    const intention = intentionIn(refusals[0]!);
    const of = async (own: object) =>
      (await guarded(meant(after, file, { ...intention, ...own }), before)).filter((finding) => finding.rule === rule && finding.fix.includes(`'${object}'`));
    expect(await of({})).toHaveLength(refusals.length - 1);
    for (const other of [{ to: 'something else' }, { at: 'elsewhere' }]) expect(await of(other)).toHaveLength(refusals.length);
    expect(await of({ object: 'ConfigMap a/b' })).toHaveLength(refusals.length);
  });
});

describe('media that move from or to NFS', () => {
  const home = 'matrix-roglog';
  const media = `${home}-media`;
  const stepsOf = async (after: Edit, before: Edit) => {
    const [finding, ...others] = await guarded(after, before);
    expect(others).toEqual([]);
    return finding!.steps!.flatMap((step) => step.split('\n').slice(1)).filter((line) => /^(kubectl|echo|until)/.test(line));
  };
  /** What is made and deleted of claims and volumes, and what is copied from where to where. */
  const acts = (lines: readonly string[]) => lines.flatMap((line) => {
    const [, from, to] = /"claimName":"(\S+?)".*"claimName":"(\S+?)"/.exec(line) ?? [];
    if (from !== undefined) return [`copy ${from} ${to}`];
    const [, made] = /"kind":"PersistentVolume","metadata":\{"name":"(\S+?)"/.exec(line) ?? [];
    const [, at] = /"nfs":\{"server":"10\.0\.0\.7","path":"(\S+?)"/.exec(line) ?? [];
    if (made !== undefined) return [`make ${made} ${at}`];
    return line.startsWith('until') ? ['pushed'] : [...line.matchAll(/delete (pvc|pv) (\S+)/g)].map(([act]) => act);
  });

  it('takes the image of the pod that copies from the homeserver\'s mirror, with its login', async () => {
    const mirror = { images: { registry: 'registry.example.net/mirror', pullSecret: true } };
    const of = (edit: Edit): Edit => ({ [roglog]: { ...edit[roglog] as object, ...mirror } });
    const pod = (await stepsOf(of(nfs('/b')), of(nfs('/a')))).find((line) => line.includes('"kind":"Pod"'))!;
    expect(pod).toContain('"image":"registry.example.net/mirror/postgresql:');
    expect(pod).toContain('"imagePullSecrets":[{"name":"matrix-roglog-');
  });

  it('copies before it lets go of a claim that nothing else can mount, and after it where the folder can be mounted again', async () => {
    expect(acts(await stepsOf(nfs('/a'), {}))).toEqual([`make ${media}-new /a`, `copy ${media} ${media}-new`, `delete pvc ${media}-new`, `delete pv ${media}-new`, 'pushed', `delete pvc ${media}`]);
    expect(acts(await stepsOf({}, nfs('/a')))).toEqual(['pushed', `delete pvc ${media}`, `delete pv ${media}`, `make ${media}-old /a`, `copy ${media}-old ${media}`, `delete pvc ${media}-old`, `delete pv ${media}-old`]);
    expect(acts(await stepsOf(nfs('/b'), nfs('/a')))).toEqual([`make ${media}-new /b`, `copy ${media} ${media}-new`, `delete pvc ${media}-new`, `delete pv ${media}-new`, 'pushed', `delete pvc ${media}`, `delete pv ${media}`]);
  });
});

/** What no option leads to, but another version of this program may. */
describe('beyond the options', () => {
  const owner: Owner = { kind: 'component', name: 'postgres' };
  const place = { path: 'manifests/postgres/any.yaml', owner };
  const changes = (before: object, after: object): Change => ({ ...place, what: 'changes', before: before as Manifest, after: after as Manifest, fields: [...fieldChanges(before, after)] });
  const moved = (manifest: object): Change => ({ ...place, what: 'changes', from: 'manifests/other/any.yaml', before: manifest as Manifest, after: manifest as Manifest, fields: [] });
  const object = (apiVersion: string, kind: string, own: object, metadata: object = {}) => ({ apiVersion, kind, metadata: { name: 'shared-pg', namespace: 'cnpg', ...metadata }, ...own });
  const cluster = (spec: object) => object('postgresql.cnpg.io/v1', 'Cluster', { spec });
  const application = (spec: object, metadata: object = {}) => object('argoproj.io/v1alpha1', 'Application', { spec }, metadata);
  const workload = (image: string, claimName = 'data') => object('apps/v1', 'Deployment', { spec: { template: { spec: { containers: [{ image }], volumes: [{ name: 'data', persistentVolumeClaim: { claimName } }] } } } });
  const template = (storage: string) => ({ metadata: { name: 'data' }, spec: { resources: { requests: { storage } } } });
  const nginx = { repoURL: 'https://charts.example.org', chart: 'nginx', targetRevision: '1.2.3' };
  const chart = (valuesObject: object) => application({ source: { ...nginx, helm: { valuesObject } } });
  const archived = cluster({ plugins: [{ name: 'barman-cloud.cloudnative-pg.io', isWALArchiver: true, parameters: { barmanObjectName: 'a' } }] });
  const hosted = (path: string) => object('apps/v1', 'Deployment', { spec: { template: { spec: { volumes: [{ name: 'data', hostPath: { path } }] } } } });
  const external = (spec: object) => object('external-secrets.io/v1', 'ExternalSecret', { spec });
  const kept = { annotations: { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' } };
  const pruned = { syncPolicy: { automated: { prune: true } } };

  it.each([
    ['database-cluster-goes', { ...place, what: 'goes', manifest: cluster({}) as unknown as Manifest } satisfies Change],
    ['database-major-changes', changes(cluster({ imageName: 'ghcr.io/cloudnative-pg/postgresql:17.6' }), cluster({ imageName: 'ghcr.io/cloudnative-pg/postgresql:18.4' }))],
    ['database-major-changes', changes(cluster({ imageName: 'ghcr.io/cloudnative-pg/postgresql:18.4' }), cluster({ imageCatalogRef: { major: 17 } }))],
    ['volume-goes', changes(cluster({ walStorage: { size: '10Gi' } }), cluster({}))],
    ['volume-shrinks', changes(cluster({ tablespaces: [{ name: 'big', storage: { size: '10Gi' } }] }), cluster({ tablespaces: [{ name: 'big', storage: { size: '1Gi' } }] }))],
    ['volume-shrinks', changes(object('apps/v1', 'StatefulSet', { spec: { volumeClaimTemplates: [template('2Gi')] } }), object('apps/v1', 'StatefulSet', { spec: { volumeClaimTemplates: [template('1Gi')] } }))],
    ['claim-changes', changes(workload('gitea:28.1.0'), workload('gitea:28.1.0', 'other'))],
    ['version-goes-back', changes(workload('docker.gitea.com/gitea:28.1.0-rootless'), workload('docker.gitea.com/gitea:28.0.3-rootless'))],
    ['version-goes-back', changes(application({ source: { chart: 'loki', targetRevision: '18.11.0' } }), application({ source: { chart: 'loki', targetRevision: '18.9.0' } }))],
    ['application-moves', changes(application({ destination: { namespace: 'a' } }), application({ destination: { namespace: 'b' } }))],
    ['application-moves', changes(application({ source: { helm: { releaseName: 'a' } } }), application({ source: { helm: { releaseName: 'b' } } }))],
    ['protection-lifted', changes(application(pruned), application(pruned, { finalizers: ['resources-finalizer.argocd.argoproj.io'] }))],
    ['protection-lifted', changes(application({}), application(pruned))],
    ['backups-stop', changes(object('postgresql.cnpg.io/v1', 'ScheduledBackup', { spec: { cluster: { name: 'shared-pg' } } }), object('postgresql.cnpg.io/v1', 'ScheduledBackup', { spec: { suspend: true, cluster: { name: 'shared-pg' } } }))],
    ['database-major-changes', changes(cluster({ imageName: 'reg:5000/pg:18.1' }), cluster({ imageName: 'reg:5000/pg:13.4' }))],
    ['database-major-changes', changes(cluster({}), cluster({ imageName: 'pg:13.4' }))],
    ['database-goes', changes(object('postgresql.cnpg.io/v1', 'Database', { spec: { name: 'wiki', schemas: [{ name: 'app' }] } }), object('postgresql.cnpg.io/v1', 'Database', { spec: { name: 'wiki', schemas: [{ name: 'app', ensure: 'absent' }] } }))],
    ['database-goes', changes(cluster({ managed: { roles: [{ name: 'app' }] } }), cluster({ managed: { roles: [{ name: 'app', ensure: 'absent' }] } }))],
    ['backups-stop', changes(cluster({ backup: { barmanObjectStore: { destinationPath: 's3://a' } } }), cluster({}))],
    ['backups-stop', changes(archived, { ...archived, metadata: { ...archived.metadata, annotations: { 'cnpg.io/skipWalArchiving': 'enabled' } } })],
    ['backups-move', changes(cluster({ backup: { barmanObjectStore: { destinationPath: 's3://a' } } }), cluster({ backup: { barmanObjectStore: { destinationPath: 's3://b' } } }))],
    ['backups-move', changes(object('postgresql.cnpg.io/v1', 'ScheduledBackup', { spec: { method: 'plugin' } }), object('postgresql.cnpg.io/v1', 'ScheduledBackup', { spec: { method: 'volumeSnapshot' } }))],
    ['backups-retention-shortens', changes(cluster({ backup: { retentionPolicy: '30d' } }), cluster({ backup: { retentionPolicy: '7d' } }))],
    ['volume-goes', changes(chart({ grafana: { persistence: { enabled: true } } }), chart({ grafana: {} }))],
    ['volume-goes', changes(application({ source: { ...nginx, helm: { values: 'persistence: { size: 5Gi }' } } }), application({ source: { ...nginx, helm: { values: 'a: b' } } }))],
    ['volume-shrinks', changes(chart({ persistence: { size: '5Gi' } }), application({ source: { ...nginx, helm: { valuesObject: { persistence: { size: '5Gi' } }, parameters: [{ name: 'persistence.size', value: '1Gi' }] } } }))],
    ['volume-shrinks', changes(application({ sources: [{ ...nginx, helm: { valuesObject: { persistence: { size: '5Gi' } } } }] }), application({ sources: [{ ...nginx, helm: { valuesObject: { persistence: { size: '1Gi' } } } }] }))],
    ['source-changes', changes(application({ ...pruned, sources: [nginx, { repoURL: 'https://example.org/a.git', ref: 'values' }] }), application({ ...pruned, sources: [nginx] }))],
    ['source-changes', changes(application({ ...pruned, source: { ...nginx, helm: { values: 'a: b' } } }), application({ ...pruned, source: { ...nginx, helm: { values: 'a: [' } } }))],
    ['source-changes', changes(application({ ...pruned, source: nginx }), application({ ...pruned, source: { ...nginx, targetRevision: '*' } }))],
    ['values-move', changes(chart({ persistence: { size: '1Gi' } }), chart({ persistence: { size: '1Gi', subPath: 'other' } }))],
    ['values-move', changes(chart({}), chart({ primary: { persistence: { enabled: false } } }))],
    ['version-goes-back', changes(chart({ image: { tag: 'v2.1' } }), chart({ image: { tag: 'v2.0' } }))],
    ['claim-changes', changes(hosted('/data'), hosted('/other'))],
    ['reclaim-loosened', changes(object('apps/v1', 'StatefulSet', { spec: {} }), object('apps/v1', 'StatefulSet', { spec: { persistentVolumeClaimRetentionPolicy: { whenScaled: 'Delete' } } }))],
    ['reclaim-loosened', changes(external({}), external({ target: { deletionPolicy: 'Delete' } }))],
    ['secret-goes', changes(external({}), external({ target: { name: 'other' } }))],
    ['protection-lifted', changes(cluster({}), object('postgresql.cnpg.io/v1', 'Cluster', { spec: {} }, { ownerReferences: [{ kind: 'ConfigMap', name: 'a', uid: 'b' }] }))],
    ['protection-lifted', changes(cluster({}), object('postgresql.cnpg.io/v1', 'Cluster', { spec: {} }, { annotations: { 'argocd.argoproj.io/sync-options': 'Force=true,Replace=true' } }))],
    ['protection-lifted', changes(cluster({}), object('postgresql.cnpg.io/v1', 'Cluster', { spec: {} }, { annotations: { 'argocd.argoproj.io/hook': 'PreSync', 'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation' } }))],
    ['object-goes', { ...place, what: 'goes', manifest: object('v1', 'PersistentVolume', {}) as unknown as Manifest } satisfies Change],
    ['object-goes', { ...place, what: 'goes', manifest: object('ceph.rook.io/v1', 'CephBlockPool', {}) as unknown as Manifest } satisfies Change],
    ['baseline-unreadable', { ...place, what: 'text', before: '<<<<<<< HEAD', after: undefined } satisfies Change],
    ['baseline-unreadable', { ...place, what: 'text', before: '', after: undefined } satisfies Change],
    ['object-moves', moved(cluster({}))],
    ['definitions-go', { ...place, what: 'goes', manifest: object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', { spec: { names: { kind: 'Cluster' } } }) as unknown as Manifest } satisfies Change],
  ] as const)('%s is refused, and nothing else with it', async (rule, change) => {
    expect((await guardedChanges([change])).map((finding) => finding.rule)).toEqual([rule]);
  });

  it.each([
    ['a minor version of PostgreSQL', changes(cluster({ imageName: 'postgresql:18.5' }), cluster({ imageName: 'postgresql:18.4' }))],
    ['a newer image beside a volume', changes(workload('gitea:28.1.0'), workload('gitea:28.2.0'))],
    ['a protection that waits for a word instead of one that never gives way', changes(application({}, { annotations: { 'argocd.argoproj.io/sync-options': 'Prune=false' } }), application({}, { annotations: { 'argocd.argoproj.io/sync-options': 'Prune=confirm' } }))],
    ['an upgrade of a chart, and other values of it', changes(application({ ...pruned, source: nginx }), application({ ...pruned, source: { ...nginx, targetRevision: '1.3.0', helm: { values: 'replicas: 2', parameters: [{ name: 'image.tag', value: '1.3' }] } } }))],
    ['one source more', changes(application({ ...pruned, sources: [nginx] }), application({ ...pruned, sources: [nginx, { ...nginx, chart: 'more' }] }))],
    ['what is protected in another folder', moved(object('v1', 'PersistentVolumeClaim', {}, kept))],
    ['what stores nothing in another folder', moved(object('v1', 'ConfigMap', {}))],
    ['a known kind that stores nothing', { ...place, what: 'goes', manifest: object('traefik.io/v1alpha1', 'Middleware', {}) as unknown as Manifest } satisfies Change],
    ['a Job that is always made anew', changes(object('batch/v1', 'Job', {}), object('batch/v1', 'Job', {}, { annotations: { 'argocd.argoproj.io/sync-options': 'Force=true,Replace=true' } }))],
    ['a registry with a port', changes(cluster({ imageName: 'pg:18.1' }), cluster({ imageName: 'reg:5000/pg:18.2@sha256:0' }))],
    ['a longer schema of Loki', changes(application({ source: { ...nginx, chart: 'loki', helm: { valuesObject: { loki: { schemaConfig: { configs: [{ from: 'a' }] } } } } } }), application({ source: { ...nginx, chart: 'loki', helm: { valuesObject: { loki: { schemaConfig: { configs: [{ from: 'a' }, { from: 'b' }] } } } } } }))],
    ['annotations and finalizers of a wrong type', changes(object('example.org/v1', 'Any', { a: 1 }, { annotations: { 'argocd.argoproj.io/sync-options': 5 }, finalizers: 'a' }), object('example.org/v1', 'Any', { a: 2 }, { annotations: { 'argocd.argoproj.io/sync-options': 5 }, finalizers: 'a' }))],
    ['a chart\'s volume that was off', changes(application({ source: { helm: { valuesObject: { persistence: { enabled: false, size: '1Gi' } } } } }), application({}))],
  ])('%s passes', async (_, change) => {
    expect(await guardedChanges([change])).toEqual([]);
  });
});

it('every rule has a case, here or above', () => {
  const above = new Set(['application-moves', 'baseline-unreadable', 'database-cluster-goes', 'database-major-changes']);
  expect(guardRules.map(({ id }) => id).filter((id) => !above.has(id)).sort()).toEqual(Object.keys(cases).sort());
});
