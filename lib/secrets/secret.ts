/**
 * A Secret that must exist in the cluster and whose values never stand in git: what it is called and where each of its
 * values comes from. The bootstrap script reads these, one list file a homeserver and one for the platform.
 */
export interface SecretSpec {
  readonly namespace: string;
  readonly name: string;
  /**
   * What a store calls it, where Secrets of several namespaces have one name and not the same value.
   * @default - the name
   */
  readonly entry?: string;
  /** @default Opaque */
  readonly type?: 'Opaque' | 'kubernetes.io/basic-auth' | 'kubernetes.io/dockerconfigjson';
  readonly labels?: Readonly<Record<string, string>>;
  /** Host of the registry that a `kubernetes.io/dockerconfigjson` is the login of. */
  readonly registry?: string;
  readonly keys: readonly SecretKey[];
}

export type SecretKey = { readonly key: string } & SecretValue;

export type SecretValue =
  /** Not secret at all, e.g. a user name. */
  | { readonly literal: string }
  /** Made at random in the cluster, once, and never again. */
  | { readonly random: RandomKind }
  /** The same value as another Secret's key, which stands earlier in the same list or in the platform's. */
  | { readonly copyOf: { readonly namespace: string; readonly name: string; readonly key: string } }
  /** Only the admin has it: from the environment variable of that name, or from the file that `<variable>_FILE` names. Never invented. */
  | {
      readonly supplied: string;
      /** What it is, in the admin's words: shown when it is missing. */
      readonly what: string;
      /** @default text */
      readonly format?: SuppliedFormat;
      /** A Secret is made without its optional keys. @default false */
      readonly optional?: boolean;
    };

/** What a supplied value must look like; one that does not is refused, because it would never be overwritten. */
export type SuppliedFormat =
  /** One line; a newline at its end is dropped (an S3 key with a newline is a wrong key). */
  | 'text'
  /** 64 hexadecimal digits, as MAS's encryption secret is. */
  | 'hex64'
  /** Synapse's signing key: `ed25519 VERSION BASE64`, one or more lines. `ed25519 0` is refused: such keys are weak (CVE-2026-24044). */
  | 'signing-key'
  /**
   * The password of a role in PostgreSQL, 8 characters at least: a letter, then letters, digits, `_` and `-`. The chart puts Synapse's into
   * YAML as it is, and takes what follows a `$` for something else (26.8.1).
   */
  | 'database-password'
  /** Any bytes, kept as they are, e.g. a key in PEM or DER. */
  | 'bytes';

export type RandomKind =
  /** 32 characters of [A-Za-z0-9]. */
  | 'password'
  /** 64 hexadecimal digits. */
  | 'hex64'
  /** An RSA 4096 private key in PEM. */
  | 'rsa-pem'
  /** An RSA 4096 private key in DER (PKCS #8), binary. */
  | 'rsa-der'
  /** An ECDSA key on prime256v1 in DER (PKCS #8), binary. */
  | 'ecdsa-der'
  /** In the form of a JSON Web Token, as Gitea's INTERNAL_TOKEN is; Gitea only compares it. */
  | 'gitea-internal-token'
  /** 32 random bytes in URL-safe base64 without padding, as Gitea's JWT_SECRET is. */
  | 'base64url32'
  /** The application service registration of Hookshot, YAML with two random tokens; `hookshot-registration <url>`. */
  | `hookshot-registration ${string}`;
