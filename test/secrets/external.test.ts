import { describe, expect, it } from 'vitest';
import { externalObjects, storeObject, type Vault } from '../../lib/secrets/external';
import type { SecretSpec } from '../../lib/secrets/secret';

const lockbox = { folderId: 'b1gabc' };
const vault: Vault = { server: 'https://vault.example.net', mount: 'secret', prefix: 'matrix-fleet', role: 'matrix-fleet' };
const role: SecretSpec = {
  namespace: 'cnpg', name: 'synapse-demo', type: 'kubernetes.io/basic-auth', labels: { 'cnpg.io/reload': 'true' },
  keys: [{ key: 'username', literal: 'synapse_demo' }, { key: 'password', random: 'password' }, { key: 'tls', random: 'ecdsa-der' }],
};
const copy: SecretSpec = {
  namespace: 'matrix-demo', name: 'matrix-demo-databases',
  keys: [{ key: 'synapse', copyOf: { namespace: 'cnpg', name: 'synapse-demo', key: 'password' } }, { key: 'mas', copyOf: { namespace: 'cnpg', name: 'mas-demo', key: 'password' } }],
};
const spec = (object: { readonly [key: string]: unknown } | undefined): any => object!['spec'];

describe('an external Secret', () => {
  it('comes from the entry of its name, with what is no secret beside it', () => {
    const [secret, ...rest] = externalObjects(role, vault);
    expect(rest).toEqual([]);
    expect(secret!.metadata).toEqual({ name: 'synapse-demo', namespace: 'cnpg' });
    const { secretStoreRef, data, target } = spec(secret);
    expect(secretStoreRef).toEqual({ kind: 'ClusterSecretStore', name: 'fleet' });
    expect(data).toMatchObject([
      { secretKey: 'password', remoteRef: { key: 'matrix-fleet/synapse-demo', property: 'password', decodingStrategy: 'None' } },
      { secretKey: 'tls', remoteRef: { decodingStrategy: 'Base64' } },
    ]);
    expect(target.template).toEqual({ engineVersion: 'v2', mergePolicy: 'Merge', type: 'kubernetes.io/basic-auth', metadata: { labels: { 'cnpg.io/reload': 'true' } }, data: { username: 'synapse_demo' } });
  });

  it('comes from the entry that the store has, where that is called otherwise', () => {
    expect(spec(externalObjects({ ...role, entry: 'own' }, vault)[0]).data[0].remoteRef.key).toBe('matrix-fleet/own');
  });

  it('outlives what makes it', () => {
    expect(spec(externalObjects(role, lockbox)[0]).target).toMatchObject({ creationPolicy: 'Orphan', deletionPolicy: 'Retain' });
  });

  it('has a name without a slash in Lockbox, which knows no folders within one', () => {
    expect(spec(externalObjects(role, lockbox)[0]).data[0].remoteRef.key).toBe('synapse-demo');
  });

  it('is copied within the cluster, by an account that may read what is copied and nothing else', () => {
    const objects = externalObjects(copy, lockbox);
    const get = (kind: string) => objects.find((object) => object.kind === kind)!;
    expect(spec(get('ExternalSecret'))).toMatchObject({
      secretStoreRef: { kind: 'SecretStore', name: 'secrets-of-cnpg' },
      data: [{ secretKey: 'synapse', remoteRef: { key: 'synapse-demo', property: 'password' } }, { secretKey: 'mas', remoteRef: { key: 'mas-demo', property: 'password' } }],
    });
    expect(spec(get('SecretStore')).provider.kubernetes).toMatchObject({ remoteNamespace: 'cnpg', auth: { serviceAccount: { name: 'secrets-of-cnpg' } } });
    expect(get('ServiceAccount').metadata).toEqual({ name: 'secrets-of-cnpg', namespace: 'matrix-demo' });
    expect(get('Role')).toMatchObject({ metadata: { namespace: 'cnpg' }, rules: [{ apiGroups: [''], resources: ['secrets'], resourceNames: ['synapse-demo', 'mas-demo'], verbs: ['get'] }] });
    expect(get('RoleBinding')).toMatchObject({ metadata: { namespace: 'cnpg' }, roleRef: { name: get('Role').metadata.name }, subjects: [{ kind: 'ServiceAccount', name: 'secrets-of-cnpg', namespace: 'matrix-demo' }] });
  });

  it('may have values of both kinds', () => {
    const mixed: SecretSpec = { ...copy, keys: [...copy.keys.slice(0, 1), { key: 'own', supplied: 'X', what: 'x', format: 'bytes' }] };
    expect(spec(externalObjects(mixed, vault)[0])).toMatchObject({
      secretStoreRef: { kind: 'ClusterSecretStore' },
      data: [{ secretKey: 'synapse', sourceRef: { storeRef: { kind: 'SecretStore', name: 'secrets-of-cnpg' } } }, { secretKey: 'own', remoteRef: { decodingStrategy: 'Base64' } }],
    });
  });
});

describe('the store', () => {
  it('is read by the fleet\'s namespaces alone', () => {
    expect(spec(storeObject(lockbox, ['cnpg'])).conditions).toEqual([{ namespaces: ['cnpg'] }, { namespaceSelector: { matchLabels: { 'app.kubernetes.io/part-of': 'matrix-fleet' } } }]);
  });

  it('is a folder of Lockbox, by names', () => {
    expect(spec(storeObject(lockbox, [])).provider).toEqual({
      yandexlockbox: { auth: { authorizedKeySecretRef: { name: 'yandex-lockbox', namespace: 'external-secrets', key: 'authorized-key' } }, fetching: { byName: { folderID: 'b1gabc' } } },
    });
  });

  it('is Vault, which knows the operator by its account', () => {
    const { vault: provider } = spec(storeObject({ ...vault, ca: 'PEM' }, [])).provider;
    expect(provider).toMatchObject({ server: 'https://vault.example.net', path: 'secret', version: 'v2', caBundle: 'UEVN' });
    expect(provider.auth.kubernetes).toEqual({ mountPath: 'kubernetes', role: 'matrix-fleet', serviceAccountRef: { name: 'external-secrets', namespace: 'external-secrets' } });
  });
});
