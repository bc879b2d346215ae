import { describe, expect, it } from 'vitest';
import { valueAt } from '../../lib/checks/path';
import { objectsOf, platform } from './example';

const charts = ['kube-prometheus-stack', 'victoria-metrics-single', 'loki', 'alloy'] as const;

describe('monitoring', () => {
  const objects = objectsOf(platform());
  const stack = objects.values('kube-prometheus-stack');

  it('has its definitions before every chart that names them', () => {
    const waves = ['cert-manager', 'traefik', 'cloudnative-pg', 'argocd', 'alerts', 'postgres', ...charts].map(objects.wave);
    expect(objects.wave('prometheus-operator-crds')).toBeLessThan(Math.min(...waves));
    expect(stack.crds).toEqual({ enabled: false });
  });

  it('has a namespace that the node exporter is let into', () => {
    const { syncPolicy, destination } = objects.get('Application', 'prometheus-operator-crds').spec;
    expect(destination.namespace).toBe('monitoring');
    expect(syncPolicy.managedNamespaceMetadata.labels).toEqual({ 'pod-security.kubernetes.io/enforce': 'privileged' });
  });

  it('hands metrics on to VictoriaMetrics, which keeps them', () => {
    const { prometheusSpec } = stack.prometheus;
    expect(prometheusSpec.remoteWrite).toEqual([{ url: 'http://victoria-metrics.monitoring.svc:8428/api/v1/write' }]);
    expect(prometheusSpec).toMatchObject({ retention: '6h', retentionSize: '3GB' });
    expect(objects.values('victoria-metrics-single').server).toMatchObject({ fullnameOverride: 'victoria-metrics', retentionPeriod: '90d' });
  });

  it('heeds monitors and rules whatever their labels are', () => {
    for (const kind of ['serviceMonitor', 'podMonitor', 'probe', 'rule', 'scrapeConfig']) {
      expect(stack.prometheus.prometheusSpec).toHaveProperty(`${kind}SelectorNilUsesHelmValues`, false);
    }
  });

  it('gives way first, in every pod', () => {
    const pods = [
      stack.prometheusOperator, stack.prometheus.prometheusSpec, stack.alertmanager.alertmanagerSpec, stack['kube-state-metrics'],
      stack['prometheus-node-exporter'], stack.grafana, objects.values('victoria-metrics-single').server, objects.values('loki').singleBinary,
    ];
    for (const pod of pods) {
      expect(pod.priorityClassName).toBe('fleet-monitoring');
      expect(pod.resources).toEqual({ requests: { cpu: expect.any(String), memory: expect.any(String) }, limits: { memory: expect.any(String) } });
    }
    expect(objects.values('alloy').controller.priorityClassName).toBe('fleet-monitoring');
  });

  it('shows Grafana under its host, with the password that the list of Secrets makes', () => {
    const { grafana } = stack;
    expect(grafana.ingress).toMatchObject({ hosts: ['grafana.example.org'], tls: [{ hosts: ['grafana.example.org'] }] });
    expect(grafana.ingress.annotations).toMatchObject({ 'cert-manager.io/cluster-issuer': 'letsencrypt-production' });
    expect(objects.secrets).toContain(`secret monitoring/${grafana.admin.existingSecret} Opaque\nkey admin-user literal admin\nkey admin-password random password\n`);
  });

  it('lets Grafana ask where metrics and logs are kept, VictoriaMetrics first', () => {
    const { datasources } = stack.grafana.datasources['datasources.yaml'];
    expect(datasources.map(({ type, url, isDefault }: any) => [type, url, isDefault])).toEqual([
      ['prometheus', 'http://victoria-metrics.monitoring.svc:8428', true],
      ['loki', 'http://loki.monitoring.svc:3100', undefined],
      ['alertmanager', 'http://alertmanager-operated.monitoring.svc:9093', undefined],
    ]);
  });

  it('sends logs where Loki listens, by a text that Helm\'s templates leave alone', () => {
    const { content } = objects.values('alloy').alloy.configMap;
    expect(content).toContain('url = "http://loki.monitoring.svc:3100/loki/api/v1/push"');
    expect(content).not.toContain('{{');
    expect(content.match(/{/g)).toHaveLength(content.match(/}/g).length);
  });

  it('lets Alloy read logs, and no Secret', () => {
    const { rules, clusterRules } = objects.values('alloy').rbac;
    expect([...rules, ...clusterRules].flatMap(({ resources }) => resources)).toEqual(['pods', 'pods/log', 'namespaces']);
  });

  it('takes sizes and retentions from the options, and classes from the cluster', () => {
    const own = objectsOf(platform({
      monitoring: { host: 'g.example.org', metricsRetention: '2y', logsRetention: '30d', sizes: { loki: '50Gi' } },
    }));
    expect(own.values('victoria-metrics-single').server).toMatchObject({ retentionPeriod: '2y', persistentVolume: { size: '20Gi', storageClassName: 'yc-network-ssd' } });
    expect(own.values('loki').singleBinary.persistence).toEqual({ size: '50Gi', storageClass: 'yc-network-hdd' });
    expect(own.values('loki').loki.limits_config).toEqual({ retention_period: '30d' });
  });

  it('gives Prometheus no volume, since VictoriaMetrics keeps what lasts', () => {
    const { prometheusSpec } = objects.values('kube-prometheus-stack').prometheus;
    expect(prometheusSpec).toMatchObject({ retention: '6h', retentionSize: '3GB', storageSpec: { emptyDir: { sizeLimit: '4Gi' } } });
  });

  it.each(charts)('lays the user\'s own values over those of %s', (chart) => {
    const own = objectsOf(platform({ monitoring: { host: 'g.example.org', values: { [chart]: { own: { key: 1 } } } } }));
    expect(own.values(chart)).toEqual({ ...objectsOf(platform({ monitoring: { host: 'g.example.org' } })).values(chart), own: { key: 1 } });
  });

  it('leaves nothing of itself when it is off', () => {
    const { all, secrets, values } = objectsOf(platform({ monitoring: false }));
    const left = all.filter(({ apiVersion, metadata, spec }) =>
      apiVersion.startsWith('monitoring.coreos.com/') || metadata.namespace === 'monitoring' || valueAt(spec, ['destination', 'namespace']) === 'monitoring');
    expect(left).toEqual([]);
    expect(secrets).not.toContain('monitoring/');
    for (const chart of ['cert-manager', 'traefik', 'cloudnative-pg', 'barman-cloud']) {
      expect(JSON.stringify(values(chart))).not.toMatch(/monitor(Enabled)?":({"enabled":)?true/i);
    }
  });
});
