import type { Database } from '../homeserver/homeserver';
import type { ClusterPlace, Place } from '../homeserver/place';
import { clientName, clientOf } from './client';
import type { Step } from './step';
import type { Subject } from './subject';

/**
 * Defines how the new databases are reached: `in_postgres PROGRAM ARGUMENTS` where PostgreSQL's programs are, and `new_synapse` and
 * `new_mas`, which add the arguments that lead to that database.
 */
export function databaseFunctions(place: Place, release: string, databases: readonly Database[]): readonly string[] {
  switch (place.kind) {
    case 'cluster': return [inCluster(place), ...databases.map((one) => `new_${one.service}() { in_postgres "$@" --dbname=${one.name}; }`)];
    case 'built-in': return [
      `in_postgres() { new exec --stdin ${release}-postgres-0 --container postgres -- "$@"; }`,
      ...databases.map((one) => `new_${one.service}() { in_postgres "$@" --username=postgres --dbname=${one.name}; }`),
    ];
    case 'external': return [
      `in_postgres() { new exec --stdin ${clientName} --container ${databases[0]!.service} -- "$@"; }`,
      ...databases.map(({ service, name }) => `new_${service}() { new exec --stdin ${clientName} --container ${service} -- "$@" --dbname=${name}; }`),
    ];
  }
}

function inCluster({ namespace, cluster }: ClusterPlace): string {
  return `# The instance that writes: another one is read-only.
in_postgres() {
  local pod
  pod=$(new --namespace ${namespace} get pod --selector cnpg.io/cluster=${cluster},cnpg.io/instanceRole=primary --output name) &&
    new --namespace ${namespace} exec --stdin "$pod" --container postgres -- "$@"
}`;
}

/** Once the homeserver's namespace and passwords are there: a pod with PostgreSQL's programs, where nothing else here has them. */
export function startClient({ place, databases, names, pull }: Subject): readonly Step[] {
  if (place.kind !== 'external') return [];
  return [{
    id: 'start-client',
    text: `Start a pod that reaches ${place.host} with the homeserver's own passwords.`,
    shell: `new apply --filename - <<'END' &&
${JSON.stringify(clientOf(place, databases, names, pull))}
END
new wait --for=condition=Ready pod/${clientName} --timeout=5m`,
  }];
}

/** When nobody asks the server any more. */
export function stopClient({ place }: Subject): readonly Step[] {
  return place.kind === 'external' ? [{ id: 'stop-client', text: 'Take the pod away by which the database was reached; what asks it again, starts it again.', shell: `new delete pod ${clientName} --ignore-not-found` }] : [];
}
