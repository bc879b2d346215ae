import type { Resources } from '../../cluster/resources';

/** One of the three. */
export interface DatabaseOptions {
  /** Name of a database cluster of the platform: `shared-pg`, or one of `platform.databaseClusters`. */
  readonly cluster?: string;
  /** The PostgreSQL that the ESS chart brings along: one instance for this homeserver alone, without backups of its own. */
  readonly builtIn?: true | BuiltInDatabaseOptions;
  /** A server outside, such as a cloud's managed PostgreSQL. */
  readonly external?: ExternalDatabaseOptions;
}

export interface BuiltInDatabaseOptions {
  /**
   * Size of its volume. It can grow, but never shrink.
   * @default 10Gi
   * @pattern ^[1-9][0-9]*(Mi|Gi|Ti)$
   */
  readonly size?: string;
  /**
   * Storage class. Frozen after the first deployment.
   * @default - the cluster's retaining class for fast data
   */
  readonly storageClass?: string;
  /**
   * What it asks for and may use. The chart gives it a connection for each 16Mi of what it may use, and the same once more to a container
   * beside it that sets passwords: a node needs room for both.
   * @default - 100m CPU and 256Mi, at most 1Gi
   */
  readonly resources?: Resources;
}

/** A PostgreSQL server that neither this fleet nor the chart runs, with a database for each service. */
export interface ExternalDatabaseOptions {
  /**
   * Host name or IP address, as pods reach it. With `verify-full`, the name of its certificate.
   * @pattern ^[A-Za-z0-9_]([-A-Za-z0-9_.:]*[A-Za-z0-9_])?[.]?$
   */
  readonly host: string;
  /**
   * Its port.
   * @asType integer
   * @minimum 1
   * @maximum 65535
   * @default 5432
   */
  readonly port?: number;
  /**
   * How far its certificate is trusted: `require` encrypts for whoever answers, `verify-ca` for who has a certificate of `ca`, `verify-full`
   * for who has one of that name, too.
   * @default - verify-full with a `ca`, else require
   */
  readonly sslMode?: 'disable' | 'require' | 'verify-ca' | 'verify-full';
  /**
   * The authority that signs its certificate: certificates in PEM, one after the other, which are no secret; or an object in the
   * homeserver's namespace that holds them.
   * @default - those that everybody knows
   */
  readonly ca?: string | CaReference;
  /** Synapse's database. */
  readonly synapse?: ExternalDatabaseNames;
  /** MAS's database. */
  readonly mas?: ExternalDatabaseNames;
  /**
   * Makes the roles and databases, with passwords of its own: a Job that may be repeated, and leaves alone what is there.
   * @default - they are there, and their passwords come from you
   */
  readonly initialise?: InitialiseOptions;
}

export interface CaReference {
  /** What it is. */
  readonly kind: 'ConfigMap' | 'Secret';
  /** Name of the object. */
  readonly name: string;
  /**
   * Its key.
   * @default ca.crt
   */
  readonly key?: string;
}

export interface ExternalDatabaseNames {
  /**
   * Name of the database.
   * @default - synapse_<name> or mas_<name>
   * @pattern ^[A-Za-z_][-A-Za-z0-9_]*$
   * @maxLength 63
   */
  readonly database?: string;
  /**
   * The role that owns it.
   * @default - synapse_<name> or mas_<name>
   * @pattern ^[A-Za-z_][-A-Za-z0-9_]*$
   * @maxLength 63
   */
  readonly user?: string;
}

export interface InitialiseOptions {
  /**
   * A role that may make roles and databases. Its password comes from you, and stays where the homeserver cannot read it.
   * @default postgres
   * @pattern ^[A-Za-z_][-A-Za-z0-9_]*$
   */
  readonly user?: string;
  /**
   * The database that it connects to.
   * @default postgres
   * @pattern ^[A-Za-z_][-A-Za-z0-9_]*$
   */
  readonly database?: string;
}
