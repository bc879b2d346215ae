import type { k8s } from 'cdk8s-plus-30';
import type { Plain } from '../../imports/plain';
import type { Homeserver } from './homeserver';
import { pullSecrets } from './images';

/** What a container may not do under the restricted standard. */
export const restricted = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
} satisfies Plain<k8s.SecurityContext>;

/** What holds for every pod of ours beside a homeserver: an account of no rights, and the rank of the homeserver itself. */
export function podDefaults(homeserver: Homeserver, user: number) {
  return {
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    priorityClassName: homeserver.surroundings.priorityClass,
    ...pullSecrets(homeserver),
    securityContext: { runAsNonRoot: true, runAsUser: user, runAsGroup: user, fsGroup: user, seccompProfile: { type: 'RuntimeDefault' } },
  };
}

/** The label that selects the pods of one thing. */
export const selectorOf = (name: string) => ({ 'app.kubernetes.io/instance': name });

/** Metadata of an object of one thing, by its name. */
export const metadataOf = ({ names }: Homeserver, name: string) => ({ name, namespace: names.release, labels: { 'app.kubernetes.io/part-of': 'matrix-fleet', ...selectorOf(name) } });
