import { caFile, caMounts, caVolumes } from '../homeserver/external';
import type { Database } from '../homeserver/homeserver';
import { podSecurity, securityOfContainer } from '../homeserver/pod';
import type { ClusterPlace, ExternalPlace, Place } from '../homeserver/place';

/**
 * Defines how the new databases are reached: `in_postgres PROGRAM ARGUMENTS` where PostgreSQL's programs are, and `new_synapse` and
 * `new_mas`, which add the arguments that lead to that database.
 * @param image with PostgreSQL's programs
 */
export function databaseFunctions(place: Place, release: string, image: string, databases: readonly Database[]): readonly string[] {
  switch (place.kind) {
    case 'cluster': return [inCluster(place), ...databases.map((one) => `new_${one.service}() { in_postgres "$@" --dbname=${one.name}; }`)];
    case 'built-in': return [
      `in_postgres() { new exec --stdin ${release}-postgres-0 --container postgres -- "$@"; }`,
      ...databases.map((one) => `new_${one.service}() { in_postgres "$@" --username=postgres --dbname=${one.name}; }`),
    ];
    case 'external': return [
      `# PostgreSQL's programs, where the server can be reached.
new apply --filename - <<'END'
${JSON.stringify(clientPod(place, release, image, databases))}
END
new wait --for=condition=Ready pod/${client} --timeout=5m
in_postgres() { new exec --stdin ${client} -- "$@"; }`,
      ...databases.map(({ service, name, role }) => `new_${service}() {
  # shellcheck disable=SC2016 # the dollars are the pod's
  in_postgres sh -c 'PGPASSWORD=$${service.toUpperCase()}_PASSWORD exec "$@" --username=${role} --dbname=${name}' sh "$@"
}`),
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

const client = 'postgres-client';

function clientPod(place: ExternalPlace, release: string, image: string, databases: readonly Database[]): object {
  const { host, port, sslMode, ca } = place;
  const literal = { PGHOST: host, PGPORT: String(port), PGSSLMODE: sslMode, ...ca !== undefined && { PGSSLROOTCERT: caFile } };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: client },
    spec: {
      automountServiceAccountToken: false,
      securityContext: podSecurity(26),
      containers: [{
        name: client,
        image,
        command: ['sleep', '1d'],
        env: [
          ...Object.entries(literal).map(([name, value]) => ({ name, value })),
          ...databases.map(({ service }) => ({ name: `${service.toUpperCase()}_PASSWORD`, valueFrom: { secretKeyRef: { name: `${release}-databases`, key: service } } })),
        ],
        securityContext: securityOfContainer,
        ...ca !== undefined && { volumeMounts: caMounts },
      }],
      ...ca !== undefined && { volumes: caVolumes(place) },
    },
  };
}
