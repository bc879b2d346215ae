/** What pods of our own beside the chart's have in common: they run under the restricted standard. */

/** Runs our own scripts: Node.js. */
export const scriptImage = 'docker.io/library/node:24.11.1-alpine3.22';

export const podSecurity = (user: number) => ({ runAsNonRoot: true, runAsUser: user, runAsGroup: user, fsGroup: user, seccompProfile: { type: 'RuntimeDefault' } }) as const;

export const securityOfContainer = { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } } as const;
