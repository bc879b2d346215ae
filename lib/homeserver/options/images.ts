export interface ImagesOptions {
  /**
   * Its host and the path that all images are below: `quay.io/example`.
   * @pattern ^[a-z0-9]([-a-z0-9.]*[a-z0-9])?(:[0-9]+)?(/[a-z0-9]+([._-]+[a-z0-9]+)*)*$
   */
  readonly registry: string;
  /**
   * What an image is called there: its last word (`name`, quay.io/example/synapse), or all of it with the registry that it comes from
   * (`full`, quay.io/example/oci.element.io/synapse), as a registry that copies by itself does.
   * @default name
   */
  readonly paths?: 'name' | 'full';
  /**
   * Whether it wants a login. The login is asked for like every other Secret.
   * @default false
   */
  readonly pullSecret?: boolean;
}
