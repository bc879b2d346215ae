import { describe, expect, it } from 'vitest';
import { chartKeys, chartNames } from '../../imports';
import { schemaComplaints, unknownKeys } from '../../lib/checks/chart-values';
import { pathText } from '../../lib/checks/path';
import { nearest } from '../../lib/checks/suggest';

const unknown = (values: Record<string, unknown>, chart: Parameters<typeof unknownKeys>[1]) =>
  unknownKeys(values, chart).map(({ path, known }) => {
    const near = nearest(String(path.at(-1)), known);
    return `${pathText(path)}${near === undefined ? '' : ` (${near})`}`;
  });

describe('values of a chart', () => {
  it('are known where the chart has a default, whatever stands below a list, a text or an open map', () => {
    expect(unknown({ server: { replicas: 2, extraArgs: [{ a: 1 }], podAnnotations: { 'example.org/a': 'b' } } }, 'argo-cd')).toEqual([]);
  });

  it('are unknown elsewhere, and a slip where a known key is near', () => {
    expect(unknown({ controler: {}, server: { replica: 2 }, somethingElse: 1 }, 'argo-cd')).toEqual(['controler (controller)', 'server.replica (replicas)', 'somethingElse']);
  });

  it('reach into sub-charts, with what a chart may say of them', () => {
    expect(unknown({ grafana: { enabled: true, replicas: 2, replica: 1, global: { anything: 1 } } }, 'kube-prometheus-stack')).toEqual(['grafana.replica (replicas)']);
  });

  it('are refused by a schema that closes the object, and only by it', () => {
    expect(schemaComplaints({ replicaCont: 2 }, 'cert-manager').map(({ path, fix }) => `${pathText(path)}; ${fix}`)).toEqual(['replicaCont; did you mean replicaCount?']);
    expect(unknown({ replicaCont: 2 }, 'cert-manager')).toEqual([]);
  });

  it.each(chartNames)('%s: its own shape is known to it', (chart) => {
    const { values } = chartKeys(chart);
    const all = Object.fromEntries(Object.keys(values).map((key) => [key, {}]));
    expect(unknownKeys(all, chart)).toEqual([]);
  });
});
