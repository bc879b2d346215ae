import { type Change, type Difference, type FieldChange, objectName, type Owner, type Step } from '../diff/change';
import { type Level, levels, type Meaning } from '../diff/meaning';
import { Redaction, redactTexts } from '../diff/redact';
import { lineDiff } from './lines';

/** A difference as it is told: by homeserver and component, the worst first, and without secrets. This is also what `-o json` prints. */
export interface View {
  /** What it is compared with, e.g. `HEAD`. */
  readonly baseline: string;
  /** One line: `3 homeservers change, 1 appears; worst: outage`. */
  readonly summary: string;
  /** Absent: nothing changes. */
  readonly worst?: Level;
  readonly owners: readonly OwnerView[];
}

export interface OwnerView extends Owner {
  readonly what: 'changes' | 'appears' | 'goes';
  readonly worst: Level;
  /** What of it would destroy something stored; what is meant ends with where that is said: `(meant: instances/demo.ts: intends[0])`. */
  readonly losses: readonly string[];
  readonly changes: readonly ChangeView[];
}

export interface ChangeView {
  /** `PersistentVolumeClaim matrix-demo/matrix-demo-media`; of a file that holds no object, its path. */
  readonly object: string;
  /** The file, relative to the fleet's folder. */
  readonly file: string;
  readonly what: 'changes' | 'appears' | 'goes';
  readonly worst: Level;
  readonly meanings: readonly { readonly level: Level; readonly text: string }[];
  readonly fields: readonly FieldView[];
}

/** A field's change: two values, either absent; or, of a longer text, its lines that differ and some around them. */
export interface FieldView {
  /** The path; of an Application's chart values, their own: `values: synapse.replicas`. Empty: the file as a whole. */
  readonly field: string;
  readonly before?: unknown;
  readonly after?: unknown;
  readonly lines?: readonly string[];
}

/** A danger, as the guard finds it. */
interface Loss {
  readonly object: string;
  /** The field, or what else of the object it is. */
  readonly at?: string;
  /** The new value. */
  readonly to?: string;
  readonly owner: Owner;
  readonly loses: string;
  /** Where the sources say that it is meant. */
  readonly meant?: string | undefined;
}

export function viewOf(baseline: string, difference: Difference, meaningsOf: (change: Change, all: Difference) => readonly Meaning[], losses: readonly Loss[]): View {
  const changes = byOwner(difference);
  const lost = byOwner(losses);
  const owners = [...new Set([...changes.keys(), ...lost.keys()])].map((id): OwnerView => {
    const [own, danger] = [changes.get(id) ?? [], lost.get(id) ?? []];
    const views = own.map((change) => changeView(change, meaningsOf(change, difference), danger)).sort((a, b) => byLevel(a.worst, b.worst));
    return {
      ...(own[0] ?? danger[0])!.owner,
      what: alike(views.map(({ what }) => what)),
      worst: danger.length > 0 ? 'loss' : worstOf(views.map(({ worst }) => worst)),
      losses: [...new Set(danger.map(({ object, loses, meant }) => `${object}: ${loses}${meant === undefined ? '' : ` (meant: ${meant})`}`))],
      changes: views,
    };
  }).sort((a, b) => byLevel(a.worst, b.worst) || (a.kind === b.kind ? (a.name < b.name ? -1 : 1) : a.kind === 'homeserver' ? -1 : 1));
  const worst = owners[0]?.worst;
  return { baseline, summary: summaryOf(owners), ...worst && { worst }, owners };
}

function byOwner<T extends { readonly owner: Owner }>(all: readonly T[]): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const key = `${one.owner.kind} ${one.owner.name}`;
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return groups;
}

const byLevel = (a: Level, b: Level) => levels.indexOf(a) - levels.indexOf(b);

function worstOf(all: readonly Level[]): Level {
  return levels[Math.min(...all.map((level) => levels.indexOf(level)))] ?? 'none';
}

