/**
 * What the generated imports offer at run time. Everything heavy is read when it is first asked for, and only that:
 * a validator is compiled code (ajv standalone), a schema is plain JSON.
 */
import type { ErrorObject, SchemaObject } from 'ajv';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { compileFunction } from 'node:vm';
import { chartNames, chartsWithSchema, customResources, essVersions, kubernetesVersions } from './catalogue';

export { chartNames, customResources, essVersions, kubernetesVersions };

/** A minor version of Kubernetes whose definitions are here, e.g. `1.32`. */
export type KubernetesVersion = (typeof kubernetesVersions)[number];
/** A version of the ESS chart whose values schema is here, e.g. `26.8.1`. */
export type EssVersion = (typeof essVersions)[number];
/** A chart, other than ESS, whose values' keys are here. */
export type ChartName = (typeof chartNames)[number];

/** Plain JSON, as it stands in a values file or a manifest. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/**
 * The tree of keys that have a default; a leaf says the default's type: `string`, `number`, `boolean`, `list` (any list),
 * `open map` (an empty map: any key may be set) or `any` (the default is null).
 */
export type Shape = string | { readonly [key: string]: Shape };

/** An error as ajv tells it; where in a shared schema it comes from means nothing and is left out. */
export type ValidationError = Pick<ErrorObject, 'instancePath' | 'keyword' | 'params' | 'message'>;

/** A compiled validator: true, or false and every error in `errors` until the next call. */
export interface Validator {
  (value: unknown): boolean;
  readonly errors?: readonly ValidationError[] | null;
}

/** What is known of a chart's values. */
export interface ChartKeys {
  readonly chart: string;
  readonly version: string;
  /** Keys that hold a sub-chart's values: open in `values`, with keys of their own where the sub-chart is a chart here. */
  readonly subCharts: readonly string[];
  readonly values: { readonly [key: string]: Shape };
  /** The chart's own values schema, structure only; absent where the chart has none. It holds for the merged values. */
  readonly schema?: SchemaObject;
}

/** A rule in Kubernetes' Common Expression Language that a custom resource's definition states beside its structure. */
export interface CelRule {
  /** Where the rule holds: a path, a list's items as `[]` and a map's values as `{}`, e.g. `spec.plugins[]`; empty: the object. */
  readonly path: string;
  readonly rule: string;
}

/**
 * The compiled validator of a kind: the Kubernetes definitions of that version, or the custom resource's definition.
 * @returns undefined for a kind that is not here
 */
export function validatorFor(apiVersion: string, kind: string, kubernetesVersion: KubernetesVersion): Validator | undefined {
  const known = validatorsOf(kubernetesVersion, apiVersion);
  let validator = known.get(kind);
  if (validator === undefined && !known.has(kind)) {
    const name = `${apiVersion}/${kind}`;
    validator = compiled(isCustom(name) ? `crds/${name}` : `kubernetes/${kubernetesVersion}`, name);
    known.set(kind, validator);
  }
  return validator;
}

/** Validators by kind that were asked for before: each object asks, and to put a name together takes longer than to find one. */
const validators = new Map<string, Map<string, Map<string, Validator | undefined>>>();

function validatorsOf(kubernetesVersion: string, apiVersion: string): Map<string, Validator | undefined> {
  let ofVersion = validators.get(kubernetesVersion);
  if (ofVersion === undefined) validators.set(kubernetesVersion, ofVersion = new Map());
  let ofGroup = ofVersion.get(apiVersion);
  if (ofGroup === undefined) ofVersion.set(apiVersion, ofGroup = new Map());
  return ofGroup;
}

/**
 * The strict JSON Schema (draft 2020-12) of a kind: `{ $ref, $defs }`, its `$defs` shared by the whole unit.
 * For suggestions, not for validation.
 * @returns undefined for a kind that is not here
 */
export function schemaFor(apiVersion: string, kind: string, kubernetesVersion: KubernetesVersion): SchemaObject | undefined {
  const name = `${apiVersion}/${kind}`;
  const unit = isCustom(name) ? `crds/${groupOf(name)}.json` : `kubernetes/${kubernetesVersion}.json`;
  const { $defs } = load<{ readonly $defs: Record<string, SchemaObject> }>(`schemas/${unit}`);
  return Object.hasOwn($defs, name) ? { $ref: `#/$defs/${name.replaceAll('/', '~1')}`, $defs } : undefined;
}

