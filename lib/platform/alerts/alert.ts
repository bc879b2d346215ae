import type { Manifest } from '../../gitops/manifest';
import { namespaces } from '../platform';

/** A condition that somebody has to look at. */
export interface Alert {
  readonly name: string;
  /** PromQL; every series of its result is an alert of its own. */
  readonly expr: string;
  /** How long the condition must hold, as Prometheus writes it, e.g. `5m`. */
  readonly for: string;
  /** `critical`: users notice, or data is at risk; at once. `warning`: today. */
  readonly severity: 'critical' | 'warning';
  /** What is wrong, one line; `{{ $labels.namespace }}` is replaced. */
  readonly summary: string;
  /** What it means and what to do. */
  readonly description: string;
}

/** The alerts of one thing, as Prometheus reads them. */
export function prometheusRule(name: string, alerts: readonly Alert[]): Manifest {
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: { name, namespace: namespaces.monitoring },
    spec: {
      groups: [{
        name,
        rules: alerts.map(({ name, expr, for: duration, severity, summary, description }) => ({
          alert: name,
          expr,
          for: duration,
          labels: { severity },
          annotations: { summary, description },
        })),
      }],
    },
  };
}
