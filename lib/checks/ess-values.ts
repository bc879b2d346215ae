import { essDefaults, essSchema, essShape, essValidator, type EssVersion } from '../../imports';
import { isMap } from '../merge';
import { type Complaint, complaints } from './complaint';
import type { Path } from './path';
import { templateComplaints } from './ess-templates';

type Map = Record<string, unknown>;

/** What Helm has against values of the ESS chart at a version: its schema's verdict on the merged values, then its templates'. */
export function essComplaints(values: Map, version: EssVersion): Complaint[] {
  const validate = essValidator(version);
  const merged = coalesce(essDefaults(version) as Map, values, essShape(version));
  const refused = validate(merged) ? [] : complaints(validate.errors ?? [], merged, essSchema(version), 'key');
  const nulls = nullComplaints(values, essShape(version));
  // Templates are only reached by values that the schema lets through, but what they would refuse is worth saying at once.
  return [...refused, ...nulls, ...templateComplaints(values, merged, version)];
}

/**
 * The values as the chart's schema sees them: the chart's defaults, the given ones laid over them, and each null that takes a
 * default away taken away itself (Helm 3 and 4, chartutil.CoalesceValues). A null on any other key stays, and the schema refuses it.
 */
export function coalesce(defaults: Map, values: Map, shape: unknown): Map {
  const merged: Map = { ...defaults };
  for (const [key, value] of Object.entries(values)) {
    const below = isMap(shape) && Object.hasOwn(shape, key) ? shape[key] : undefined;
    if (value === null && below !== undefined) delete merged[key];
    else if (isMap(value)) merged[key] = coalesce(isMap(merged[key]) ? merged[key] : {}, value, below);
    else merged[key] = value;
  }
  return merged;
}

/**
 * Keys whose default may be taken away by a null: the chart's templates ask before they read them. Tried with Helm 3.22 on every
 * default of 26.8.1; a null on another passes the schema and breaks a template, or means something that nobody expects.
 */
const nullable: ReadonlySet<string> = new Set([
  'enabled', 'resources', 'requests', 'limits', 'extraEnv', 'affinity', 'podSecurityContext', 'containersSecurityContext',
]);

/** Nulls on keys with a default that the templates cannot do without. */
function* nullsOn(values: Map, shape: unknown, path: Path): Generator<Path> {
  if (!isMap(shape)) return;
  for (const [key, value] of Object.entries(values)) {
    if (!Object.hasOwn(shape, key)) continue;
    const here = [...path, key];
    if (value === null && !nullable.has(key) && !here.some((step) => step === 'resources' || step === 'podSecurityContext' || step === 'containersSecurityContext')) yield here;
    else if (isMap(value)) yield* nullsOn(value, shape[key], here);
  }
}

function nullComplaints(values: Map, shape: unknown): Complaint[] {
  return [...nullsOn(values, shape, [])].map((path) => ({
    kind: 'type', path, message: 'the chart\'s templates cannot do without this default, which null takes away', fix: 'leave the key out, or give it an empty value of its own type',
  }));
}
