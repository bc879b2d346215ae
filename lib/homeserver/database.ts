import type { k8s } from 'cdk8s-plus-30';
import type { DatabaseRoleSpec, DatabaseSpec } from '../../imports/bindings/postgresql.cnpg.io';
import type { Plain } from '../../imports/plain';
import type { Manifest } from '../gitops/manifest';
import { databasesProject } from '../gitops/project';
import { keep } from '../gitops/protect';
import type { SecretKey, SecretSpec } from '../secrets/secret';
import type { Database, Homeserver } from './homeserver';
import { initialiseObjects, initialiseSecrets, isInitialised } from './initialise';
import type { ClusterPlace } from './place';

/** What describes or makes a homeserver's databases: the content of an Application of its own. */
export interface DatabaseFolder {
  readonly project: string;
  readonly namespace: string;
  readonly manifests: readonly Manifest[];
}

/** Undefined where nothing here makes them: the chart does, or they are there. */
export function databaseFolder(homeserver: Homeserver): DatabaseFolder | undefined {
  const { place, databases, names } = homeserver;
  if (place.kind === 'cluster') return { project: databasesProject, namespace: place.namespace, manifests: databases.flatMap((database) => databaseObjects(place, database)) };
  // A project of its own: what the homeserver's project reaches, whoever may write to the homeserver could read.
  return isInitialised(place) ? { project: `${databasesProject}-${names.release}`, namespace: place.initialise.namespace, manifests: initialiseObjects(homeserver, place) } : undefined;
}

/**
 * The role and the database of one service. A Database makes no role, so both are objects, and both stay in PostgreSQL
 * when their objects go. Synapse refuses to start on any locale but C.
 */
function databaseObjects({ cluster, namespace }: ClusterPlace, { name, role, objectName, secretName, connectionLimit }: Database): readonly Manifest[] {
  const metadata = { name: objectName, namespace, annotations: keep };
  return [
    {
      apiVersion: 'postgresql.cnpg.io/v1',
      kind: 'DatabaseRole',
      metadata,
      spec: {
        cluster: { name: cluster },
        name: role,
        login: true,
        connectionLimit,
        passwordSecret: { name: secretName },
        databaseRoleReclaimPolicy: 'retain',
      } satisfies Plain<DatabaseRoleSpec>,
    },
    {
      apiVersion: 'postgresql.cnpg.io/v1',
      kind: 'Database',
      metadata,
      spec: {
        cluster: { name: cluster },
        name,
        owner: role,
        encoding: 'UTF8',
        localeCollate: 'C',
        localeCType: 'C',
        template: 'template0',
        databaseReclaimPolicy: 'retain',
      } satisfies Plain<DatabaseSpec>,
    },
  ];
}

/** The volume of a database of its own: ours and not the chart's, so that neither a prune nor another release name takes it. */
export function databaseClaims({ names, place }: Homeserver): readonly Manifest[] {
  if (place.kind !== 'built-in') return [];
  return [{
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: names.databaseClaim, namespace: names.release, annotations: keep },
    spec: {
      accessModes: ['ReadWriteOnce'],
      storageClassName: place.storageClass,
      resources: { requests: { storage: place.size } },
    } satisfies Plain<k8s.PersistentVolumeClaimSpec>,
  }];
}

/** The password of each role where the role is made; and the copy of all of them, for the homeserver. The chart makes those of its own. */
export function databaseSecrets(homeserver: Homeserver): readonly SecretSpec[] {
  const { name, names, databases, place } = homeserver;
  if (place.kind === 'built-in') return [];
  const variable = (what: string) => `MATRIX_${name.toUpperCase().replaceAll('-', '_')}_${what}`;
  const initialised = isInitialised(place);
  const copies = (keyOf: (database: Database) => SecretKey): SecretSpec => ({ namespace: names.release, name: names.databaseSecret, keys: databases.map(keyOf) });
  if (place.kind === 'external' && !initialised) {
    return [copies(({ service, role }) => ({
      key: service, supplied: variable(`${service.toUpperCase()}_DATABASE_PASSWORD`), format: 'database-password', what: `password of the role ${role} on ${place.host}`,
    }))];
  }
  const namespace = initialised ? place.initialise.namespace : place.namespace;
  return [
    ...initialised ? initialiseSecrets(homeserver, place, variable('DATABASE_ADMIN_PASSWORD')) : [],
    ...databases.map(({ role, secretName }): SecretSpec => ({
      namespace,
      name: secretName,
      type: 'kubernetes.io/basic-auth',
      ...!initialised && { labels: { 'cnpg.io/reload': 'true' } },
      keys: [{ key: 'username', literal: role }, { key: 'password', random: 'password' }],
    })),
    copies(({ service, secretName }) => ({ key: service, copyOf: { namespace, name: secretName, key: 'password' } })),
  ];
}
