import { Construct } from 'constructs';
import type { Folder } from '../gitops/folder';
import type { SecretSpec } from '../secrets/secret';
import type { Platform } from './platform';

/**
 * Something that the platform installs: its Applications, its folders of manifests, and whatever else of `dist/` is its
 * own. A newcomer writes one, in a file of its own, and adds it to the list in `unit.ts`.
 */
export abstract class Component extends Construct {
  /** The Secrets that it needs and that do not stand in git. */
  readonly secrets: readonly SecretSpec[] = [];
}

/** How a component is made: below the folder of the platform's Applications. */
export type ComponentClass = new (applications: Folder, platform: Platform) => Component;

/** The project of the platform's Applications. */
export const platformProject = 'platform';
