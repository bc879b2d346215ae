/** The words by which sources come to be in the cluster. */
export const push = 'npm run synth, commit and push';

/** What runs in the pod of the shared cluster that writes. */
function inPrimary(command: string, { namespace, cluster } = { namespace: 'cnpg', cluster: 'shared-pg' }): string {
  return `kubectl -n ${namespace} exec $(kubectl -n ${namespace} get pod -o name -l cnpg.io/cluster=${cluster},cnpg.io/instanceRole=primary) -c postgres -- ${command}`;
}

/** Saves a database of the shared cluster to a file here. */
export function dump(database: string): string {
  return `save ${database}: ${inPrimary(`pg_dump -Fc ${database}`)} > ${database}.dump`;
}

/** Deletes databases of the shared cluster and their owners, for good. */
export function drop(databases: readonly string[]): string {
  const statements = databases.flatMap((name) => [`-c 'DROP DATABASE IF EXISTS "${name}"'`, `-c 'DROP ROLE IF EXISTS "${name}"'`]);
  return inPrimary(`psql ${statements.join(' ')}`);
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
