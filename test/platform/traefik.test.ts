import { expect, it } from 'vitest';
import { objectsOf, platform } from './example';

const values = (of = platform()) => objectsOf(of).values('traefik');

it('keeps the clients\' addresses, and the load balancer\'s where one is reserved', () => {
  expect(values().service.spec).toEqual({ type: 'LoadBalancer', externalTrafficPolicy: 'Local' });
  expect(values(platform({ traefik: { loadBalancerIp: '203.0.113.9' } })).service.spec.loadBalancerIP).toBe('203.0.113.9');
});

it('brings the class that every Ingress names, and publishes its address in them', () => {
  expect(values().ingressClass).toEqual({ enabled: true, name: 'traefik', isDefaultClass: true });
  expect(values().providers.kubernetesIngress.publishedService.enabled).toBe(true);
});

it('sends the web to TLS and lets an upload take half an hour', () => {
  expect(values().ports.web.http.redirections.entryPoint).toMatchObject({ to: 'websecure', scheme: 'https' });
  expect(values().ports.websecure.transport.respondingTimeouts.readTimeout).toBe('1800s');
});

it('takes git over SSH to Gitea, by the port that Gitea tells its users', () => {
  const objects = objectsOf(platform());
  const { spec } = objects.get('IngressRouteTCP');
  const { name, port } = spec.routes[0].services[0];
  expect(objects.get('Service', name).spec.ports).toEqual([{ name: 'ssh', port, targetPort: 'ssh' }]);
  const told = objects.get('ConfigMap', 'gitea-settings').data.GITEA__server__SSH_PORT;
  expect(values().ports[spec.entryPoints[0]].exposedPort).toBe(Number(told));
  // Its kind comes with Traefik, its namespace with Gitea.
  expect(objects.wave('gitea-ssh')).toBeGreaterThan(objects.wave('traefik'));
});

it('survives a node with a second replica, and asks nothing of the cluster for a single one', () => {
  const two = values(platform({ traefik: { replicas: 2 } }));
  expect(two).toMatchObject({ deployment: { replicas: 2 }, podDisruptionBudget: { enabled: true } });
  expect(values()).toMatchObject({ deployment: { replicas: 1 }, podDisruptionBudget: { enabled: false } });
});

it('tells nobody elsewhere of itself and shows no dashboard', () => {
  expect(values().global).toEqual({ checkNewVersion: false, sendAnonymousUsage: false });
  expect(values().api).toEqual({ dashboard: false });
});

it('has the user\'s values last', () => {
  expect(values(platform({ traefik: { values: { service: { spec: { externalTrafficPolicy: 'Cluster' } } } } })).service.spec)
    .toEqual({ type: 'LoadBalancer', externalTrafficPolicy: 'Cluster' });
});

it('is left to a cluster that brings its own', () => {
  const names = objectsOf(platform({}, 'k3s')).all.filter(({ kind }) => kind === 'Application').map(({ metadata }) => metadata.name);
  expect(names).not.toContain('traefik');
  expect(names).not.toContain('gitea-ssh');
});
