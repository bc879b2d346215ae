import { describe, expect, it } from 'vitest';
import { resolveCluster } from '../../lib/cluster/cluster';
import { resolvePlatform } from '../../lib/platform/platform';
import { objectsOf, platform } from './example';

const behind = resolvePlatform('main.ts', {
  gitea: { host: 'gitea.example.org', nodePort: 30080 },
  argocd: { host: 'argocd.example.org', nodePort: 30081 },
  certManager: false,
  backups: false,
  monitoring: { host: 'grafana.example.org', nodePort: 30082 },
}, resolveCluster({ provider: 'k3s', kubernetes: '1.32', nodes: [{ count: 1, cpu: '4', memory: '16Gi' }], proxy: { address: '172.18.0.1', from: '172.18.0.0/16' } }));

describe('a platform behind a proxy', () => {
  const objects = objectsOf(behind);

  it('has a port for each web interface, and no Ingress, certificate or controller', () => {
    const ports = objects.all.filter(({ kind, spec }: any) => kind === 'Service' && spec.type === 'NodePort').map(({ metadata, spec }: any) => [metadata.name, metadata.namespace, spec.ports[0].targetPort, spec.ports[0].nodePort]);
    expect(ports).toEqual(expect.arrayContaining([['gitea-proxy', 'gitea', 3000, 30080], ['argocd-proxy', 'argocd', 8080, 30081], ['grafana-proxy', 'monitoring', 3000, 30082]]));
    expect(ports).toHaveLength(3);
    const names = objects.all.filter(({ kind }) => kind === 'Application').map(({ metadata }) => metadata.name);
    for (const absent of ['cert-manager', 'issuers', 'traefik']) expect(names).not.toContain(absent);
    expect(objects.all.some(({ kind }) => kind === 'Ingress')).toBe(false);
    expect(objects.values('argocd').server.ingress).toEqual({ enabled: false });
    expect(objects.values('kube-prometheus-stack').grafana.ingress).toEqual({ enabled: false });
  });

  it('has Argo CD wait for no address in an Ingress, since nobody would write one', () => {
    const health = 'resource.customizations.health.networking.k8s.io_Ingress';
    expect(objects.values('argocd').configs.cm[health]).toContain("status = 'Healthy'");
    expect(objectsOf(platform()).values('argocd').configs.cm).not.toHaveProperty([health]);
  });

  it('lets the proxy in to Gitea', () => {
    expect(objects.get('NetworkPolicy', 'gitea').spec.ingress).toContainEqual({ from: [{ ipBlock: { cidr: '172.18.0.0/16' } }], ports: [{ port: 'http' }] });
  });
});
