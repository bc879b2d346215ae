export interface MediaOptions {
  /**
   * Size of the volume for uploaded files. It can grow, but never shrink. With `nfs` it is a number that limits nothing, and stays as it is.
   * @default 10Gi
   * @pattern ^[1-9][0-9]*(Mi|Gi|Ti)$
   */
  readonly size?: string;
  /**
   * Storage class. Frozen after the first deployment.
   * @default - the cluster's retaining class for bulk data
   */
  readonly storageClass?: string;
  /**
   * Keeps them on an NFS server, instead of a volume of a storage class. Frozen after the first deployment.
   * @default - none
   */
  readonly nfs?: NfsOptions;
  /**
   * Largest upload, in megabytes or kilobytes: `100M`.
   * @default 100M
   * @pattern ^[1-9][0-9]*[MK]$
   */
  readonly maxUploadSize?: string;
  /**
   * Scheduled backups, with restic: into the bucket of `platform.backups`, or onto a volume. They are encrypted with a password that only you
   * have; `docs/backups.md` says how one is restored.
   * @default false
   */
  readonly backup?: boolean | MediaBackupOptions;
}

/** A folder of an NFS server. */
export interface NfsOptions {
  /** Host name or IP address, as nodes reach it. */
  readonly server: string;
  /**
   * The exported folder. User and group 10091, Synapse's own, must be able to write there: nobody changes its owner.
   * @pattern ^/[^\s]*$
   */
  readonly path: string;
  /**
   * How it is mounted: `nfsvers=4.1`.
   * @default - as the node's own mount does it
   */
  readonly mountOptions?: readonly string[];
}

export interface MediaBackupOptions {
  /**
   * When one is made: five cron fields, minutes first, in UTC.
   * @default 30 3 * * *
   * @pattern ^[-0-9*,/]+( [-0-9*,/]+){4}$
   */
  readonly schedule?: string;
  /**
   * How long one is kept.
   * @default 30d
   * @pattern ^[1-9][0-9]*[dm]$
   */
  readonly retention?: string;
  /**
   * A volume claim of your own in the homeserver's namespace (`manifests`), in place of the bucket.
   * @default - the bucket of `platform.backups`
   * @pattern ^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$
   */
  readonly claim?: string;
}
