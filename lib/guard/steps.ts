import { argocdNamespace, type rootFolders } from '../gitops/application';
import type { DatabaseService } from '../homeserver/names';
import { clusterNamespace, sharedCluster } from '../homeserver/place';
import { essUser, moverName, moverPod, type Pull, pullOf } from '../runbook/mover';

/** The words by which sources come to be in the cluster. */
export const push = 'npm run synth, commit and push';

/** A step and what is typed for it: one command a line, to be copied as it stands. */
export function step(text: string, ...commands: readonly string[]): string {
  return [`${text}:`, ...commands].join('\n');
}

/** The commands by which sources come to be in the cluster. What is saved to the home folder is not among them. */
export function pushed(what: string, folders = 'main.ts instances dist'): readonly string[] {
  return ['npm run synth', `git add --all ${folders} && git commit -m '${what}' && git push`];
}

/** What keeps its state in PostgreSQL: the kind of its pods' owners, and the label of its pods. */
const writers = { synapse: ['statefulset', 'matrix-server'], mas: ['deployment', 'matrix-authentication'] } as const satisfies Record<DatabaseService, readonly [string, string]>;

/** Waits until a homeserver that is stopped or retired has gone; the pod of the hook that has checked its configuration stays, and has ended. */
export const untilStopped = (release: string): string =>
  `kubectl -n ${release} wait --for=delete pod -l 'app.kubernetes.io/component in (matrix-server, matrix-authentication)' --field-selector status.phase=Running --timeout=10m`;

/** Stops a service by hand; Argo CD would start it again. */
export function stopping(release: string, service: DatabaseService): string {
  const [kind, component] = writers[service];
  return `kubectl -n ${release} scale ${kind} -l app.kubernetes.io/component=${component} --replicas 0`;
}

/** Holds all of Argo CD, or lets it go on. */
export const scaleArgocd = (replicas: 0 | 1): string => `kubectl -n ${argocdNamespace} scale statefulset argocd-application-controller --replicas ${replicas}`;

/** Whether Argo CD looks at an Application at all. */
const reconciling = (release: string, annotation: string) => `kubectl -n ${argocdNamespace} annotate application ${release} argocd.argoproj.io/skip-reconcile${annotation}`;

/** Has Argo CD leave alone what an Application has made, whatever becomes of it; the Application itself still follows git. */
export const holding = (release: string): string => reconciling(release, '=true --overwrite');

/** Has it go on, by what the Application says then. */
export const lettingGo = (release: string): string => reconciling(release, '-');

/** Waits until an Application is there, and has made what was pushed last. */
export const synced = (application: string): string =>
  `until [ "$(kubectl -n ${argocdNamespace} get application ${application} -o 'jsonpath={.status.sync.revision} {.status.sync.status}')" = "$(git rev-parse HEAD) Synced" ]; do sleep 5; done`;

/** Waits until an Application has seen what was pushed last, be it that the cluster refuses some of it. */
export const seen = (application: string): string =>
  `until [ "$(kubectl -n ${argocdNamespace} get application ${application} -o 'jsonpath={.status.sync.revision}')" = "$(git rev-parse HEAD)" ]; do sleep 5; done`;

/** Waits until the Applications of homeservers say what was pushed last. */
export const untilSaid = synced('homeservers' satisfies keyof typeof rootFolders);

/** Waits until the chart's own PostgreSQL runs. */
export const untilOwnRuns = (release: string): readonly string[] =>
  [`kubectl -n ${release} wait --for=create statefulset/${release}-postgres --timeout=15m`, `kubectl -n ${release} rollout status statefulset ${release}-postgres --timeout=15m`];

/**
 * The values by which the chart's own PostgreSQL runs and what would write to it does not: pods that wait for a node let the rest of a sync go
 * on, but for the hook that checks the configuration (tried with 26.2.3 to 26.8.1).
 */
