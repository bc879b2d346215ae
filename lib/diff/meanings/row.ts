import type { FieldChange, ObjectChange, Place, Step } from '../change';
import { objectName } from '../change';
import type { Manifest } from '../../gitops/manifest';
import type { Level } from '../meaning';

/**
 * Words of a table. In a string, `{before}` and `{after}` are the values, `{owner}` is the homeserver or component, `{name}`, `{namespace}`
 * and `{object}` are the object's, `{field}` is the path, and `{key}` its last step. Values are quoted only where the row knows them to be no secret.
 */
export type Words<Of> = string | ((of: Of) => string);

/** A level and the words for it. */
export type Says<Of> = readonly [Level, Words<Of>];

/** A field of an object that is other than before. */
export interface Spot extends FieldChange {
  readonly change: ObjectChange;
}

/** What it means that a field changes which is at a pattern or below it. The first row of a table that fits has the say. */
export interface Row {
  /** Steps, parted by spaces; `*` stands for any one, `argocd.argoproj.io/*` for any one that begins so. */
  readonly at: readonly string[];
  readonly says: readonly Says<Spot>[];
  /** The row is for some values alone. */
  readonly when: ((spot: Spot) => boolean) | undefined;
}

/** `row('spec replicas', ['effect', 'runs {after} pods'])`; with several sayings, the change means all of them. */
export function row(at: string, ...says: readonly Says<Spot>[]): Row {
  return { at: at.split(' '), says, when: undefined };
}

/** A row that holds for some values alone. */
export function rowWhen(at: string, when: (spot: Spot) => boolean, ...says: readonly Says<Spot>[]): Row {
  return { ...row(at, ...says), when };
}

/** The same rows below a path. */
export function below(path: string, rows: readonly Row[]): readonly Row[] {
  const steps = path.split(' ');
  return rows.map((each) => ({ ...each, at: [...steps, ...each.at] }));
}

export function matches(at: readonly string[], path: readonly Step[]): boolean {
  return at.length <= path.length && at.every((step, index) => step === '*' || step === path[index] || (step.endsWith('/*') && path[index]!.startsWith(step.slice(0, -1))));
}

/** The sayings of the first row that fits. */
export function sayingsOf(rows: readonly Row[], spot: Spot): readonly Says<Spot>[] | undefined {
  return rows.find(({ at, when }) => matches(at, spot.path) && (when === undefined || when(spot)))?.says;
}

/** The words with everything filled in, also where a function made them. */
export function spell(words: Words<Spot>, spot: Spot): string {
  return fill(typeof words === 'function' ? words(spot) : words, {
    ...namesOf(spot.change.after, spot.change),
    before: inWords(spot.before),
    after: inWords(spot.after),
    field: dotted(spot.path),
    key: spot.path.at(-1) ?? '',
  });
}

/** The words for an object that appears or goes. */
export function spellWhole(words: Words<WholeOf>, of: WholeOf): string {
  return fill(typeof words === 'function' ? words(of) : words, namesOf(of.manifest, of));
}

/** An object that is on one side alone, or whose words are asked for as if it were. */
export interface WholeOf extends Place {
  readonly manifest: Manifest;
}

/** `spec.template.spec.containers[name=synapse].image` */
export function dotted(path: readonly Step[]): string {
  return path.reduce((text, step) => `${text}${text === '' || step.startsWith('[') ? '' : '.'}${step}`, '');
}

function namesOf(manifest: Manifest, { owner }: Place): Record<string, string> {
  return { owner: owner.name, name: manifest.metadata.name, namespace: manifest.metadata.namespace ?? '', object: objectName(manifest) };
}

/** A scalar as it is; an absent value is what its reader takes instead; what is larger is not for a sentence. */
function inWords(value: unknown): string {
  if (value === undefined || value === null) return 'its default';
  return typeof value === 'object' ? 'another' : String(value);
}

function fill(words: string, names: Readonly<Record<string, string>>): string {
  return words.replace(/\{(\w+)\}/g, (whole, name: string) => names[name] ?? whole);
}
