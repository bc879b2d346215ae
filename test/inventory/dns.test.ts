import { describe, expect, it } from 'vitest';
import { addressHint, dnsRecords, entranceOf, unknownAddress, zoneFile } from '../../lib/inventory/dns';
import { fleetOf } from './fleet';

const names = (...args: Parameters<typeof fleetOf>) => dnsRecords(fleetOf(...args)).map(({ name }) => name);

describe('the DNS records of a fleet', () => {
  it('are those of the platform and of every service of every homeserver', () => {
    expect(names([{}], { platform: { monitoring: { host: 'grafana.example.org' } } })).toEqual([
      'git.example.org', 'argocd.example.org', 'grafana.example.org',
      'matrix.h0.example.org', 'account.h0.example.org', 'chat.h0.example.org', 'admin.h0.example.org', 'mrtc.h0.example.org', 'h0.example.org',
    ]);
  });

  it('are none for what is off, and the user\'s own hosts where given', () => {
    expect(names([{ mas: false, elementWeb: false, rtc: false, wellKnown: false, synapse: { host: 'm.example.net' }, hookshot: { host: 'hook.example.net' } }]).slice(2))
      .toEqual(['m.example.net', 'hook.example.net']);
  });

  it('are one where services share a host', () => {
    const records = dnsRecords(fleetOf([{ synapse: { host: 'h0.example.org' } }])).filter(({ name }) => name === 'h0.example.org');
    expect(records).toEqual([{ name: 'h0.example.org', type: 'A', address: undefined, homeserver: 'h0', services: ['Synapse', 'well-known'] }]);
  });

  it('stay for a stopped homeserver, and go with a retired one', () => {
    expect(names([{ state: 'stopped' }])).toContain('h0.example.org');
    expect(names([{ state: 'retired' }])).toEqual(['git.example.org', 'argocd.example.org']);
  });

  it('include hosts of the user\'s own Ingresses', () => {
    const ingress = {
      apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'page', namespace: 'matrix-h0' },
      spec: { rules: [{ host: 'page.example.org', http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'page', port: { number: 80 } } } }] } }] },
    };
    expect(dnsRecords(fleetOf([{ manifests: [ingress] }])).at(-1)).toMatchObject({ name: 'page.example.org', services: ['an Ingress of instances/h0.ts'] });
  });

  it('lead to the address that main.ts reserves, that raw values give, or that is given', () => {
    const reserved = fleetOf([], { platform: { traefik: { loadBalancerIp: '203.0.113.7' } } });
    expect(dnsRecords(reserved)[0]).toMatchObject({ type: 'A', address: '203.0.113.7' });
    expect(dnsRecords(reserved, '2001:db8::7')[0]).toMatchObject({ type: 'AAAA', address: '2001:db8::7' });
    expect(dnsRecords(fleetOf([], { platform: { traefik: { values: { service: { spec: { loadBalancerIP: '203.0.113.8' } } } } } }))[0]).toMatchObject({ address: '203.0.113.8' });
    expect(dnsRecords(fleetOf())[0]).toMatchObject({ type: 'A', address: undefined });
  });

  it('say where the address is found, in k3s too', () => {
    expect(addressHint(fleetOf())).toBe('which kubectl -n traefik get service traefik tells');
    expect(addressHint(fleetOf([], { cluster: { provider: 'k3s' } }))).toBe('which kubectl -n kube-system get service traefik tells');
  });

  it('lead to the proxy where one takes all requests', () => {
    const fleet = fleetOf([], {
      cluster: { provider: 'k3s', proxy: { address: '172.18.0.1' } },
      platform: { gitea: { host: 'git.example.org', nodePort: 30080 }, argocd: { host: 'argocd.example.org', nodePort: 30081 }, certManager: false },
    });
    expect(unknownAddress(fleet)).toBe('ADDRESS_OF_PROXY');
    expect(addressHint(fleet)).toBe('the public one of those that ip -brief address lists on its machine, or that of the router before it');
  });

  it('lead to the router where the public address changes, which nothing in the cluster has', () => {
    const fleet = fleetOf([{ rtc: { tcp: 30011, udp: 30012, dynamicAddress: true } }], { cluster: { provider: 'k3s' } });
    expect([entranceOf(fleet), unknownAddress(fleet)]).toEqual(['the router', 'ADDRESS_OF_ROUTER']);
    expect(addressHint(fleet)).not.toContain('kubectl');
    expect(entranceOf(fleetOf([{ state: 'retired', rtc: { tcp: 30011, udp: 30012, dynamicAddress: true } }], { cluster: { provider: 'k3s' } }))).toBe('Traefik');
  });

  it('make a zone file that no name server takes before the address is known', () => {
    const lines = zoneFile(dnsRecords(fleetOf(), '203.0.113.7'), 'UNKNOWN').trimEnd().split('\n');
    expect(lines).toEqual(['git.example.org.    300 IN A 203.0.113.7 ; platform: Gitea', 'argocd.example.org. 300 IN A 203.0.113.7 ; platform: Argo CD']);
    expect(zoneFile(dnsRecords(fleetOf()), unknownAddress(fleetOf()))).toContain('IN A ADDRESS_OF_TRAEFIK ;');
  });
});
