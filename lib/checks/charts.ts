import { chartKeys, chartNames, type ChartName, essVersions, type EssVersion } from '../../imports';
import { saidValue, valueFault } from './blame';
import { schemaComplaints, unknownKeys } from './chart-values';
import type { Complaint } from './complaint';
import { essComplaints } from './ess-values';
import type { Fault, Rule } from './rule';
import { didYouMean, nearest } from './suggest';
import type { ChartUse, CheckedUnit } from './unit';

/** The ESS chart, whose values have a schema that closes every object. */
const essChart = 'matrix-stack';

const isEssVersion = (version: string): version is EssVersion => (essVersions as readonly string[]).includes(version);
const isKnownChart = (chart: string): chart is ChartName => (chartNames as readonly string[]).includes(chart);

/** What is against the values of a chart for certain: its schema, and what its templates are known to refuse. */
function refusals({ chart, version, values }: ChartUse): readonly Complaint[] {
  if (chart === essChart && isEssVersion(version)) return essComplaints(values, version);
  return isHere(chart, version) ? schemaComplaints(values, chart) : [];
}

const isHere = (chart: string, version: string): chart is ChartName => isKnownChart(chart) && chartKeys(chart).version === version;

function* refused(unit: CheckedUnit): Generator<Fault> {
  for (const use of unit.charts) {
    for (const complaint of refusals(use)) {
      const fault = valueFault(unit, use, complaint);
      if (fault) yield fault;
    }
  }
}

/** Keys of the user's that have no default; ours are right, by the charts' own templates. */
function unknown(isSlip: boolean) {
  return function* (unit: CheckedUnit): Generator<Fault> {
    for (const use of unit.charts) {
      if (!isHere(use.chart, use.version)) continue;
      for (const { path, known } of unknownKeys(use.values, use.chart)) {
        const place = saidValue(unit, use, path);
        if (place === undefined) continue;
        const near = nearest(String(path.at(-1)), known);
        if ((near !== undefined) !== isSlip) continue;
        yield near === undefined
          ? { ...place, message: `the chart ${use.chart} has no default for this key`, fix: didYouMean(String(path.at(-1)), known) ?? 'make sure that the chart reads it' }
          : { ...place, message: 'no such key', fix: `did you mean ${near}?` };
      }
    }
  };
}

export const chartRules: readonly Rule<CheckedUnit>[] = [
  {
    id: 'chart-value-refused',
    severity: 'error',
    what: 'Every value of a chart is one that the chart takes at its version.',
    why: 'Helm holds the merged values against the chart\'s schema and then renders its templates: one wrong key, and Argo CD renders nothing of the Application (ESS chart, values.schema.json and templates).',
    fix: 'Write the value as the chart takes it at its version.',
    check: refused,
  },
  {
    id: 'chart-value-misspelt',
    severity: 'error',
    what: 'No value of a chart is nearly, but not quite, one that the chart has a default for.',
    why: 'Helm takes any key that a chart\'s schema leaves open, and nothing happens (the charts\' values.yaml).',
    fix: 'Write the key as the chart has it; the finding names the nearest.',
    check: unknown(true),
  },
  {
    id: 'chart-value-unknown',
    severity: 'warning',
    what: 'Every value of a chart is one that the chart is known to read.',
    why: 'Charts read keys that they give no default; but most often an unknown key is one that does nothing.',
    fix: 'Make sure that the chart reads the key.',
    check: unknown(false),
  },
];
