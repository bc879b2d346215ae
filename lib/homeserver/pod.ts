import type { Homeserver } from './homeserver';

/** What pods of our own beside the chart's have in common: they run under the restricted standard. */

/** Runs our own scripts: Node.js. */
export const scriptImage = 'docker.io/library/node:24.11.1-alpine3.22';

export const podSecurity = (user: number) => ({ runAsNonRoot: true, runAsUser: user, runAsGroup: user, fsGroup: user, seccompProfile: { type: 'RuntimeDefault' } }) as const;

export const securityOfContainer = { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } } as const;

/** What holds for every pod that is there all the time: no account of the cluster's, and the rank of the homeserver itself. */
export function podDefaults({ surroundings }: Homeserver, user: number) {
  return { automountServiceAccountToken: false, enableServiceLinks: false, priorityClassName: surroundings.priorityClass, securityContext: podSecurity(user) };
}

/** The label that selects the pods of one thing. */
export const selectorOf = (name: string) => ({ 'app.kubernetes.io/instance': name });

/** Metadata of an object of one thing, by its name. */
export const metadataOf = ({ names }: Homeserver, name: string) => ({ name, namespace: names.release, labels: { 'app.kubernetes.io/part-of': 'matrix-fleet', ...selectorOf(name) } });
