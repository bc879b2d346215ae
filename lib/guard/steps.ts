import { clusterHost, clusterNamespace, clusterOfHost, sharedCluster } from '../homeserver/place';

/** The words by which sources come to be in the cluster. */
export const push = 'npm run synth, commit and push';

/** What runs in the pod of a database cluster that writes. */
function inPrimary(command: string, cluster: string): string {
  const namespace = clusterNamespace;
  return `kubectl -n ${namespace} exec $(kubectl -n ${namespace} get pod -o name -l cnpg.io/cluster=${cluster},cnpg.io/instanceRole=primary) -c postgres -- ${command}`;
}

/**
 * Saves a database to a file here.
 * @param host where it is, as the values of the chart name it; undefined: in the chart's own PostgreSQL, of that release
 */
export function dump(database: string, host: unknown = clusterHost(sharedCluster), release = ''): string {
  const cluster = clusterOfHost(host);
  const command = cluster !== undefined ? inPrimary(`pg_dump -Fc ${database}`, cluster)
    : typeof host === 'string' ? `pg_dump -Fc --host=${host} ${database}`
      : `kubectl -n ${release} exec ${release}-postgres-0 -c postgres -- pg_dump -U postgres -Fc ${database}`;
  return `save ${database}: ${command} > ${database}.dump`;
}

/** Deletes databases of a cluster and their owners, for good. */
export function drop(databases: readonly string[], cluster: string): string {
  const statements = databases.flatMap((name) => [`-c 'DROP DATABASE IF EXISTS "${name}"'`, `-c 'DROP ROLE IF EXISTS "${name}"'`]);
  return inPrimary(`psql ${statements.join(' ')}`, cluster);
}

/** Has a base backup made at once, through the plugin that the fleet's own schedule uses. */
export function backupNow(namespace = 'cnpg', cluster = 'shared-pg'): string {
  const backup = {
    apiVersion: 'postgresql.cnpg.io/v1',
    kind: 'Backup',
    metadata: { generateName: 'by-hand-' },
    spec: { cluster: { name: cluster }, method: 'plugin', pluginConfiguration: { name: 'barman-cloud.cloudnative-pg.io' } },
  };
  return `make a base backup: echo '${JSON.stringify(backup)}' | kubectl -n ${namespace} create -f -, and wait until kubectl -n ${namespace} get backups says completed`;
}
