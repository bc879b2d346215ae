import { posix } from 'node:path';
import { valueAt } from '../../checks/path';
import { isKeptFrom, syncOptionsAnnotation } from '../../gitops/protect';
import { isMap } from '../../merge';
import { objectName, type Change, type Difference, type FieldChange, type ObjectChange, type WholeChange } from '../change';
import { isImmutable } from '../immutable';
import { kindOf } from '../kind-of';
import { levels, type Level, type Meaning } from '../meaning';
import { applications, isEss } from './application';
import { database } from './database';
import type { Family, KindWords } from './kind';
import { metadataRows } from './metadata';
import { network } from './network';
import { platform } from './platform';
import { sayingsOf, spell, spellWhole, type Says, type Spot, type WholeOf } from './row';
import { storage } from './storage';
import { textMeanings } from './text';
import { workloads } from './workloads';

const frozen: Says<Spot> = ['refused', 'refused by the API server: {field} of {object} cannot change; it would have to be made anew'];

const kinds: Family = { ...applications, ...workloads, ...storage, ...database, ...network, ...platform };

/** A kind that nobody has looked at: its changes have an effect, and what it is for may be gone for a moment. */
const unknown: KindWords = {
  fields: [],
  otherwise: ['outage', 'changes {object}; what works with it may restart'],
  appears: [['effect', 'adds {object}']],
  goes: [['outage', 'deletes {object}']],
};

/** A meaning before those that say the same are one. */
interface Saying {
  readonly level: Level;
  readonly text: string;
  readonly field?: FieldChange;
}

/**
 * What a change does, the worst first. Every changed field is explained by one meaning at least; several fields of one meaning are one.
 * @param all the difference that the change is part of: an object that goes here may appear elsewhere
 */
export function meaningsOf(change: Change, all: Difference): readonly Meaning[] {
  return together([...sayings(change, all), ...byHand(change)]);
}

function sayings(change: Change, all: Difference): Iterable<Saying> {
  switch (change.what) {
    case 'appears': return appears(change, all);
    case 'goes': return goes(change, all);
    case 'changes': return [...moved(change), ...change.fields.flatMap((field) => ofField(change, field))];
    case 'text': return textMeanings(change);
  }
}

/** Where a namespace is new, nothing runs yet that could be limited. */
function* appears(change: WholeChange, all: Difference): Generator<Saying> {
  const words = kinds[kindOf(change.manifest)] ?? unknown;
  const isNew = all.some((each) => each.what === 'appears' && each.manifest.kind === 'Namespace' && each.manifest.metadata.name === change.manifest.metadata.namespace);
  for (const [level, text] of [...wholeSays(words.appears, change, all), ...words.appearsToo?.(change) ?? []]) {
    yield { level: level === 'outage' && isNew ? 'effect' : level, text: spellWhole(text, change) };
  }
}

function wholeSays(says: KindWords['appears'], change: WholeChange, all: Difference): readonly Says<WholeOf>[] {
  return typeof says === 'function' ? says(change, all) : says;
}

/** Objects with Prune=false, and those of an Application that prunes nothing or is itself gone, stay where they are. */
function* goes(change: WholeChange, all: Difference): Generator<Saying> {
  const { manifest, path } = change;
  const orphaned = all.some((each) => each.what === 'goes' && each.manifest.kind === 'Application'
    && valueAt(each.manifest, ['spec', 'source', 'path']) === `dist/${posix.dirname(path)}`);
  if (path === appOfApps) yield { level: 'action', text: `stays in the cluster until you delete it: ${objectName(manifest)} is applied by hand` };
  else if (isKeptFrom('Prune', manifest.metadata.annotations?.[syncOptionsAnnotation]) || path.startsWith('bootstrap/') || orphaned) {
    yield stays(change, all);
  } else {
    for (const [level, text] of wholeSays((kinds[kindOf(manifest)] ?? unknown).goes, change, all)) yield { level, text: spellWhole(text, change) };
  }
}

