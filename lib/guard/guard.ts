import { type TracedFleet, type Words } from '../checks';
import { didYouMean, nearest } from '../checks/suggest';
import { placeIn, placeOf } from '../checks/traced';
import type { Difference } from '../diff/change';
import type { Finding } from '../finding';
import { literal } from '../quote';
import type { Intention } from './intention';
import type { Danger } from './rule';
import { guardRules, intentionRules } from './rules';
import { type Scene, sceneOf } from './scene';

/** An intention, where it stands, and whose changes it can let pass. */
interface Meant extends Intention {
  readonly words: Words;
  readonly index: number;
  /** A homeserver's short name; absent: the fleet's, which speaks for everything. */
  readonly homeserver?: string;
}

interface Named extends Danger {
  readonly rule: string;
}

/**
 * What would destroy something stored, or cut it off, compared with the baseline, and is not meant. What is meant lets exactly its
 * change of its object pass, and is reported once it is done.
 * @param difference from the baseline to the tree; absent where there is no baseline: then nothing is refused
 * @param isPushed whether what a file of the baseline says by a label can have reached Argo CD @default - it can
 */
export function guard(difference: Difference | undefined, fleet: TracedFleet, isPushed?: Scene['isPushed']): Finding[] {
  const intentions = intentionsOf(fleet);
  const unknown = intentions.filter(({ change }) => !known.has(change)).map(unknownFinding);
  if (difference === undefined) return unknown;
  const scene = sceneOf(difference, fleet, isPushed);
  const dangers = guardRules.flatMap(({ id, check }) => [...check(scene)].map((danger): Named => ({ ...danger, rule: id })));
  const refused = dangers.filter((danger) => !intentions.some((intention) => allows(intention, danger)));
  const done = intentions.filter((intention) => known.has(intention.change) && !dangers.some((danger) => speaksFor(intention, danger)));
  const other = (danger: Named) => intentions.find((intention) => speaksFor(intention, danger));
  return [...unknown, ...refused.map((danger) => refusal(danger, fleet, other(danger))), ...done.map((intention) => usedUpFinding(intention, refused))];
}

const known: ReadonlySet<string> = new Set(guardRules.map(({ id }) => id));

function intentionsOf({ homeservers, platform, intends }: TracedFleet): readonly Meant[] {
  return [
    ...intends.map((intention, index) => ({ ...intention, index, words: platform.words[0] })),
    ...homeservers.flatMap(({ model, words }) => model.intends.map((intention, index) => ({ ...intention, index, words: words[0], homeserver: model.name }))),
  ];
}

/** Whether an intention is about a danger, be it with another new value. */
function speaksFor({ change, object, at, homeserver }: Meant, { rule, object: endangered, at: part, owner }: Named): boolean {
  return change === rule && object === endangered && at === part && (homeserver === undefined || (owner.kind === 'homeserver' && owner.name === homeserver));
}

function allows(intention: Meant, danger: Named): boolean {
  return speaksFor(intention, danger) && intention.to === danger.to;
}

/** Where the sources say that a danger is meant: `instances/demo.ts: intends[0]`; undefined where they do not. */
export function meantAt(danger: Named, fleet: TracedFleet): string | undefined {
  const intention = intentionsOf(fleet).find((one) => allows(one, danger));
  return intention && inSources(intention);
}

/** @param other an intention that is about this change, and allows another new value */
function refusal({ rule, object, at, to, owner, option, loses, steps }: Named, { homeservers, platform }: TracedFleet, other: Meant | undefined): Finding {
  const own = owner.kind === 'homeserver' ? homeservers.find(({ model }) => model.name === owner.name) : platform;
  const words = (own ?? platform).words;
  const gone = own === undefined ? { file: `instances/${owner.name}.ts`, path: '' } : undefined;
  const line = `intends: [${intentionText({ change: rule, object, ...at !== undefined && { at }, ...to !== undefined && { to } })}]`;
  return {
    rule,
    severity: 'error',
    ...gone ?? placeOf(words, option) ?? placeIn(words[0], option),
    message: loses,
    fix: `${other ? `${inSources(other)} allows ${other.to ?? 'none'}, and this is ${to ?? 'none'}; ` : ''}take the steps below; if it is meant as it is, say so in ${words[0].file}: ${line}`,
    steps,
  };
}

/** `instances/demo.ts: intends[0]`, as findings name it. */
function inSources({ words, index }: Meant): string {
  const { file, path } = placeIn(words, ['intends', index]);
  return `${file}: ${path}`;
}

/** As one writes it in TypeScript. */
function intentionText(intention: Intention): string {
  return `{ ${Object.entries(intention).map(([key, value]) => `${key}: ${literal(String(value))}`).join(', ')} }`;
}

function unknownFinding({ change, words, index }: Meant): Finding {
  const { id, severity } = intentionRules.unknown;
  return { rule: id, severity, ...placeIn(words, ['intends', index, 'change']), message: `the guard has no rule ${change}`, fix: didYouMean(change, [...known]) ?? 'copy the line that the refusal prints' };
}

/** Where a change of the same rule is refused, the entry may be a slip of that. */
function usedUpFinding({ change, object, at, words, index }: Meant, refused: readonly Named[]): Finding {
  const { id, severity } = intentionRules.usedUp;
  const named = (one: { readonly object: string; readonly at?: string }) => `${one.object}${one.at === undefined ? '' : ` at ${one.at}`}`;
  const others = refused.filter(({ rule }) => rule === change).map(named);
  const meant = nearest(named({ object, ...at !== undefined && { at } }), others) ?? (others.length === 1 ? others[0] : undefined);
  return {
    rule: id,
    severity,
    ...placeIn(words, ['intends', index]),
    message: `${change} of ${named({ object, ...at !== undefined && { at } })} is done, or never was to be: it lets nothing pass any more`,
    fix: meant === undefined ? 'take the entry away' : `did you mean ${meant}? If not, take the entry away`,
  };
}