/** The rules in CEL of a custom resource, which its validator does not look at; empty for any other kind. */
export function celRules(apiVersion: string, kind: string): readonly CelRule[] {
  const name = `${apiVersion}/${kind}`;
  return isCustom(name) ? load<{ readonly rules: Record<string, CelRule[]> }>(`schemas/crds/${groupOf(name)}.json`).rules[name]! : [];
}

/** The compiled values schema of the ESS chart. It holds for the merged values: `essDefaults`, the user's laid over them. */
export function essValidator(version: EssVersion): Validator {
  return valuesValidator(`ess/${version}`)!;
}

/** The values schema of the ESS chart, for suggestions. */
export function essSchema(version: EssVersion): SchemaObject {
  return load(`schemas/ess/${version}.json`);
}

/** Those of the ESS chart's default values that its schema's rules look at, every `enabled`, and the images. */
export function essDefaults(version: EssVersion): { readonly [key: string]: Json } {
  return load(`schemas/ess/${version}.defaults.json`);
}

/** The keys of the ESS chart's values that have a default. */
export function essShape(version: EssVersion): { readonly [key: string]: Shape } {
  return load(`schemas/ess/${version}.shape.json`);
}

/** What is known of a chart's values. */
export function chartKeys(chart: ChartName): ChartKeys {
  return load(`schemas/charts/${chart}.json`);
}

/**
 * The compiled values schema of a chart, for the user's values alone: its `required` lists, which hold for merged values, are left out.
 * @returns undefined for a chart without a schema
 */
export function chartValidator(chart: ChartName): Validator | undefined {
  return chartsWithSchema.includes(chart) ? valuesValidator(`charts/${chart}`) : undefined;
}

const valuesValidators = new Map<string, Validator | undefined>();

function valuesValidator(file: string): Validator | undefined {
  if (!valuesValidators.has(file)) valuesValidators.set(file, compiled(file, 'values'));
  return valuesValidators.get(file);
}

/**
 * A validator that only asks what is wrong where something is. Hardly anything is, and code that only says whether (`verdicts/`) is half as
 * long to read and quicker to run.
 */
function compiled(file: string, name: string): Validator | undefined {
  const isRight = load<Readonly<Record<string, (value: unknown) => boolean>>>(`verdicts/${file}.js`)[name];
  if (isRight === undefined) return undefined;
  const validator: { (value: unknown): boolean; errors?: readonly ValidationError[] | null } = (value) => {
    validator.errors = null;
    if (isRight(value)) return true;
    const outspoken = load<Readonly<Record<string, Validator>>>(`validators/${file}.js`)[name]!;
    const verdict = outspoken(value);
    validator.errors = outspoken.errors ?? null;
    return verdict;
  };
  return validator;
}

const custom: ReadonlySet<string> = new Set(customResources);
const isCustom = (name: string): boolean => custom.has(name);
const groupOf = (name: string): string => name.slice(0, name.indexOf('/'));

let folderOfImports: string | undefined;
const loaded = new Map<string, unknown>();

/**
 * Reads one generated file: JSON of `schemas/`, code of `verdicts/` or `validators/`. The folder is looked for upwards from the running
 * code, so that it is found from this file as well as from a bundle of the program that is evaluated elsewhere in the project. Code is
 * evaluated without Node's module loader, whose search for packages around each file takes longer than the file.
 */
function load<T>(file: string): T {
  let content = loaded.get(file);
  if (content === undefined) {
    folderOfImports ??= importsFolder(__dirname);
    const path = join(folderOfImports, file);
    const text = readFileSync(path, 'utf8');
    content = file.endsWith('.json') ? JSON.parse(text) : evaluate(text, path);
    loaded.set(file, content);
  }
  return content as T;
}

function evaluate(code: string, filename: string): unknown {
  const exports = {};
  compileFunction(code, ['exports', 'require'], { filename })(exports, require);
  return exports;
}

function importsFolder(from: string): string {
  const folder = join(from, 'imports');
  if (existsSync(join(folder, 'lock.json'))) return folder;
  const parent = dirname(from);
  if (parent === from) throw new Error('the imports folder is missing: run `npm run imports`');
  return importsFolder(parent);
}
