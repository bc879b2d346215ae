import { describe, expect, it } from 'vitest';
import { resolveCluster } from '../../lib/cluster/cluster';
import type { PlatformOptions } from '../../lib/platform/options';
import { resolvePlatform } from '../../lib/platform/platform';
import { furtherPins, pinsOf } from '../../lib/platform/versions';
import type { SecretWay } from '../../lib/secrets/way';
import { sealedValues } from '../../lib/secrets/sealed';
import { sealedFile } from '../fixtures/sealed';
import { objectsOf, platform } from './example';

const files = [sealedFile('cnpg', 's3-backups', ['ACCESS_KEY_ID', 'SECRET_ACCESS_KEY']), sealedFile('monitoring', 'grafana-admin', ['admin-password'])];

/** A platform whose Secrets go one of the ways. */
const going = (secrets: SecretWay, own: Partial<PlatformOptions> = {}) => {
  const options: PlatformOptions = {
    gitea: { host: 'gitea.example.org' }, argocd: { host: 'argocd.example.org' }, certManager: { email: 'admin@example.org' },
    backups: { bucket: 'backups', endpoint: 'https://storage.yandexcloud.net' }, monitoring: { host: 'grafana.example.org' }, ...own,
  };
  return objectsOf(resolvePlatform('main.ts', options, resolveCluster({ provider: 'yandex-cloud', kubernetes: '1.32', nodes: [{ count: 3, cpu: '2', memory: '6Gi' }] }), secrets, sealedValues(files)));
};
const sources = ({ get }: ReturnType<typeof objectsOf>) => get('AppProject', 'platform').spec.sourceRepos as string[];
const databaseKinds = ({ get }: ReturnType<typeof objectsOf>) => (get('AppProject', 'databases').spec.namespaceResourceWhitelist as { kind: string }[]).map(({ kind }) => kind);
const lockbox = { externalSecrets: { yandexLockbox: { folderId: 'b1gabc' } } };

describe('the Secrets of the platform', () => {
  it('are made by secrets.sh unless somebody says otherwise, and nothing is installed for another way', () => {
    const objects = going('bootstrap');
    for (const secret of ['gitea/gitea-keys', 'argocd/repository-fleet', 'cnpg/s3-backups', 'monitoring/grafana-admin']) expect(objects.secrets).toContain(`secret ${secret} `);
    expect(objects.all.filter(({ kind }) => /Secret/.test(kind))).toEqual([]);
    expect(databaseKinds(objects)).toEqual(['DatabaseRole', 'Database']);
    for (const { source } of Object.values(furtherPins)) expect(sources(objects)).not.toContain(source.repoURL);
  });

  it.each<[SecretWay, Partial<PlatformOptions>, string]>([
    ['sealed', {}, 'SealedSecret'],
    ['external', lockbox, 'ExternalSecret'],
    ['vault-plugin', { argocd: { host: 'argocd.example.org', vaultPlugin: { path: 'secret/data/fleet' } } }, 'Secret'],
  ])('come %s in an Application of their own, beside the database cluster; what Gitea and Argo CD start with does not', (way, own, kind) => {
    const objects = going(way, own);
    expect(objects.all.filter((object) => object.kind === kind).map(({ metadata: { name } }) => name).sort()).toEqual(['grafana-admin', 's3-backups']);
    expect(objects.secrets).toContain('secret gitea/gitea-keys ');
    expect(objects.secrets).toContain('secret argocd/repository-fleet ');
    expect(objects.secrets).not.toContain('s3-backups');
    expect(objects.wave('secrets')).toBe(objects.wave('postgres'));
    expect(databaseKinds(objects)).toContain(kind);
    expect(objects.get('Application', 'secrets').spec.source.plugin).toEqual(way === 'vault-plugin' ? { name: 'argocd-vault-plugin' } : undefined);
  });
});

describe('the SealedSecrets controller', () => {
  it('has the name that everybody looks for, and one key pair', () => {
    const objects = going('sealed');
    expect(objects.get('Application', 'sealed-secrets').spec.destination.namespace).toBe('kube-system');
    expect(objects.values('sealed-secrets')).toMatchObject({ fullnameOverride: 'sealed-secrets-controller', keyrenewperiod: '0' });
    expect(sources(objects)).toContain(furtherPins.sealedSecrets.source.repoURL);
  });

  it('can be had for one homeserver, and left out', () => {
    expect(objectsOf(platform({ sealedSecrets: { values: { keyttl: '8760h' } } })).values('sealed-secrets')).toMatchObject({ keyttl: '8760h' });
    expect(() => going('sealed', { sealedSecrets: false }).get('Application', 'sealed-secrets')).toThrow('0 objects');
  });
});

describe('External Secrets', () => {
  it('is there before its store, whose key secrets.sh brings', () => {
    const objects = going('external', lockbox);
    expect(objects.secrets).toContain('key authorized-key supplied YANDEX_LOCKBOX_AUTHORIZED_KEY bytes required ');
    expect(objects.wave('external-secrets')).toBeLessThan(objects.wave('secret-store'));
    expect(objects.get('ClusterSecretStore').spec.conditions[0].namespaces).toEqual(['cnpg', 'monitoring']);
    expect((objects.get('AppProject', 'platform').spec.destinations as { namespace: string }[]).map(({ namespace }) => namespace)).toContain('external-secrets');
  });

  it('limits every container, and gives way to nobody', () => {
    const values = going('external', lockbox).values('external-secrets');
    for (const part of [values, values.webhook, values.certController]) {
      expect(part.resources.limits.memory).toMatch(/Mi$/);
      expect(part.priorityClassName).toBe('fleet-platform');
    }
  });

  it('needs no Secret of the bootstrap\'s for Vault', () => {
    expect(going('external', { externalSecrets: { vault: { server: 'https://vault.example.net' } } }).secrets).not.toContain('external-secrets');
  });
});

it('a version is checked where its component is on', () => {
  expect(Object.keys(pinsOf(platform()))).not.toContain('sealedSecrets');
  expect(Object.keys(pinsOf(platform({ sealedSecrets: {} })))).toContain('sealedSecrets');
});
