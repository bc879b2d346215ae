import type { ClusterSecretStoreSpec, ExternalSecretSpec, SecretStoreSpec } from '../../imports/bindings/external-secrets.io';
import type { Plain } from '../../imports/plain';
import type { Manifest } from '../gitops/manifest';
import { needsBase64 } from './entry';
import type { SecretKey, SecretSpec } from './secret';

/** The operator: its release, its account, and the namespace of both. */
export const operator = 'external-secrets';

/** The one store of a fleet, which its namespaces may read. */
const fleetStore = 'fleet';

/** What holds the values outside of the cluster. */
export type Store = Lockbox | Vault;

/** Yandex Lockbox: a cloud folder. */
export interface Lockbox {
  readonly folderId: string;
}

/** HashiCorp Vault: where its key-value engine is, and who may read there. */
export interface Vault {
  readonly server: string;
  readonly mount: string;
  readonly prefix: string;
  readonly role: string;
  /** PEM. */
  readonly ca?: string;
}

/** The key of an authorised service account, which opens Lockbox: the one Secret that the store itself cannot hold. */
export const lockboxSecret = {
  namespace: operator,
  name: 'yandex-lockbox',
  keys: [{ key: 'authorized-key', supplied: 'YANDEX_LOCKBOX_AUTHORIZED_KEY', format: 'bytes', what: 'authorized key of the service account that reads Lockbox, the JSON of yc iam key create' }],
} as const satisfies SecretSpec;

/**
 * The store as the operator knows it.
 * @param namespaces that may read it, beside those of the homeservers
 */
export function storeObject(store: Store, namespaces: readonly string[]): Manifest {
  return {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ClusterSecretStore',
    metadata: { name: fleetStore },
    spec: {
      provider: providerOf(store),
      conditions: [{ namespaces: [...namespaces] }, { namespaceSelector: { matchLabels: { 'app.kubernetes.io/part-of': 'matrix-fleet' } } }],
    } satisfies Plain<ClusterSecretStoreSpec>,
  };
}

function providerOf(store: Store): Plain<ClusterSecretStoreSpec>['provider'] {
  if ('server' in store) {
    const { server, mount, role, ca } = store;
    const serviceAccountRef = { name: operator, namespace: operator };
    return {
      vault: {
        server,
        path: mount,
        version: 'v2',
        auth: { kubernetes: { mountPath: 'kubernetes', role, serviceAccountRef } },
        ...ca !== undefined && { caBundle: Buffer.from(ca).toString('base64') },
      },
    };
  }
  const { namespace, name, keys: [{ key }] } = lockboxSecret;
  return { yandexlockbox: { auth: { authorizedKeySecretRef: { name, namespace, key } }, fetching: { byName: { folderID: store.folderId } } } };
}

/**
 * What makes a Secret of a store's entry. The Secret outlives what makes it. A copy is read in the cluster, from the
 * Secret that it is a copy of: the store holds each value once.
 */
export function externalObjects(spec: SecretSpec, store: Store): readonly Manifest[] {
  const { namespace, name, type = 'Opaque', labels, keys } = spec;
  const sources = [...new Set(keys.flatMap((key) => ('copyOf' in key ? [key.copyOf.namespace] : [])))];
  const literals = keys.flatMap((key) => ('literal' in key ? [[key.key, key.literal]] : []));
  const own = keys.some((key) => !('literal' in key) && !('copyOf' in key));
  const storeRef = own ? { kind: 'ClusterSecretStore' as const, name: fleetStore } : copiesStore(sources[0]!);
  const secret: Manifest = {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: { name, namespace },
    spec: {
      refreshInterval: '1h0m0s',
      secretStoreRef: storeRef,
      target: {
        name,
        creationPolicy: 'Orphan',
        deletionPolicy: 'Retain',
        template: {
          engineVersion: 'v2',
          // Beside what the store holds, and not instead of it.
          mergePolicy: 'Merge',
          type,
          ...labels && { metadata: { labels } },
          ...literals.length > 0 && { data: Object.fromEntries(literals) as Record<string, string> },
        },
      },
      data: keys.filter((key) => !('literal' in key)).map((key) => dataOf(spec, key, store, storeRef.name)),
    } satisfies Plain<ExternalSecretSpec>,
  };
  return [secret, ...sources.flatMap((from) => copyObjects(spec, from))];
}

function dataOf({ name, entry = name }: SecretSpec, key: SecretKey, store: Store, storeName: string): NonNullable<Plain<ExternalSecretSpec>['data']>[number] {
  const defaults = { conversionStrategy: 'Default', metadataPolicy: 'None', nullBytePolicy: 'Ignore' } as const;
  if ('copyOf' in key) {
    const { namespace, name: source, key: property } = key.copyOf;
    const storeRef = copiesStore(namespace);
    return {
      secretKey: key.key,
      remoteRef: { key: source, property, decodingStrategy: 'None', ...defaults },
      ...storeRef.name !== storeName && { sourceRef: { storeRef } },
    };
  }
  const prefix = 'prefix' in store ? `${store.prefix}/` : '';
  return { secretKey: key.key, remoteRef: { key: prefix + entry, property: key.key, decodingStrategy: needsBase64(key) ? 'Base64' : 'None', ...defaults } };
}

/** The store of copies: another namespace of the same cluster. */
const copiesStore = (namespace: string) => ({ kind: 'SecretStore' as const, name: `secrets-of-${namespace}` });

/** A store that is another namespace, and the right to read just these Secrets there. */
function copyObjects({ namespace, keys }: SecretSpec, from: string): readonly Manifest[] {
  const { name } = copiesStore(from);
  const role = `copies-for-${namespace}`;
  const resourceNames = [...new Set(keys.flatMap((key) => ('copyOf' in key && key.copyOf.namespace === from ? [key.copyOf.name] : [])))];
  const rbac = 'rbac.authorization.k8s.io';
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace }, automountServiceAccountToken: false },
    {
      apiVersion: 'external-secrets.io/v1',
      kind: 'SecretStore',
      metadata: { name, namespace },
      spec: {
        provider: {
          kubernetes: {
            remoteNamespace: from,
            auth: { serviceAccount: { name } },
            server: { url: 'kubernetes.default', caProvider: { type: 'ConfigMap', name: 'kube-root-ca.crt', key: 'ca.crt' } },
          },
        },
      } satisfies Plain<SecretStoreSpec>,
    },
    {
      apiVersion: `${rbac}/v1`,
      kind: 'Role',
      metadata: { name: role, namespace: from },
      rules: [{ apiGroups: [''], resources: ['secrets'], resourceNames, verbs: ['get'] }],
    },
    {
      apiVersion: `${rbac}/v1`,
      kind: 'RoleBinding',
      metadata: { name: role, namespace: from },
      roleRef: { apiGroup: rbac, kind: 'Role', name: role },
      subjects: [{ kind: 'ServiceAccount', name, namespace }],
    },
  ];
}
