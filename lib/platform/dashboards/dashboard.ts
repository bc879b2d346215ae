import type { Manifest } from '../../gitops/manifest';
import { namespaces } from '../platform';

/** A page of Grafana's. */
export interface Dashboard {
  /** Its ConfigMap's name, and the end of its address. */
  readonly name: string;
  readonly title: string;
  /**
   * The metric whose namespaces are to choose from, as `$namespace` in expressions.
   * @default - nothing to choose
   */
  readonly choiceOf?: string;
  readonly panels: readonly Panel[];
}

/** Something to look at: a number as it is now, or lines over time. */
export interface Panel {
  readonly title: string;
  readonly as: 'number' | 'lines';
  /** Grafana's unit: `short`, `s`, `ms`, `bytes`, `percentunit`, `reqps`, `dateTimeFromNow`. */
  readonly unit: string;
  /** PromQL. */
  readonly expr: string;
  /** What a line is called; `{{pod}}` is that label. */
  readonly legend: string;
}

/** Width and height on Grafana's grid, which is 24 wide. */
const sizes = { number: { w: 6, h: 4 }, lines: { w: 12, h: 8 } } as const;

const datasource = { type: 'prometheus', uid: 'victoriametrics' } as const;

/** The dashboard as Grafana's sidecar takes it up. */
export function dashboardConfigMap(dashboard: Dashboard): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: `dashboard-${dashboard.name}`, namespace: namespaces.monitoring, labels: { grafana_dashboard: '1' } },
    data: { [`${dashboard.name}.json`]: `${JSON.stringify(dashboardModel(dashboard), null, 2)}\n` },
  };
}

/** The dashboard in Grafana's classic model, which every version takes. */
export function dashboardModel({ name, title, choiceOf, panels }: Dashboard): Record<string, unknown> {
  const places = placed(panels);
  return {
    uid: `fleet-${name}`,
    title,
    tags: ['matrix-fleet'],
    schemaVersion: 39,
    editable: false,
    graphTooltip: 1,
    refresh: '1m',
    time: { from: 'now-6h', to: 'now' },
    timezone: 'browser',
    templating: { list: choiceOf === undefined ? [] : [choice(choiceOf)] },
    panels: panels.map(({ title, as, unit, expr, legend }, index) => ({
      id: index + 1,
      title,
      type: as === 'number' ? 'stat' : 'timeseries',
      gridPos: places[index],
      datasource,
      fieldConfig: { defaults: { unit, ...as === 'lines' && { min: 0 } }, overrides: [] },
      options: as === 'number'
        ? { reduceOptions: { calcs: ['lastNotNull'], fields: '', values: false }, textMode: 'auto', colorMode: 'none' }
        : { legend: { displayMode: 'list', placement: 'bottom' }, tooltip: { mode: 'multi', sort: 'desc' } },
      targets: [{ refId: 'A', datasource, expr, legendFormat: legend, ...as === 'number' && { instant: true } }],
    })),
  };
}

/** Namespaces to choose from, all of them at first. */
function choice(metric: string): object {
  return {
    name: 'namespace',
    label: 'Homeserver',
    type: 'query',
    datasource,
    query: { query: `label_values(${metric}, namespace)`, refId: 'namespace' },
    includeAll: true,
    allValue: '.+',
    multi: true,
    current: { text: ['All'], value: ['$__all'] },
    refresh: 2,
    sort: 1,
  };
}

/** Row by row, as words in a text: what does not fit starts the next row. */
function placed(panels: readonly Panel[]): readonly object[] {
  let [x, y, height] = [0, 0, 0];
  return panels.map(({ as }) => {
    const { w, h } = sizes[as];
    if (x + w > 24) [x, y, height] = [0, y + height, 0];
    const place = { x, y, w, h };
    x += w;
    height = Math.max(height, h);
    return place;
  });
}
