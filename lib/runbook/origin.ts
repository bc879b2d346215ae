import type { Database } from '../homeserver/homeserver';
import { pins } from '../platform/versions';
import type { Subject } from './subject';

/** How an old installation is reached, by what it was installed with. Its functions bear the same names for both. */
interface Origin {
  readonly called: string;
  /** Defines `old_synapse` and `old_mas`: a program of PostgreSQL's, with the arguments that lead to that database added. */
  readonly databases: string;
  /** Defines `old_stop` and `old_start`: Synapse and MAS and nothing else. */
  readonly processes: string;
  /** The pods of Synapse, and the claim of their media. */
  readonly synapse: { readonly selector: string; readonly claim: string; readonly user: number | string };
  /** What else must be set in the first step. */
  readonly variables: readonly (readonly [name: string, byDefault: string, what: string])[];
}

const oldImage: Origin['variables'][number] = ['OLD_IMAGE', pins.postgres.image, 'an image with bash, tar and find that the old cluster can pull'];

export const origins: Readonly<Record<'ess' | 'matrix-chart', Origin>> = {
  // The names are the chart's own: templates/postgres and configs/postgres of 26.2.3 to 26.8.1.
  ess: {
    called: 'another installation of the ESS chart',
    variables: [oldImage],
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
  // Every name is a variable, since there is no saying what the old server was made by. Where nothing else is said, it is as the chart matrix 2.9 of
  // remram44 has it: Synapse as a Deployment, PostgreSQL as Bitnami's subchart, whose container knows its own user and database.
  'matrix-chart': {
    called: 'a server that another chart has made, or something else',
    variables: [
      oldImage,
      ['OLD_SYNAPSE', 'deployment/$OLD_RELEASE', 'what runs Synapse there'],
      ['OLD_SYNAPSE_PODS', 'app.kubernetes.io/instance=$OLD_RELEASE,app.kubernetes.io/name=matrix', 'the labels of its pods'],
      ['OLD_SYNAPSE_USER', '991', 'the number of the user whom the media belong to'],
      ['OLD_MEDIA', '$OLD_RELEASE', 'the claim with folder media_store'],
      ['OLD_KEYS', '$OLD_RELEASE', 'the Secret with signing.key and macaroon_secret_key'],
      ['OLD_DATABASE', '$OLD_RELEASE-postgresql-0', 'where PostgreSQL\'s programs run, with POSTGRES_USER, POSTGRES_DATABASE and POSTGRES_PASSWORD'],
      ['OLD_MAS', 'deployment/mas', 'what runs MAS there, if anything'],
      ['OLD_MAS_DATABASE', 'mas-postgresql-0', 'the same for MAS'],
      ['OLD_CONTAINER', 'postgresql', 'the container of both'],
    ],
    databases: `old_database() { # POD PROGRAM ARGUMENTS
  # shellcheck disable=SC2016 # the dollars are the container's
  old exec --stdin "$1" --container "$OLD_CONTAINER" -- sh -c \\
    'PGPASSWORD=\${POSTGRES_PASSWORD:-$(cat "$POSTGRES_PASSWORD_FILE")} exec "$@" --username="$POSTGRES_USER" --dbname="\${POSTGRES_DATABASE:-$POSTGRES_DB}"' \\
    sh "\${@:2}"
}
old_synapse() { old_database "$OLD_DATABASE" "$@"; }
old_mas() { old_database "$OLD_MAS_DATABASE" "$@"; }`,
    processes: `old_scale() { # REPLICAS
  old scale "$OLD_SYNAPSE" --replicas="$1" &&
    { ! old get "$OLD_MAS" >/dev/null 2>&1 || old scale "$OLD_MAS" --replicas="$1"; }
}`,
    synapse: { selector: '$OLD_SYNAPSE_PODS', claim: '$OLD_MEDIA', user: '$OLD_SYNAPSE_USER' },
  },
};

/** The databases that the old installation has too: MAS's only where accounts are in it. */
export function broughtAlong({ databases, mas }: Subject): readonly Database[] {
  return databases.filter(({ service }) => service === 'synapse' || (mas && mas.syn2mas === undefined));
}
