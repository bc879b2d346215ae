import { argocdNamespace } from '../gitops/application';
import { clusterHost, clusterNamespace, clusterOfHost, sharedCluster } from '../homeserver/place';
import { pins } from '../platform/versions';
import { emptySchema, restoreOptions } from '../runbook/databases';
import { essUser, moverName, moverPod } from '../runbook/mover';

/** The words by which sources come to be in the cluster. */
export const push = 'npm run synth, commit and push';

/** A step and what is typed for it: one command a line, to be copied as it stands. */
export function step(text: string, ...commands: readonly string[]): string {
  return [`${text}:`, ...commands].join('\n');
}

/** The commands by which sources come to be in the cluster. What is saved to the home folder is not among them. */
export function pushed(what: string): readonly string[] {
  return ['npm run synth', `git add --all main.ts instances dist && git commit -m '${what}' && git push`];
}

/** Waits until a homeserver that is stopped or retired has gone. */
export const untilStopped = (release: string): string => `kubectl -n ${release} wait --for=delete pod -l app.kubernetes.io/component=matrix-server --timeout=10m`;

/** Holds Argo CD, or lets it go on. */
export const scaleArgocd = (replicas: 0 | 1): string => `kubectl -n ${argocdNamespace} scale statefulset argocd-application-controller --replicas ${replicas}`;

/** A program of PostgreSQL's with its arguments, in the pod of a database cluster that writes. */
function inPrimary(command: string, cluster: string, takesInput = false): string {
  const namespace = clusterNamespace;
  return `kubectl -n ${namespace} exec ${takesInput ? '-i ' : ''}$(kubectl -n ${namespace} get pod -o name -l cnpg.io/cluster=${cluster},cnpg.io/instanceRole=primary) -c postgres -- ${command}`;
}

/** Where databases are: a host as the values of the chart name it, or of that release the chart's own PostgreSQL, which has none. */
export interface Server {
  readonly host: unknown;
  readonly release: string;
}

function inServer({ host, release }: Server, program: string, args: string, takesInput = false): string {
  const cluster = clusterOfHost(host);
  if (cluster !== undefined) return inPrimary(`${program} ${args}`, cluster, takesInput);
  return typeof host === 'string'
    ? `${program} --host=${host} ${args}`
    : `kubectl -n ${release} exec ${takesInput ? '-i ' : ''}${release}-postgres-0 -c postgres -- ${program} -U postgres ${args}`;
}

/** Outside of the fleet's folder: what is saved must not end in git. */
const file = (database: string) => `~/${database}.dump`;

/** The command that saves a database to a file here. */
export const dumping = (database: string, server: Server): string => `${inServer(server, 'pg_dump', `-Fc ${database}`)} > ${file(database)}`;

/**
 * Saves a database to a file here.
 * @param host where it is, as the values of the chart name it; undefined: in the chart's own PostgreSQL, of that release; without a release, in the shared cluster
 */
export function dump(database: string, host?: unknown, release?: string): string {
  return step(`save ${database}`, dumping(database, release === undefined ? { host: host ?? clusterHost(sharedCluster), release: '' } : { host, release }));
}

/** The command that fills an empty database, all of it or nothing, from what was saved of the same or another one. */
export function restoring(saved: string, server: Server, database = saved, role = database): string {
  return `${inServer(server, 'pg_restore', `${restoreOptions(role)} --dbname=${database}`, true)} < ${file(saved)}`;
}

/** The command that empties a database, with nothing running on it. */
export function emptying(database: string, server: Server): string {
  return inServer(server, 'psql', ['--set=ON_ERROR_STOP=1', '--single-transaction', `--dbname=${database}`, ...emptySchema.map((statement) => `-c '${statement}'`)].join(' '));
}

/** Deletes databases of a cluster and their owners, for good. */
export function drop(databases: readonly string[], cluster: string): string {
  const statements = databases.flatMap((name) => [`-c 'DROP DATABASE IF EXISTS "${name}"'`, `-c 'DROP ROLE IF EXISTS "${name}"'`]);
  return inPrimary(`psql ${statements.join(' ')}`, cluster);
}

/** Makes an object in a namespace. `$CLAIM` in it is the shell's. */
export const create = (namespace: string, object: object): string => `echo '${JSON.stringify(object).replaceAll('$CLAIM', `'"$CLAIM"'`)}' | kubectl -n ${namespace} create -f -`;

/** Has volumes mounted by a pod that waits. @param volumes claims, by the folder that each is mounted at */
export function mounting(namespace: string, volumes: Readonly<Record<string, string>>, user = essUser): readonly string[] {
  return [create(namespace, moverPod({ volumes, user, image: pins.postgres.image })), `kubectl -n ${namespace} wait --for=condition=Ready pod/${moverName} --timeout=10m`];
}

/** What a program says or does in that pod. */
export const inMover = (namespace: string, command: string, takesInput = false): string => `kubectl -n ${namespace} exec ${takesInput ? '-i ' : ''}${moverName} -- ${command}`;

/** Lets go of the volumes: who mounts them next may be on another node. */
export const unmounting = (namespace: string): string => `kubectl -n ${namespace} delete pod ${moverName} --wait`;

/** Copies everything from one claim to another of the same namespace, and compares. What a new file system holds of itself stays behind. */
export function copying(namespace: string, from: string, to: string, user = essUser): readonly string[] {
  return [
    ...mounting(namespace, { from, to }, user),
    inMover(namespace, `bash -c 'set -o pipefail; cd /from && find . -mindepth 1 -maxdepth 1 ! -name lost+found -print0 | tar --create --null --files-from=- | tar --extract --directory=/to'`),
    inMover(namespace, 'diff --recursive --brief --exclude=lost+found /from /to'),
    unmounting(namespace),
  ];
}

/** Has a base backup made at once, through the plugin that the fleet's own schedule uses. */
export function backupNow(namespace = 'cnpg', cluster = 'shared-pg'): string {
  const backup = {
    apiVersion: 'postgresql.cnpg.io/v1',
    kind: 'Backup',
    metadata: { generateName: 'by-hand-' },
    spec: { cluster: { name: cluster }, method: 'plugin', pluginConfiguration: { name: 'barman-cloud.cloudnative-pg.io' } },
  };
  return step('make a base backup, and wait until it says completed', create(namespace, backup), `kubectl -n ${namespace} get backups --watch`);
}
