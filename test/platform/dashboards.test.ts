import { describe, expect, it } from 'vitest';
import { listAt, valueAt } from '../../lib/checks/path';
import { type Dashboard, dashboardModel } from '../../lib/platform/dashboards/dashboard';
import { dashboardsOf } from '../../lib/platform/dashboards';
import { metrics } from '../../lib/platform/metrics';
import { objectsOf, platform } from './example';

const dashboards = dashboardsOf(platform());
const known = new Set<string>(Object.values(metrics).flat());
const words = new Set(['and', 'or', 'unless', 'on', 'by']);

/** The metrics of an expression: names that are neither functions nor labels nor words of PromQL, and those that are asked for by a pattern. */
function metricsOf(expr: string): readonly string[] {
  const patterns = [...expr.matchAll(/__name__=~"(\w+)\(/g)].map(([, name]) => name!);
  const bare = expr.replace(/\{[^}]*\}/g, '').replace(/\[[^\]]*\]/g, '').replace(/\b(by|on) \([^)]*\)/g, '');
  return [...patterns, ...[...bare.matchAll(/\b[a-z]\w*\b(?! *\()/g)].map(([name]) => name).filter((name) => !words.has(name))];
}

/** The panels of a dashboard as Grafana gets them. */
const drawnOn = (dashboard: Dashboard) => listAt(dashboardModel(dashboard), ['panels']) as readonly { readonly id: number; readonly gridPos: Readonly<Record<'x' | 'y' | 'w' | 'h', number>> }[];

const panels = dashboards.flatMap((dashboard) => dashboard.panels.map((panel) => ({ ...panel, name: `${dashboard.name}: ${panel.title} (${panel.as})`, dashboard })));

describe('the dashboards', () => {
  const { all, get } = objectsOf(platform());
  const maps = all.filter(({ kind, metadata }) => kind === 'ConfigMap' && metadata.labels?.['grafana_dashboard'] === '1');

  it('are there for Synapse, MAS, calls, PostgreSQL and Argo CD, where the sidecar finds them', () => {
    expect(maps.map(({ metadata: { name, namespace } }) => `${namespace}/${name}`)).toEqual(['synapse', 'mas', 'livekit', 'postgres', 'argocd'].map((name) => `monitoring/dashboard-${name}`));
  });

  it('are nowhere where nothing is watched', () => {
    expect(objectsOf(platform({ monitoring: false })).all.filter(({ kind, metadata }) => kind === 'Application' && metadata.name === 'dashboards')).toEqual([]);
  });

  it('ask a data source that Grafana has', () => {
    const { datasources } = get('Application', 'kube-prometheus-stack').spec.source.helm.valuesObject.grafana.datasources['datasources.yaml'];
    const uids = datasources.map(({ uid }: { uid: string }) => uid);
    for (const panel of dashboards.flatMap(drawnOn)) expect(uids).toContain(valueAt(panel, ['datasource', 'uid']));
  });

  it('are JSON of a size that a ConfigMap and an annotation of kubectl can hold', () => {
    for (const map of maps) {
      const [[file, text]] = Object.entries(map['data'] as Record<string, string>) as [[string, string]];
      expect(file).toBe(`${JSON.parse(text).uid.replace('fleet-', '')}.json`);
      expect(Buffer.byteLength(text)).toBeLessThan(2 ** 17);
    }
  });

  it('have panels that neither overlap nor leave the grid', () => {
    for (const drawn of dashboards.map(drawnOn)) {
      const taken = new Set<string>();
      for (const { gridPos: { x, y, w, h } } of drawn) {
        expect(x + w).toBeLessThanOrEqual(24);
        for (let column = x; column < x + w; column++) for (let row = y; row < y + h; row++) {
          expect(taken.has(`${column} ${row}`)).toBe(false);
          taken.add(`${column} ${row}`);
        }
      }
      expect(new Set(drawn.map(({ id }) => id)).size).toBe(drawn.length);
    }
  });
});

describe('a panel', () => {
  it.each(panels.map((panel) => [panel.name, panel] as const))('%s asks for metrics that exist', (_, { expr }) => {
    const asked = metricsOf(expr);
    expect(asked).not.toEqual([]);
    expect(asked.filter((name) => !known.has(name))).toEqual([]);
  });

  it.each(panels.map((panel) => [panel.name, panel] as const))('%s keeps the labels of its legend', (_, { expr, legend }) => {
    const kept = [...expr.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, labels]) => labels!.split(', '));
    const wanted = [...legend.matchAll(/\{\{(\w+)\}\}/g)].map(([, label]) => label);
    // Without a sum, a series keeps all its labels.
    expect(/\b(sum|max|min|count)\b/.test(expr) ? kept : wanted).toEqual(expect.arrayContaining(wanted));
  });

  it.each(panels.map((panel) => [panel.name, panel] as const))('%s heeds what is chosen, if there is a choice', (_, { expr, dashboard }) => {
    expect(expr.includes('$namespace')).toBe(dashboard.choiceOf !== undefined);
    expect(known).toContain(dashboard.choiceOf ?? 'up');
  });
});

it('no metric is known for nothing', () => {
  const { all } = objectsOf(platform());
  const alerts = all.filter(({ kind }) => kind === 'PrometheusRule').map(({ spec }) => JSON.stringify(spec)).join('\n');
  const asked = new Set(panels.flatMap(({ expr }) => metricsOf(expr)));
  expect([...known].filter((name) => !asked.has(name) && !alerts.includes(name))).toEqual([]);
});
