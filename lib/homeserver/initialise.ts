import { createHash } from 'node:crypto';
import type { k8s } from 'cdk8s-plus-30';
import type { Plain } from '../../imports/plain';
import { resources } from '../cluster/resources';
import type { Manifest } from '../gitops/manifest';
import { keep } from '../gitops/protect';
import type { SecretSpec } from '../secrets/secret';
import { caFile, caMounts, caObjects, caVolumes } from './external';
import type { Database, Homeserver } from './homeserver';
import { fromMirror, imageSecrets } from './images';
import type { ExternalPlace } from './place';
import { podSecurity, securityOfContainer } from './pod';

/** A place whose roles and databases this fleet makes. */
export type InitialisedPlace = ExternalPlace & { readonly initialise: NonNullable<ExternalPlace['initialise']> };

export function isInitialised(place: Homeserver['place']): place is InitialisedPlace {
  return place.kind === 'external' && place.initialise !== undefined;
}

const adminSecret = 'admin';

/** The user that the image names. */
const postgresUser = 26;

/** The password of the role that makes the others, which only the admin has, and a store keeps by server and role; and what its image takes. */
export function initialiseSecrets(homeserver: Homeserver, { host, port, initialise: { namespace, user } }: InitialisedPlace, variable: string): readonly SecretSpec[] {
  const entry = `database-${host}${port === 5432 ? '' : `-${port}`}-${user}`;
  return [
    { namespace, name: adminSecret, entry, keys: [{ key: 'password', supplied: variable, what: `password of the role ${user} on ${host}, which makes roles and databases` }] },
    ...imageSecrets(homeserver).map((spec) => ({ ...spec, namespace })),
  ];
}

/**
 * A Job that makes roles and databases on an external server. It is no hook, least of all one of the chart's, whose own hooks wait for
 * these databases: its pod waits for its Secrets, it tries without end, and one of other content has another name, since a Job cannot be
 * changed.
 */
export function initialiseObjects(homeserver: Homeserver, place: InitialisedPlace): readonly Manifest[] {
  const { namespace } = place.initialise;
  const job: Manifest = { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'initialise', namespace }, spec: jobSpec(homeserver, place) };
  const { spec } = fromMirror(homeserver, job);
  const hash = createHash('sha256').update(JSON.stringify(spec)).digest('hex').slice(0, 8);
  return [
    {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: namespace, labels: { 'pod-security.kubernetes.io/enforce': 'restricted', 'app.kubernetes.io/part-of': 'matrix-fleet' }, annotations: keep },
    },
    ...caObjects(homeserver, namespace),
    { ...job, metadata: { name: `initialise-${hash}`, namespace }, spec },
  ];
}

function jobSpec({ databases, surroundings }: Homeserver, place: InitialisedPlace): Plain<k8s.JobSpec> {
  const { host, port, sslMode, ca, initialise: { user, database } } = place;
  const literal = { PGHOST: host, PGPORT: String(port), PGUSER: user, PGDATABASE: database, PGSSLMODE: sslMode, ...ca !== undefined && { PGSSLROOTCERT: caFile } };
  const secret = (name: string, from: string) => ({ name, valueFrom: { secretKeyRef: { name: from, key: 'password' } } });
  return {
    template: {
      spec: {
        restartPolicy: 'OnFailure',
        automountServiceAccountToken: false,
        enableServiceLinks: false,
        priorityClassName: surroundings.priorityClass,
        securityContext: podSecurity(postgresUser),
        containers: [{
          name: 'psql',
          image: surroundings.postgresImage,
          command: ['bash', '-uc', initialiseScript(databases)],
          env: [
            ...Object.entries(literal).map(([name, value]) => ({ name, value })),
            secret('PGPASSWORD', adminSecret),
            ...databases.map(({ service, secretName }) => secret(passwordVariable(service), secretName)),
          ],
          securityContext: securityOfContainer,
          resources: resources('10m', '32Mi', '128Mi'),
          ...ca !== undefined && { volumeMounts: caMounts },
        }],
        ...ca !== undefined && { volumes: caVolumes(place) as Plain<k8s.Volume>[] },
      },
    },
  };
}

const passwordVariable = (service: string) => `${service.toUpperCase()}_PASSWORD`;

/** What the Job runs; the connection comes from the environment, as libpq reads it. */
export function initialiseScript(databases: readonly Database[]): string {
  return `until psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 <<'SQL'
${databases.map(statements).join('')}SQL
do sleep 15; done
`;
}

/**
 * A role with the password that the homeserver has, and its database, closed to everybody else. A cloud's admin is no superuser, and
 * has to be a member of whatever role it makes a database for. Synapse starts on no locale but C.
 */
function statements({ service, name, role }: Database): string {
  return `SELECT 'CREATE ROLE "${role}"' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${role}') \\gexec
\\getenv password ${passwordVariable(service)}
ALTER ROLE "${role}" LOGIN PASSWORD :'password';
SELECT 'GRANT "${role}" TO CURRENT_USER' WHERE NOT (SELECT rolsuper FROM pg_roles WHERE rolname = CURRENT_USER) \\gexec
SELECT unnest(ARRAY[
  'CREATE DATABASE "${name}" OWNER "${role}" TEMPLATE template0 ENCODING ''UTF8'' LC_COLLATE ''C'' LC_CTYPE ''C''',
  'REVOKE CONNECT ON DATABASE "${name}" FROM PUBLIC'
]) WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '${name}') \\gexec
${service === 'synapse' ? `DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_database
    WHERE datname = '${name}' AND datcollate = 'C' AND datctype = 'C' AND pg_encoding_to_char(encoding) = 'UTF8') THEN
    RAISE EXCEPTION 'database ${name} is there already, and not in locale C with encoding UTF8, which Synapse insists on';
  END IF;
END
$$;
` : ''}`;
}
