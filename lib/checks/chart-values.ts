import { chartKeys, type ChartKeys, chartNames, chartValidator, type ChartName, type Shape } from '../../imports';
import { isMap } from '../merge';
import { type Complaint, complaints } from './complaint';
import type { Path } from './path';
import { schemasAt } from './schema-walk';

type Keys = { readonly [key: string]: Shape };

/** A key that a chart has no default for, and that its schema does not name. */
export interface UnknownKey {
  readonly path: Path;
  /** The keys that are known in its place. */
  readonly known: readonly string[];
}

/** What a chart's own schema has against the values of its user. */
export function schemaComplaints(values: Record<string, unknown>, chart: ChartName): Complaint[] {
  const validate = chartValidator(chart);
  return validate === undefined || validate(values) ? [] : complaints(validate.errors ?? [], values, chartKeys(chart).schema ?? {}, 'key');
}

/**
 * Keys that the chart is not known to read, down to where its defaults end: an open map, a list or a scalar. Where its schema closes
 * the object, the schema has refused them already.
 */
export function unknownKeys(values: Record<string, unknown>, chart: ChartName): UnknownKey[] {
  const keys = chartKeys(chart);
  return [...walk(values, { global: 'open map', ...keys.values }, [], [], keys)];
}

/** @param inChart the path in the values of the chart itself, which may be a sub-chart of the one that the user gives values to */
function* walk(values: Record<string, unknown>, shape: Keys, path: Path, inChart: Path, keys: ChartKeys): Generator<UnknownKey> {
  for (const [key, value] of Object.entries(values)) {
    const here = [...path, key];
    const inside = [...inChart, key];
    const isSubChart = inChart.length === 0 && keys.subCharts.includes(key);
    if (isSubChart) {
      const sub = subChart(key);
      const own = shape[key];
      if (sub && isMap(value)) yield* walk(value, { enabled: 'boolean', ...sub.values, ...isKeys(own) ? own : {}, global: 'open map' }, here, [], sub);
    } else if (Object.hasOwn(shape, key)) {
      const below = shape[key];
      if (isMap(value) && isKeys(below)) yield* walk(value, below, here, inside, keys);
    } else if (keys.schema === undefined || schemasAt(keys.schema, inside).length === 0 && !isClosed(keys.schema, inChart)) {
      yield { path: here, known: Object.keys(shape) };
    }
  }
}

const isKeys = (shape: Shape | undefined): shape is Keys => typeof shape === 'object';

const isClosed = (schema: NonNullable<ChartKeys['schema']>, path: Path): boolean => schemasAt(schema, path).some((one) => one['additionalProperties'] === false);

function subChart(name: string): ChartKeys | undefined {
  return (chartNames as readonly string[]).includes(name) ? chartKeys(name as ChartName) : undefined;
}
