import { type Images, mirrored } from '../homeserver/images';
import { pins } from '../platform/versions';

/** A pod that mounts volumes and waits, so that files can be copied: from one volume to another, or to the admin's machine. */
export const moverName = 'media-mover';

/** The user that the ESS chart runs Synapse and PostgreSQL as, and so owns their files. */
export const essUser = 10091;

/** Where pods that are made by hand have their image from: PostgreSQL's own programs, beside bash, tar, find and diff. */
export interface Pull {
  readonly image: string;
  /** The Secret with the registry's login. @default - none is asked for */
  readonly pullSecret?: string;
}

/** The image, from a homeserver's mirror if it has one. @param pullSecret the Secret with the login, where the mirror asks for one */
export function pullOf(images: Images | undefined, pullSecret: string): Pull {
  return { image: mirrored(pins.postgres.image, images), ...images?.pullSecret && { pullSecret } };
}

export interface Mover extends Pull {
  /** The claims, by the folder that each is mounted at: `media` for `/media`. */
  readonly volumes: Readonly<Record<string, string>>;
  /** Who owns the files; a number, or what a shell puts one in place of. */
  readonly user: number | string;
  /** Where a volume is attached already. @default - wherever the scheduler puts it */
  readonly node?: string;
}

/** What a waiting container may take: a namespace with a quota lets none in that does not say. */
export const moverResources = { requests: { cpu: '50m', memory: '64Mi' }, limits: { cpu: '1', memory: '256Mi' } } as const;

/** What a pod says of its image's login. */
export const pulling = ({ pullSecret }: Pull) => (pullSecret === undefined ? {} : { imagePullSecrets: [{ name: pullSecret }] });

export function moverPod({ volumes, user, node, ...pull }: Mover): object {
  const names = Object.keys(volumes);
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: moverName },
    spec: {
      restartPolicy: 'Never',
      automountServiceAccountToken: false,
      ...pulling(pull),
      ...node !== undefined && { nodeName: node },
      securityContext: { runAsNonRoot: true, runAsUser: user, runAsGroup: user, fsGroup: user, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [{
        name: 'mover',
        image: pull.image,
        command: ['sleep', 'infinity'],
        securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
        resources: moverResources,
        volumeMounts: names.map((name) => ({ name, mountPath: `/${name}` })),
      }],
      volumes: names.map((name) => ({ name, persistentVolumeClaim: { claimName: volumes[name] } })),
    },
  };
}
