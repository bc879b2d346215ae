import type { Resources } from '../../cluster/resources';
import type { ReplicatedOptions } from './replicas';

export interface ElementWebOptions extends ReplicatedOptions {
  /**
   * Public host name.
   * @default - chat.<serverName>
   */
  readonly host?: string;
  /**
   * What it calls itself.
   * @default - Element
   */
  readonly brand?: string;
  /**
   * The theme of who has chosen none.
   * @default - light, as the client has it
   */
  readonly theme?: 'light' | 'dark';
  /**
   * Further settings of its config.json, laid over those that the chart and the options above make.
   * @default - none
   */
  readonly config?: { readonly [setting: string]: unknown };
  /**
   * Of each copy.
   * @default - 10m CPU and 24Mi, at most 200Mi
   */
  readonly resources?: Resources;
}

export interface ElementAdminOptions extends ReplicatedOptions {
  /**
   * Public host name.
   * @default - admin.<serverName>
   */
  readonly host?: string;
  /**
   * Of each copy.
   * @default - 10m CPU and 24Mi, at most 200Mi
   */
  readonly resources?: Resources;
}

export interface ElementCallOptions {
  /**
   * How many copies run.
   * @asType integer
   * @minimum 1
   * @maximum 20
   * @default 1
   */
  readonly replicas?: number;
  /**
   * Public host name.
   * @default - call.<serverName>
   */
  readonly host?: string;
  /**
   * Of each copy.
   * @default - 10m CPU and 24Mi, at most 128Mi
   */
  readonly resources?: Resources;
}
