import type { Url } from './url';

/** A provider of OpenID Connect, and what becomes of who comes from there. Its client secret is asked for like every other Secret. */
export interface IdentityProviderOptions {
  /**
   * Short, unique in the homeserver and frozen after the first login, since accounts are linked to it: `zitadel`.
   * @pattern ^[a-z]([-a-z0-9]*[a-z0-9])?$
   * @maxLength 32
   */
  readonly id: string;
  /**
   * What the login page calls it.
   * @default - the id
   * @pattern ^[^\s\p{Cc}]+( [^\s\p{Cc}]+)*$
   */
  readonly name?: string;
  /** The address that it signs as, exactly as its `/.well-known/openid-configuration` says. */
  readonly issuer: Url;
  /** What it knows this homeserver as. */
  readonly clientId: string;
  /**
   * What is asked of it.
   * @default - openid, profile and email
   */
  readonly scopes?: readonly string[];
  /**
   * What the user is called here, as a Jinja template over the provider's claims.
   * @default {{ user.preferred_username }}
   */
  readonly localpart?: string;
  /**
   * The name that others see, likewise.
   * @default {{ user.name }}
   */
  readonly displayName?: string;
  /**
   * Whether who comes with the name of an account that is already here gets that account. The provider must give no name to the wrong one.
   * @default false
   */
  readonly existingUsers?: boolean;
}
