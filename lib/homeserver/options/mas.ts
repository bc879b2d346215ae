import type { Resources } from '../../cluster/resources';
import type { ReplicatedOptions } from './replicas';

export interface MasOptions extends ReplicatedOptions {
  /**
   * Public host name.
   * @default - account.<serverName>
   */
  readonly host?: string;
  /**
   * Of each copy.
   * @default - 50m CPU and 96Mi, at most 350Mi
   */
  readonly resources?: Resources;
  /**
   * The move of accounts that Synapse keeps, stage by stage and none left out: `prepare` makes MAS's database and keys and leaves logins
   * to Synapse; `dry-run` has MAS beside it and rehearses; `migrate` moves them, and there is no way back. The last two are synced once, by
   * hand: `matrix-fleet runbook` says how. When all is moved, take the option away.
   * @default - none: accounts are in MAS
   */
  readonly syn2mas?: 'prepare' | 'dry-run' | 'migrate';
}
