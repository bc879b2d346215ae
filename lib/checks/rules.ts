import { chartRules } from './charts';
import { componentVersionRules } from './component-versions';
import { componentRules } from './components';
import { extraManifestRules } from './extra-manifests';
import { fleetSizeRules } from './fleet-size';
import { giteaOwnerRules } from './gitea-owner';
import { hostRules } from './hosts';
import { manifestRules } from './manifests';
import { nameRules } from './names';
import { ownedValueRules } from './owned-values';
import { portRules } from './ports';
import { readableSecretRules } from './readable-secrets';
import { resourceRules } from './resource-limits';
import type { Rule } from './rule';
import { syntaxRules } from './syntax';
import type { TracedFleet } from './traced';
import type { CheckedUnit } from './unit';

export { optionRules } from './options';

/** What must hold across the whole fleet. */
export const fleetRules: readonly Rule<TracedFleet>[] = [
  ...nameRules,
  ...hostRules,
  ...portRules,
  ...syntaxRules,
  ...componentRules,
  ...resourceRules,
  ...ownedValueRules,
  ...extraManifestRules,
  ...readableSecretRules,
  ...componentVersionRules,
  ...giteaOwnerRules,
  ...fleetSizeRules,
];

/** What must hold for everything that the platform, or one homeserver, adds to `dist/`. */
export const unitRules: readonly Rule<CheckedUnit>[] = [...manifestRules, ...chartRules];
