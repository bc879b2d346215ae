import type { DatabaseRoleSpec, DatabaseSpec } from '../../imports/bindings/postgresql.cnpg.io';
import type { Plain } from '../../imports/plain';
import type { Manifest } from '../gitops/manifest';
import { keep } from '../gitops/protect';
import type { SecretSpec } from '../secrets/secret';
import type { Database, Homeserver } from './homeserver';

/**
 * The role and the database of one service. A Database makes no role, so both are objects, and both stay in PostgreSQL
 * when their objects go. Synapse refuses to start on any locale but C.
 */
export function databaseObjects({ surroundings }: Homeserver, { name, objectName, connectionLimit }: Database): readonly Manifest[] {
  const { cluster, namespace } = surroundings.database;
  const metadata = { name: objectName, namespace, annotations: keep };
  return [
    {
      apiVersion: 'postgresql.cnpg.io/v1',
      kind: 'DatabaseRole',
      metadata,
      spec: {
        cluster: { name: cluster },
        name,
        login: true,
        connectionLimit,
        passwordSecret: { name: objectName },
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
        owner: name,
        encoding: 'UTF8',
        localeCollate: 'C',
        localeCType: 'C',
        template: 'template0',
        databaseReclaimPolicy: 'retain',
      } satisfies Plain<DatabaseSpec>,
    },
  ];
}

/** The password of each role, for CloudNativePG; and the copy of all of them, for the homeserver. */
export function databaseSecrets({ names, databases, surroundings }: Homeserver): readonly SecretSpec[] {
  const { namespace } = surroundings.database;
  return [
    ...databases.map(({ name, objectName }): SecretSpec => ({
      namespace,
      name: objectName,
      type: 'kubernetes.io/basic-auth',
      labels: { 'cnpg.io/reload': 'true' },
      keys: [{ key: 'username', literal: name }, { key: 'password', random: 'password' }],
    })),
    {
      namespace: names.release,
      name: names.databaseSecret,
      keys: databases.map(({ service, objectName }) => ({ key: service, copyOf: { namespace, name: objectName, key: 'password' } })),
    },
  ];
}
