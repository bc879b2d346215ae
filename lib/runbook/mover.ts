/** A pod that mounts volumes and waits, so that files can be copied: from one volume to another, or to the admin's machine. */
export const moverName = 'media-mover';

/** The user that the ESS chart runs Synapse and PostgreSQL as, and so owns their files. */
export const essUser = 10091;

export interface Mover {
  /** The claims, by the folder that each is mounted at: `media` for `/media`. */
  readonly volumes: Readonly<Record<string, string>>;
  /** Who owns the files; a number, or what a shell puts one in place of. */
  readonly user: number | string;
  /** With bash, tar, find and diff. */
  readonly image: string;
  /** Where a volume is attached already. @default - wherever the scheduler puts it */
  readonly node?: string;
}

export function moverPod({ volumes, user, image, node }: Mover): object {
  const names = Object.keys(volumes);
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: moverName },
    spec: {
      restartPolicy: 'Never',
      automountServiceAccountToken: false,
      ...node !== undefined && { nodeName: node },
      securityContext: { runAsNonRoot: true, runAsUser: user, runAsGroup: user, fsGroup: user, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [{
        name: 'mover',
        image,
        command: ['sleep', 'infinity'],
        securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
        resources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { cpu: '1', memory: '256Mi' } },
        volumeMounts: names.map((name) => ({ name, mountPath: `/${name}` })),
      }],
      volumes: names.map((name) => ({ name, persistentVolumeClaim: { claimName: volumes[name] } })),
    },
  };
}
