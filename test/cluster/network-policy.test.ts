import { expect, it } from 'vitest';
import { inNamespace, networkPolicy, tcp, udp } from '../../lib/cluster/network-policy';

it('is an object of its namespace', () => {
  expect(networkPolicy('matrix-demo', 'calls', { podSelector: {}, ingress: [{ from: [inNamespace('traefik')], ports: [...tcp(80, 443), ...udp(53)] }] })).toEqual({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'calls', namespace: 'matrix-demo' },
    spec: {
      podSelector: {},
      ingress: [{
        from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'traefik' } } }],
        ports: [{ protocol: 'TCP', port: 80 }, { protocol: 'TCP', port: 443 }, { protocol: 'UDP', port: 53 }],
      }],
    },
  });
});