function alike(all: readonly ChangeView['what'][]): ChangeView['what'] {
  return new Set(all).size === 1 ? all[0]! : 'changes';
}

function changeView(change: Change, meanings: readonly Meaning[], losses: readonly Loss[]): ChangeView {
  const redaction = new Redaction(change);
  const told = meanings.filter((meaning) => !losses.some((loss) => isTold(change, meaning, loss)));
  const said = told.map(({ level, text }) => ({ level, text: redaction.sentence(text) })).sort((a, b) => byLevel(a.level, b.level));
  const rest = { file: `dist/${change.path}`, worst: worstOf(meanings.map(({ level }) => level)), meanings: said };
  switch (change.what) {
    case 'text': {
      const { before, after } = change;
      const isWhole = before === undefined || after === undefined;
      const what = before === undefined ? 'appears' : after === undefined ? 'goes' : 'changes';
      return { object: rest.file, what, ...rest, fields: isWhole ? [] : [fieldView('', redactTexts(before, after))] };
    }
    case 'changes':
      return { object: objectName(change.after), what: 'changes', ...rest, fields: change.fields.map((field) => fieldView(fieldName(field.path), redaction.field(field))) };
    default:
      return { object: objectName(change.manifest), what: change.what, ...rest, fields: [] };
  }
}

/** Whether a danger says what a meaning says, and more: of the same object as a whole, of the same field, or of the same new value. */
function isTold(change: Change, { level, fields }: Meaning, { object, at, to }: Loss): boolean {
  if (level !== 'loss' || change.what === 'text' || objectName(change.what === 'changes' ? change.after : change.manifest) !== object) return false;
  const isAt = (path: readonly Step[]) => at !== undefined && `${fieldName(path).replace(/^values: /, '')}.`.startsWith(`${at}.`);
  return fields.every(({ path, after }) => isAt(path) || (to !== undefined && String(after ?? 'none') === to));
}

function fieldView(field: string, { before, after }: Pick<FieldChange, 'before' | 'after'>): FieldView {
  const [old, now] = [before ?? '', after ?? ''];
  if (typeof old === 'string' && typeof now === 'string' && /\n./.test(old + now)) return { field, lines: lineDiff(old, now) };
  return { field, ...before !== undefined && { before }, ...after !== undefined && { after } };
}

/** A path as one reads it. Chart values are known by their own, of several sources with the place of theirs. */
export function fieldName(path: readonly Step[]): string {
  const values = path.indexOf('valuesObject');
  if (values < 1 || path[values - 1] !== 'helm') return dotted(path);
  const source = path[values - 2]?.startsWith('[') ? ` of ${dotted(path.slice(1, values - 1))}` : '';
  return `values${source}: ${dotted(path.slice(values + 1))}`;
}

/** `metadata.labels["example.org/a"]`, `containers[name=synapse].image` */
function dotted(path: readonly Step[]): string {
  return path.map((step) => (step.startsWith('[') ? step : /^[\w$-]+$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`)).join('').replace(/^\./, '');
}

/** `3 homeservers change, 1 appears; 1 component changes; worst: outage` */
function summaryOf(owners: readonly OwnerView[]): string {
  if (owners.length === 0) return 'nothing changes';
  const parts = (['homeserver', 'component'] as const).map((kind) => (['changes', 'appears', 'goes'] as const)
    .map((what) => [what, owners.filter((owner) => owner.kind === kind && owner.what === what).length] as const)
    .filter(([, count]) => count > 0)
    .map(([what, count], index) => `${count}${index > 0 ? '' : ` ${kind}${count === 1 ? '' : 's'}`} ${count === 1 ? what : plural[what]}`)
    .join(', '));
  return [...parts.filter(Boolean), `worst: ${owners[0]!.worst}`].join('; ');
}

const plural = { changes: 'change', appears: 'appear', goes: 'go' } as const;