export function waiting(services: readonly { readonly service: DatabaseService }[]): string {
  const wait = "nodeSelector: { wait: 'here' }";
  const parts = [`synapse: { ${wait}, checkConfigHook: { enabled: false } }`, ...services.some(({ service }) => service === 'mas') ? [`matrixAuthenticationService: { ${wait} }`] : []];
  return `values: { ${parts.join(', ')} }: its PostgreSQL starts, and what would write waits for a node that there is not`;
}

/** A program of PostgreSQL's with its arguments, in the pod of a database cluster that writes. */
export function inPrimary(command: string, cluster: string, takesInput = false): string {
  const namespace = clusterNamespace;
  return `kubectl -n ${namespace} exec ${takesInput ? '-i ' : ''}$(kubectl -n ${namespace} get pod -o name -l cnpg.io/cluster=${cluster},cnpg.io/instanceRole=primary) -c postgres -- ${command}`;
}

/** A command that writes a file here, which nobody else may read. */
export const privately = (command: string): string => `(umask 077 && ${command})`;

/** The step that saves a database of a cluster to a file here. */
export const dump = (database: string, cluster = sharedCluster): string => step(`save ${database}`, privately(`${inPrimary(`pg_dump -Fc ${database}`, cluster)} > ~/${database}.dump`));

/** Deletes databases of a cluster and their owners, for good. */
export function drop(databases: readonly string[], cluster: string): string {
  const statements = databases.flatMap((name) => [`-c 'DROP DATABASE IF EXISTS "${name}"'`, `-c 'DROP ROLE IF EXISTS "${name}"'`]);
  return inPrimary(`psql ${statements.join(' ')}`, cluster);
}

/** Makes an object in a namespace. `$CLAIM` and `$NODE` in it are the shell's. */
export const create = (namespace: string, object: object): string => `echo '${JSON.stringify(object).replaceAll(/\$(?:CLAIM|NODE)/g, `'"$&"'`)}' | kubectl -n ${namespace} create -f -`;

/** The image of a pod of the platform's, which knows no mirror. */
const ownRegistry = pullOf(undefined, '');

/** Has volumes mounted by a pod that waits. @param volumes claims, by the folder that each is mounted at */
export function mounting(namespace: string, volumes: Readonly<Record<string, string>>, user = essUser, pull: Pull & { readonly node?: string } = ownRegistry): readonly string[] {
  return [create(namespace, moverPod({ ...pull, volumes, user })), `kubectl -n ${namespace} wait --for=condition=Ready pod/${moverName} --timeout=10m`];
}

/** What a program says or does in that pod. */
export const inMover = (namespace: string, command: string, takesInput = false): string => `kubectl -n ${namespace} exec ${takesInput ? '-i ' : ''}${moverName} -- ${command}`;

/** The command that saves Secrets to a file here, which nobody else may read. @param name one of them; all, unless it says which */
export const savingSecret = (namespace: string, name?: string): string => privately(`kubectl -n ${namespace} get secret ${name === undefined ? '' : `${name} `}-o yaml > ~/${name ?? `${namespace}-secrets`}.yaml`);

/** The step that says that a change is meant. */
export const meant = (what: string, ...then: readonly string[]): string => step('say that it is meant, by the line above', ...pushed(what), ...then);

/** Names the volumes whose claim has a name, or is in a namespace. */
export const volumesOf = (field: 'name' | 'namespace', value: string): string => `kubectl get pv -o 'jsonpath={.items[?(@.spec.claimRef.${field}=="${value}")].metadata.name}'`;

/** Lets go of the volumes: who mounts them next may be on another node. */
export const unmounting = (namespace: string): string => `kubectl -n ${namespace} delete pod ${moverName} --wait`;

/** Copies everything from one claim to another of the same namespace, and compares. What a new file system holds of itself stays behind. */
export function copying(namespace: string, from: string, to: string, user = essUser, pull: Pull = ownRegistry): readonly string[] {
  return [
    ...mounting(namespace, { from, to }, user, pull),
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