/** Of a homeserver that goes, its ESS Application speaks for all; and what is left of a namespace goes with it once that is deleted. */
function stays({ manifest, owner }: WholeChange, all: Difference): Saying {
  const { namespace } = manifest.metadata;
  if (owner.kind === 'homeserver' && all.some((each) => each.what === 'goes' && isEss(each.manifest) && each.owner.name === owner.name)) {
    return { level: 'effect', text: `${objectName(manifest)} stays until you delete it` };
  }
  const withNamespace = namespace !== undefined && all.some((each) => each.what === 'goes' && each.manifest.kind === 'Namespace' && each.manifest.metadata.name === namespace);
  if (withNamespace) return { level: 'effect', text: `${objectName(manifest)} stays, and goes with the namespace ${namespace} once you delete that` };
  const taken = makesSecret.has(manifest.kind) ? ', and its Secret goes with it' : '';
  return { level: 'action', text: `${objectName(manifest)} stays in the cluster, no longer looked after; delete it by hand once nothing needs it${taken}` };
}

const makesSecret: ReadonlySet<string> = new Set(['ExternalSecret', 'SealedSecret']);

/** Another folder is another Application's: the one lets go of the object, the other takes it over. */
function moved({ from, path, after }: ObjectChange): readonly Saying[] {
  return from === undefined ? [] : [{
    level: 'outage',
    text: `hands ${objectName(after)} over from the folder dist/${posix.dirname(from)} to dist/${posix.dirname(path)}; if the Application of the old one syncs first, it is deleted and made anew unless it is protected`,
  }];
}

function ofField(change: ObjectChange, field: FieldChange): readonly Saying[] {
  const words = kinds[kindOf(change.after)] ?? unknown;
  return leavesOf(field).flatMap((leaf) => {
    const spot: Spot = { ...leaf, change };
    const says: readonly Says<Spot>[] = isImmutable(change.before, leaf) ? sayingsOf(words.frozen ?? [], spot) ?? [frozen] : words.sayings?.(spot) ?? sayingsOf(words.fields, spot) ?? sayingsOf(metadataRows, spot) ?? [words.otherwise];
    return says.map(([level, text]): Saying => ({ level, text: spell(text, spot), field }));
  });
}

/** A map that is there on one side alone is all of its values, so that the rows for these have their say. */
function leavesOf(field: FieldChange): readonly FieldChange[] {
  const { path, before, after } = field;
  const side = isMap(before) ? before : after;
  if (!isMap(side) || (before !== undefined && after !== undefined) || Object.keys(side).length === 0) return [field];
  return Object.keys(side).flatMap((key) =>
    leavesOf({ path: [...path, key], before: isMap(before) ? before[key] : undefined, after: isMap(after) ? after[key] : undefined }));
}

const appOfApps = 'argocd/app-of-apps.yaml';

/** Argo CD does not apply its own roots. */
function* byHand(change: Change): Generator<Saying> {
  if (change.path !== appOfApps || change.what === 'goes') return;
  yield { level: 'action', text: 'apply it by hand: kubectl apply --server-side --filename dist/argocd/app-of-apps.yaml' };
}

function together(sayings: readonly Saying[]): readonly Meaning[] {
  const meanings = new Map<string, { readonly level: Level; readonly text: string; readonly fields: Set<FieldChange> }>();
  for (const { level, text, field } of sayings) {
    const key = `${level} ${text}`;
    const meaning = meanings.get(key) ?? { level, text, fields: new Set() };
    if (field !== undefined) meaning.fields.add(field);
    meanings.set(key, meaning);
  }
  return [...meanings.values()]
    .sort((a, b) => levels.indexOf(a.level) - levels.indexOf(b.level))
    .map(({ level, text, fields }) => ({ level, text, fields: [...fields] }));
}
