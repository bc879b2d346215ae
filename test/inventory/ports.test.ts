import { describe, expect, it } from 'vitest';
import { openPorts, portText } from '../../lib/inventory/ports';
import { securityRules } from '../../lib/inventory/yandex';
import { fleetOf } from './fleet';

const lines = (...args: Parameters<typeof fleetOf>) => openPorts(fleetOf(...args)).map((one) => `${portText(one)} ${one.at} ${one.homeserver ?? 'platform'} ${one.carries}`);
const exposed = (exposedServices: object) => ({ values: { matrixRTC: { sfu: { exposedServices } } } }) as object;

describe('the ports to open', () => {
  it('are Traefik\'s, and two at the nodes for each homeserver', () => {
    expect(lines([{}, { rtc: false }])).toEqual([
      '80/tcp Traefik platform certificates, and redirection to HTTPS', '443/tcp Traefik platform HTTPS', '22/tcp Traefik platform git over SSH',
      '30001/tcp nodes h0 calls', '30002/udp nodes h0 calls',
    ]);
  });

  it('are no port for SSH where the cluster brings its own Traefik', () => {
    expect(lines([], { cluster: { provider: 'k3s' } }).map((line) => line.split(' ')[0])).toEqual(['80/tcp', '443/tcp']);
  });

  it('are the proxy\'s where one takes all requests; what it connects to itself is not open to the internet', () => {
    const behind = { cluster: { provider: 'k3s', proxy: { address: '172.18.0.1' } }, platform: { gitea: { host: 'git.example.org', nodePort: 30080 }, argocd: { host: 'argocd.example.org', nodePort: 30081 }, certManager: false } } as const;
    expect(lines([], behind)).toEqual(['80/tcp the proxy platform certificates, and redirection to HTTPS', '443/tcp the proxy platform HTTPS']);
    expect(securityRules(openPorts(fleetOf([], behind)), { from: 30000, to: 32767 })).toEqual([]);
  });

  it('are at the homeserver\'s own load balancer where it has one', () => {
    expect(lines([{ rtc: { exposure: 'LoadBalancer', publicIp: '203.0.113.9' } }]).slice(3)).toEqual(['30001/tcp load balancer h0 calls', '30002/udp load balancer h0 calls']);
  });

  it('are the router\'s where the public address changes, calls with them, but for what has a load balancer of its own', () => {
    const behind = [{ rtc: { tcp: 30011, udp: false, dynamicAddress: true } }, { rtc: { tcp: 30013, udp: false, exposure: 'LoadBalancer', publicIp: '203.0.113.9' } }] as const;
    expect(lines([...behind], { cluster: { provider: 'k3s' } }).slice(1)).toEqual(['443/tcp the router platform HTTPS', '30011/tcp the router h0 calls', '30013/tcp load balancer h1 calls']);
    expect(securityRules(openPorts(fleetOf([behind[0]], { cluster: { provider: 'k3s' } })), { from: 30000, to: 32767 })).toEqual([]);
  });

  it('go with a retired homeserver', () => {
    expect(lines([{ state: 'retired' }])).toHaveLength(3);
  });

  it('include what raw values and the user\'s own Services claim, a range as one', () => {
    expect(lines([exposed({ turn: { enabled: true, portType: 'NodePort', port: 30100 } })])).toContain('30100/udp nodes h0 calls, by raw values');
    expect(lines([exposed({ rtcUdp: { enabled: true, portType: 'NodePort', portRange: { startPort: 31000, endPort: 31009 } } })])).toContain('31000-31009/udp nodes h0 calls, by raw values');
    const service = {
      apiVersion: 'v1', kind: 'Service', metadata: { name: 'game', namespace: 'matrix-h0' },
      spec: { type: 'NodePort', selector: { app: 'game' }, ports: [{ name: 'a', port: 1, nodePort: 30200 }, { name: 'b', port: 1, protocol: 'UDP', nodePort: 30200 }] },
    };
    expect(lines([{ manifests: [service] }])).toEqual(expect.arrayContaining(['30200/tcp nodes platform a Service of instances/h0.ts', '30200/udp nodes platform a Service of instances/h0.ts']));
  });
});
