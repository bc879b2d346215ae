import { placeOf, type Sealed, sealedKeys } from './sealed';
import type { SavedValues } from './saved';
import type { RandomKind, SecretKey, SecretSpec } from './secret';
import type { Supplied, Supply } from './supplied';
import { supplied } from './supplied';

export interface SealerProps {
  /** What is sealed already, which nobody but the cluster can read any more. */
  readonly sealed: Sealed;
  /** Keys, each as `NAMESPACE/NAME/KEY`, that get a new value although they have one. */
  readonly renew: ReadonlySet<string>;
  /** Values that are in use, and are sealed as they are, be another one sealed already; what is renewed gets none of them. */
  readonly saved: SavedValues;
  readonly supply: Supply;
  readonly random: (kind: RandomKind) => Uint8Array;
  readonly seal: (value: Uint8Array, spec: SecretSpec) => string;
}

/** What became of the values of some Secrets. */
export interface Outcome {
  /** Every sealed value of each Secret that has new ones. */
  readonly changed: ReadonlyMap<SecretSpec, Readonly<Record<string, string>>>;
  /** Keys that were sealed, each as `NAMESPACE/NAME/KEY`. */
  readonly made: readonly string[];
  /** How many values stayed as they were. */
  readonly kept: number;
  /** What only the admin has and has not given, each variable once, however many Secrets want it. */
  readonly waiting: readonly { readonly variable: string; readonly what: string }[];
  /** What kept a value from being sealed, one sentence each. */
  readonly wrong: readonly string[];
}

/** Seals what is missing, and what is to be renewed. A value and its copies are made and sealed together, since none of them can be read afterwards. */
export function sealMissing(specs: readonly SecretSpec[], { sealed, renew, saved, supply, random, seal }: SealerProps): Outcome {
  const changed = new Map<SecretSpec, Record<string, string>>();
  const made: string[] = [];
  const waiting = new Map<string, string>();
  const wrong: string[] = [];
  let kept = 0;

  const value = (key: SecretKey): Supplied => {
    if ('random' in key) return { value: random(key.random) };
    return 'supplied' in key ? supplied(key.supplied, key.format ?? 'text', supply) : { wrong: 'its source is not among the Secrets that are sealed' };
  };
  const all = familiesOf(specs);
  const unknown = [...renew].filter((name) => !all.some(([{ id }]) => id === name));
  for (const family of all) {
    const [{ id, key }] = family;
    const there = family.filter(({ spec, key }) => sealed.get(placeOf(spec))?.[key.key] !== undefined);
    const inUse = renew.has(id) ? [] : family.flatMap((member) => saved.get(member.id) ?? []);
    if (!renew.has(id) && inUse.length === 0 && there.length > 0) {
      kept += there.length;
      if (there.length < family.length) wrong.push(`${id} is sealed, but not every copy of it, and can be read by nobody: seal all of them anew with --renew ${id}`);
      continue;
    }
    if (inUse.some((other) => !Buffer.from(inUse[0]!).equals(other))) {
      wrong.push(`${family.map((member) => member.id).join(' and ')} must be the same, and are not in what was saved`);
      continue;
    }
    const one = inUse[0] === undefined ? value(key) : { value: inUse[0] };
    if (one === 'missing') {
      kept += there.length;
      if ('supplied' in key && (!key.optional || renew.has(id))) waiting.set(key.supplied, waiting.get(key.supplied) ?? key.what);
    } else if ('wrong' in one) wrong.push(`${'supplied' in key ? key.supplied : id}: ${one.wrong}`);
    else {
      for (const { spec, key, id } of family) {
        const values = changed.get(spec) ?? { ...sealed.get(placeOf(spec)) };
        values[key.key] = seal(one.value, spec);
        changed.set(spec, values);
        made.push(id);
      }
    }
  }
  wrong.push(...unknown.map((name) => copySource(specs, name) ?? `${name} is no key of a sealed Secret`));
  return { changed, made, kept, waiting: [...waiting].map(([variable, what]) => ({ variable, what })), wrong };
}

interface Member {
  /** `NAMESPACE/NAME/KEY` */
  readonly id: string;
  readonly spec: SecretSpec;
  readonly key: SecretKey;
}

type Family = readonly [Member, ...Member[]];

const idOf = (spec: { readonly namespace: string; readonly name: string }, key: string) => `${placeOf(spec)}/${key}`;

/** Every key with its copies, the source first; a copy whose source is not here stands by itself. */
function familiesOf(specs: readonly SecretSpec[]): readonly Family[] {
  const families = new Map<string, [Member, ...Member[]]>();
  for (const spec of specs) {
    for (const key of sealedKeys(spec)) {
      const member = { id: idOf(spec, key.key), spec, key };
      const family = 'copyOf' in key ? families.get(idOf(key.copyOf, key.copyOf.key)) : undefined;
      if (family) family.push(member);
      else families.set(member.id, [member]);
    }
  }
  return [...families.values()];
}

function copySource(specs: readonly SecretSpec[], name: string): string | undefined {
  const key = specs.flatMap((spec) => spec.keys.filter((key) => idOf(spec, key.key) === name))[0];
  return key && 'copyOf' in key ? `${name} is a copy: renew ${idOf(key.copyOf, key.copyOf.key)}` : undefined;
}
