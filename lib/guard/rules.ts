import type { RuleText } from '../checks/rule';
import { accountRules } from './accounts';
import { applicationRules } from './applications';
import { backupRules } from './backups';
import { databaseRules } from './databases';
import { historyRules } from './history';
import { homeserverRules } from './homeservers';
import { identityProviderRules } from './identity-providers';
import { keyRules } from './keys';
import { objectRules } from './objects';
import { protectionRules } from './protection';
import type { GuardRule } from './rule';
import { secretStoreRules } from './secret-stores';
import { secretWayRules } from './secret-ways';
import { staticVolumeRules } from './static-volumes';
import { valueRules } from './values';
import { versionRules } from './versions';
import { volumeRules } from './volumes';

/** Every way to lose something by a push that the guard knows. */
export const guardRules: readonly GuardRule[] = [
  ...homeserverRules,
  ...applicationRules,
  ...accountRules,
  ...identityProviderRules,
  ...keyRules,
  ...secretWayRules,
  ...secretStoreRules,
  ...databaseRules,
  ...volumeRules,
  ...staticVolumeRules,
  ...valueRules,
  ...historyRules,
  ...objectRules,
  ...protectionRules,
  ...backupRules,
  ...versionRules,
];

/** What is wrong with an intention itself. */
export const intentionRules = {
  unknown: {
    id: 'intention-unknown',
    severity: 'error',
    what: 'What is meant is a change that the guard refuses.',
    why: 'A slip would let nothing pass, and the entry would look as if it did.',
    fix: 'Copy the line that the refusal prints.',
  },
  usedUp: {
    id: 'intention-used-up',
    severity: 'warning',
    what: 'What is meant is still to be done.',
    why: 'Once the change is in the baseline, its line has done its work; left there, it would let the same change pass once more.',
    fix: 'Take the entry away.',
  },
} as const satisfies Readonly<Record<string, RuleText>>;

/** What the guard's rules say of themselves, for `docs/rules.md`. None can be silenced: each change is meant by itself. */
export const guardTexts: readonly RuleText[] = [
  ...guardRules.map(({ id, what, why }): RuleText =>
    ({ id, severity: 'error', what, why, fix: 'Take the steps that the refusal prints; if the change is meant as it is, copy the line that it prints into `intends`.' })),
  ...Object.values(intentionRules),
];
