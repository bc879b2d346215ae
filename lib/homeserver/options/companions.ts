import type { Resources } from '../../cluster/resources';

export interface CompanionsOptions {
  /**
   * Maubot, which runs bots as plugins; its own page manages them.
   * @default false
   */
  readonly maubot?: boolean | MaubotOptions;
}

export interface MaubotOptions {
  /**
   * Public host name; its page is at /_matrix/maubot.
   * @default - bots.<serverName>
   */
  readonly host?: string;
  /**
   * Size of the volume for plugins and their databases. It can grow, but never shrink.
   * @default 1Gi
   * @pattern ^[1-9][0-9]*(Mi|Gi|Ti)$
   */
  readonly size?: string;
  /**
   * What it asks for and may use.
   * @default - 25m CPU and 128Mi, at most 512Mi
   */
  readonly resources?: Resources;
}
