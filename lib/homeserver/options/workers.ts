import type { Resources } from '../../cluster/resources';

export type WorkersOptions = { readonly [type in ScalableWorker]?: ScalableWorkerOptions } & { readonly [type in SingleWorker]?: WorkerOptions };

export type WorkerType = ScalableWorker | SingleWorker;

/** Worker types that can run more than once. */
export type ScalableWorker =
  | 'client-reader' | 'device-lists' | 'event-creator' | 'event-persister' | 'federation-inbound' | 'federation-reader'
  | 'federation-sender' | 'initial-synchrotron' | 'mas-helper' | 'pusher' | 'receipts' | 'sliding-sync' | 'synchrotron';

/** Worker types that run once at most. */
export type SingleWorker =
  | 'account-data' | 'appservice' | 'background' | 'encryption' | 'media-repository' | 'presence-writer' | 'push-rules'
  | 'sso-login' | 'typing-persister' | 'user-dir';

/** A worker that runs once at most. */
export interface WorkerOptions {
  /**
   * Of each process.
   * @default - 50m CPU and 128Mi, at most 512Mi
   */
  readonly resources?: Resources;
}

/** A worker that can run more than once. */
export interface ScalableWorkerOptions extends WorkerOptions {
  /**
   * How many processes of the type run.
   * @asType integer
   * @minimum 1
   * @maximum 20
   * @default 1
   */
  readonly replicas?: number;
}
