import type { Database } from '../homeserver/homeserver';
import type { Subject } from './subject';

/** How an old installation is reached, by what it was installed with. Its functions bear the same names for both. */
interface Origin {
  readonly called: string;
  /** Defines `old_synapse` and `old_mas`: a program of PostgreSQL's, with the arguments that lead to that database added. */
  readonly databases: string;
  /** Defines `old_stop` and `old_start`: Synapse and MAS and nothing else. */
  readonly processes: string;
  /** The pods of Synapse, and the claim of their media. */
  readonly synapse: { readonly selector: string; readonly claim: string; readonly user: number };
  /** What else must be set in the first step. */
  readonly variables: readonly (readonly [name: string, byDefault: string, what: string])[];
}

export const origins: Readonly<Record<'ess' | 'matrix-chart', Origin>> = {
  // The names are the chart's own: templates/postgres and configs/postgres of 26.2.3 to 26.8.1.
  ess: {
    called: 'another installation of the ESS chart',
    variables: [],
    databases: `old_database() { # DATABASE PROGRAM ARGUMENTS
  old exec --stdin "$OLD_RELEASE-postgres-0" --container postgres -- "$2" --username=postgres --dbname="$1" "\${@:3}"
}
old_synapse() { old_database synapse "$@"; }
old_mas() { old_database matrixauthenticationservice "$@"; }`,
    processes: `old_scale() { # REPLICAS
  old scale statefulset --selector app.kubernetes.io/component=matrix-server --replicas="$1" &&
    { [ -z "$(old get deployment --selector app.kubernetes.io/component=matrix-authentication --output name)" ] ||
      old scale deployment --selector app.kubernetes.io/component=matrix-authentication --replicas="$1"; }
}`,
    synapse: { selector: 'k8s.element.io/synapse-instance=$OLD_RELEASE-synapse', claim: '$OLD_RELEASE-synapse-media', user: 10091 },
  },
  // Chart matrix 2.9 of remram44: Synapse as a Deployment, PostgreSQL as Bitnami's subchart, whose container knows its own user and database.
  'matrix-chart': {
    called: 'the chart matrix 2.9',
    variables: [['OLD_MAS_RELEASE', 'mas', 'the release of MAS and its PostgreSQL there']],
    databases: `old_database() { # POD PROGRAM ARGUMENTS
  # shellcheck disable=SC2016 # the dollars are the container's
  old exec --stdin "$1" --container postgresql -- sh -c \\
    'PGPASSWORD=\${POSTGRES_PASSWORD:-$(cat "$POSTGRES_PASSWORD_FILE")} exec "$@" --username="$POSTGRES_USER" --dbname="$POSTGRES_DATABASE"' \\
    sh "\${@:2}"
}
old_synapse() { old_database "$OLD_RELEASE-postgresql-0" "$@"; }
old_mas() { old_database "$OLD_MAS_RELEASE-postgresql-0" "$@"; }`,
    processes: `old_scale() { # REPLICAS
  old scale deployment "$OLD_RELEASE" --replicas="$1" &&
    { ! old get deployment "$OLD_MAS_RELEASE" >/dev/null 2>&1 || old scale deployment "$OLD_MAS_RELEASE" --replicas="$1"; }
}`,
    synapse: { selector: 'app.kubernetes.io/instance=$OLD_RELEASE,app.kubernetes.io/name=matrix', claim: '$OLD_RELEASE', user: 991 },
  },
};

/** The databases that the old installation has too: MAS's only where accounts are in it. */
export function broughtAlong({ databases, mas }: Subject): readonly Database[] {
  return databases.filter(({ service }) => service === 'synapse' || (mas && mas.syn2mas === undefined));
}
