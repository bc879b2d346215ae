import { caFile, caMounts, caVolumes } from '../homeserver/external';
import type { Database } from '../homeserver/homeserver';
import type { DatabaseService, Names } from '../homeserver/names';
import type { ExternalPlace } from '../homeserver/place';
import { podSecurity, securityOfContainer } from '../homeserver/pod';
import { moverResources, type Pull, pulling } from './mover';

/** A pod that waits, from which an external server is asked: there is a container for each service, which knows the way to its database. */
export const clientName = 'postgres-client';

/** How a service reaches its database on an external server. */
export interface Connection {
  readonly service: DatabaseService;
  readonly host: string;
  readonly port: number;
  readonly sslMode: string;
  readonly role: string;
  readonly password: { readonly secret: string; readonly key: string };
}

export interface Client extends Pull {
  readonly connections: readonly Connection[];
  /** The volume with the server's authority; empty where it is not verified. */
  readonly caVolumes: readonly object[];
}

/** The user that the image names. */
const postgresUser = 26;

/**
 * The pod, whose containers are called as the services. It bears the label of MAS's pods by which a network policy lets them through to the
 * database; no Service selects by that.
 */
export function clientPod({ connections, caVolumes: volumes, ...pull }: Client): object {
  const verifies = volumes.length > 0;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: clientName, labels: { 'app.kubernetes.io/component': 'matrix-authentication' } },
    spec: {
      restartPolicy: 'Never',
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      ...pulling(pull),
      securityContext: podSecurity(postgresUser),
      containers: connections.map(({ service, host, port, sslMode, role, password }) => ({
        name: service,
        image: pull.image,
        command: ['sleep', 'infinity'],
        env: [
          ...Object.entries({ PGHOST: host, PGPORT: String(port), PGUSER: role, PGSSLMODE: sslMode, ...authority(sslMode, verifies) }).map(([name, value]) => ({ name, value })),
          { name: 'PGPASSWORD', valueFrom: { secretKeyRef: { name: password.secret, key: password.key } } },
        ],
        securityContext: securityOfContainer,
        resources: moverResources,
        ...verifies && { volumeMounts: caMounts },
      })),
      ...verifies && { volumes },
    },
  };
}

/** The pod of a homeserver, whose Secret of passwords has a key for each service. */
export function clientOf(place: ExternalPlace, databases: readonly Database[], { databaseSecret }: Names, pull: Pull): object {
  const { host, port, sslMode } = place;
  return clientPod({ ...pull, caVolumes: caVolumes(place), connections: databases.map(({ service, role }) => ({ service, role, host, port, sslMode, password: { secret: databaseSecret, key: service } })) });
}

/** libpq finds the authorities that everybody knows only where it is told to, and then insists on the server's name. */
function authority(sslMode: string, verifies: boolean): Readonly<Record<string, string>> {
  return verifies ? { PGSSLROOTCERT: caFile } : sslMode === 'verify-full' ? { PGSSLROOTCERT: 'system' } : {};
}
