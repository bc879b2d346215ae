import { valueAt } from '../../checks/path';
import { isLonger } from './duration';
import { entranceOf } from './entrance';
import { count, valuesPath } from './ess-values';
import { nameMoves } from './network';
import { row, rowWhen, sayingsOf, type Row, type Says, type Spot } from './row';

/** Anything but a time that is surely longer. */
const shorter = ({ before, after }: Spot) => !isLonger(before, after);

const retention = (at: string): readonly Row[] => [
  rowWhen(at, shorter, ['action', '{owner} keeps {after} instead of {before}: what is older is deleted; copy before the push what is still needed'], ['outage', 'restarts {owner}']),
  row(at, ['effect', '{owner} keeps {after} instead of {before}; it needs the room for it'], ['outage', 'restarts {owner}']),
];

const fixedVolume = (at: string): Row =>
  row(at, ['refused', ({ path }) => `asks for other volumes of a StatefulSet of {owner} (${path.slice(valuesPath.length).join('.')}), which the API server refuses: grow the claim by hand, delete the StatefulSet with --cascade=orphan, and sync`]);

const crds: readonly Row[] = [
  rowWhen('crds', ({ after }) => after === false, ['loss', 'may delete the kinds that {owner} brings, and with them every object of these kinds']),
  row('crds', ['effect', 'changes whether {owner} brings its kinds along']),
];

/** The name of a web interface, whose Ingress these values describe; where there is none, a proxy outside serves it. */
const nameOf = (ingress: string): Says<Spot> =>
  ['action', (spot) => nameMoves(spot, entranceOf(valueAt(spot.change.after, [...valuesPath, ...ingress.split(' '), 'ingressClassName']), 'the proxy'))];

/** What values of the platform's charts mean, by chart; the first row that fits has the say. */
const charts: Readonly<Record<string, readonly Row[]>> = {
  'argo-cd': [
    row('global domain', nameOf('server ingress'), ['outage', 'restarts Argo CD']),
    row('configs cm', ['outage', 'changes the settings of Argo CD, which restarts']),
    row('configs params', ['outage', 'changes the settings of Argo CD, which restarts']),
    row('server ingress', ['outage', 'changes how Argo CD is reached, and its certificate']),
    ...crds,
  ],
  traefik: [
    row('ports', ['action', 'changes the ports that Traefik listens on: look at the firewall'], ['outage', 'restarts Traefik; no name can be reached for a moment where it has one pod']),
    row('service', ['action', 'changes the load balancer of Traefik, which may get another address: look at the DNS records'], ['outage', 'no name can be reached meanwhile']),
    row('ingressClass', ['outage', 'changes which names Traefik serves']),
    row('deployment replicas', ['effect', ({ before, after }) => `runs ${count(after ?? 1, 'pod')} of Traefik instead of ${String(before ?? 1)}`]),
    row('metrics prometheus serviceMonitor', ['effect', 'changes what is measured of {owner}']),
    row('resources', ['outage', 'restarts Traefik; no name can be reached for a moment where it has one pod']),
  ],
  'kube-prometheus-stack': [
    row('grafana ingress hosts', nameOf('grafana ingress'), ['outage', 'changes the name of Grafana']),
    row('grafana ingress', ['outage', 'changes how Grafana is reached, and its certificate']),
    ...retention('prometheus prometheusSpec retention'),
    row('prometheus prometheusSpec retentionSize', ['action', 'Prometheus keeps {after} instead of {before} of measurements; copy before the push what is still needed']),
    row('defaultRules', ['effect', 'changes which alerts there are']),
    row('grafana', ['outage', 'restarts Grafana']),
    row('prometheus', ['outage', 'restarts Prometheus; nothing is measured meanwhile']),
    row('alertmanager', ['outage', 'restarts Alertmanager; nobody is told meanwhile']),
    ...crds,
  ],
  'victoria-metrics-single': [fixedVolume('server persistentVolume'), ...retention('server retentionPeriod'), row('server', ['outage', 'restarts VictoriaMetrics'])],
  loki: [fixedVolume('singleBinary persistence'), ...retention('loki limits_config retention_period'), rowWhen('loki schemaConfig', ({ before }) => before === undefined, ['effect', 'Loki stores by another schema from a day on']), row('loki schemaConfig', ['loss', 'Loki reads what it has stored by another schema']), row('singleBinary', ['outage', 'restarts Loki'])],
  'cert-manager': crds,
  'cloudnative-pg': [...crds, row('resources', ['outage', 'restarts the operator of PostgreSQL; PostgreSQL itself runs on'])],
  'prometheus-operator-crds': crds,
};

/** What a change of the values of a chart means, other than of the ESS chart. */
export function chartSayings(spot: Spot, chart: string, path: readonly string[]): readonly Says<Spot>[] {
  const found = sayingsOf(Object.hasOwn(charts, chart) ? charts[chart]! : [], { ...spot, path });
  return found ?? [['outage', 'changes values of the chart of {owner}; what reads them restarts']];
}
