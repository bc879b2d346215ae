import { describe, expect, it } from 'vitest';
import { isolationPolicies } from '../../lib/homeserver/isolation';
import { demo } from './example';

describe('the network policies', () => {
  const [isolation, calls] = isolationPolicies(demo());

  it('let in nobody but the own namespace, the ingress controller and Prometheus', () => {
    const { ingress } = isolation!['spec'] as { ingress: { from: object[] }[] };
    expect(ingress.map(({ from }) => from)).toEqual([
      [{ podSelector: {} }],
      [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'traefik' } } }],
      [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } } }],
    ]);
  });

  it('let the ingress controller reach certificate challenges', () => {
    expect(JSON.stringify(isolation)).toContain('8089');
  });

  it('open the two ports of calls to everybody', () => {
    expect(calls!['spec']).toMatchObject({ ingress: [{ ports: [{ protocol: 'TCP', port: 30015 }, { protocol: 'UDP', port: 30016 }] }] });
  });

  it('open none where there are no calls, and none for metrics where nothing scrapes', () => {
    expect(isolationPolicies(demo({ rtc: false })).map(({ metadata }) => metadata.name)).toEqual(['isolation']);
    expect(JSON.stringify(isolationPolicies(demo({}, {}, { monitoring: undefined })))).not.toContain('9001');
  });
});
