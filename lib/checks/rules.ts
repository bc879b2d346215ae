import { chartRules } from './charts';
import { clusterRules } from './cluster';
import { componentVersionRules } from './component-versions';
import { componentRules } from './components';
import { configurationRules } from './configurations';
import { databaseRules } from './databases';
import { extraManifestRules } from './extra-manifests';
import { extraObjectRules } from './extra-objects';
import { fleetSizeRules } from './fleet-size';
import { giteaOwnerRules } from './gitea-owner';
import { hostRules } from './hosts';
import { manifestRules } from './manifests';
import { mediaRules } from './media';
import { nameRules } from './names';
import { optionRules } from './options';
import { ownedValueRules } from './owned-values';
import { portRules } from './ports';
import { postgresParameterRules } from './postgres-parameters';
import { projectRules } from './projects';
import { proxyRules } from './proxy';
import { publicPortRules } from './public-ports';
import { readableSecretRules } from './readable-secrets';
import { rehearsalRules } from './rehearsals';
import { resourceRules } from './resource-limits';
import type { Rule, RuleText } from './rule';
import { secretWayRules } from './secret-ways';
import { syntaxRules } from './syntax';
import type { TracedFleet } from './traced';
import type { CheckedUnit } from './unit';

export { optionRules } from './options';

/** What must hold across the whole fleet, by what it is about. */
const ofFleet: Readonly<Record<string, readonly Rule<TracedFleet>[]>> = {
  'Names': nameRules,
  'The cluster': clusterRules,
  'Hosts': hostRules,
  'Ports': [...portRules, ...publicPortRules, ...proxyRules],
  'Databases': [...databaseRules, ...postgresParameterRules],
  'Media': mediaRules,
  'Rehearsals': rehearsalRules,
  'Syntax': syntaxRules,
  'Components': componentRules,
  'Resources': resourceRules,
  'Raw values': [...ownedValueRules, ...configurationRules],
  'Extra manifests': [...extraManifestRules, ...extraObjectRules],
  'Secrets': [...readableSecretRules, ...secretWayRules],
  'The platform': [...componentVersionRules, ...giteaOwnerRules, ...fleetSizeRules],
};

/** What must hold for everything that the platform, or one homeserver, adds to `dist/`, by what it is about. */
const ofUnit: Readonly<Record<string, readonly Rule<CheckedUnit>[]>> = {
  'Objects': manifestRules,
  'Projects': projectRules,
  'Charts': chartRules,
};

/** What must hold across the whole fleet. */
export const fleetRules: readonly Rule<TracedFleet>[] = Object.values(ofFleet).flat();

/** What must hold for everything that the platform, or one homeserver, adds to `dist/`. */
export const unitRules: readonly Rule<CheckedUnit>[] = Object.values(ofUnit).flat();

/** Every rule of this room, in the order of reading. */
export const ruleFamilies: readonly { readonly title: string; readonly rules: readonly RuleText[] }[] =
  Object.entries({ Options: optionRules, ...ofFleet, ...ofUnit }).map(([title, rules]) => ({ title, rules }));
