import type { ChartSource } from '../gitops/application';
import type { Platform } from './platform';

/** A component at the one version that this program emits, and the versions of Kubernetes that its project tests it on. */
interface Pin {
  readonly kubernetes: { readonly from: string; readonly to: string };
}

/** A chart's pin. */
export interface ChartPin extends Pin {
  readonly source: ChartSource;
}

/** An image's pin, for a component that is no chart. */
export interface ImagePin extends Pin {
  readonly image: string;
}

const any = { from: '1.31', to: '1.34' };

const chart = (repoURL: string, name: string, version: string, kubernetes = any): ChartPin => ({ source: { repoURL, chart: name, version }, kubernetes });

/** Every version of the platform, in one place. The ESS chart's is each homeserver's own. */
export const pins = {
  argocd: chart('https://argoproj.github.io/argo-helm', 'argo-cd', '10.1.1', { from: '1.32', to: '1.35' }),
  certManager: chart('quay.io/jetstack/charts', 'cert-manager', 'v1.20.3', { from: '1.32', to: '1.35' }),
  cloudnativePg: chart('https://cloudnative-pg.github.io/charts', 'cloudnative-pg', '0.29.0', { from: '1.30', to: '1.36' }),
  barmanPlugin: chart('https://cloudnative-pg.github.io/charts', 'plugin-barman-cloud', '0.7.0'),
  traefik: chart('https://traefik.github.io/charts', 'traefik', '41.3.0'),
  prometheusCrds: chart('https://prometheus-community.github.io/helm-charts', 'prometheus-operator-crds', '31.0.1'),
  prometheusStack: chart('https://prometheus-community.github.io/helm-charts', 'kube-prometheus-stack', '88.5.3'),
  victoriaMetrics: chart('https://victoriametrics.github.io/helm-charts', 'victoria-metrics-single', '0.45.0'),
  loki: chart('https://grafana-community.github.io/helm-charts', 'loki', '18.11.0'),
  alloy: chart('https://grafana.github.io/helm-charts', 'alloy', '1.11.1'),
  gitea: { image: 'docker.gitea.com/gitea:28.1.0-rootless', kubernetes: any } satisfies ImagePin,
  postgres: { image: 'ghcr.io/cloudnative-pg/postgresql:18.4-system-trixie', kubernetes: { from: '1.30', to: '1.36' } } satisfies ImagePin,
} as const;

/** Versions of what a fleet may do without. */
export const furtherPins = {
  sealedSecrets: chart('https://bitnami.github.io/sealed-secrets', 'sealed-secrets', '2.19.1'),
  externalSecrets: chart('https://charts.external-secrets.io', 'external-secrets', '2.9.0', { from: '1.36', to: '1.36' }),
} as const;

/** The versions of all that a platform installs. */
export function pinsOf(platform: Pick<Platform, keyof typeof furtherPins>): Readonly<Record<string, ChartPin | ImagePin>> {
  return { ...pins, ...Object.fromEntries(Object.entries(furtherPins).filter(([name]) => platform[name as keyof typeof furtherPins])) };
}

/** The ESS chart, whose version each homeserver names. */
export const essChart = { repoURL: 'ghcr.io/element-hq/ess-helm', chart: 'matrix-stack' } as const;

/** The components that are not tested on a version of Kubernetes. */
export function untested(kubernetes: string, of: Readonly<Record<string, Pin>> = pins): readonly string[] {
  const minor = (version: string) => Number(version.split('.')[1]);
  return Object.entries(of)
    .filter(([, { kubernetes: { from, to } }]) => minor(kubernetes) < minor(from) || minor(kubernetes) > minor(to))
    .map(([name]) => name);
}
