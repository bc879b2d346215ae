import { describe, expect, it } from 'vitest';
import { listAt } from '../../lib/checks/path';
import { isolationPolicies } from '../../lib/homeserver/isolation';
import { proxied, proxiedServices } from '../../lib/homeserver/proxied';
import { chartValues } from '../../lib/homeserver/values';
import { portsForProxy } from '../fixtures/fixture';
import { demo } from './example';

const behind = { ingress: false, proxy: { address: '172.18.0.1', from: '172.18.0.0/16' } } as const;
const own = { nodePorts: portsForProxy };
const chart = (...args: Parameters<typeof demo>): any => chartValues(demo(...args));

describe('a homeserver behind a proxy', () => {
  it('has a Service with one port for each part that is on, and none for another', () => {
    const services = proxiedServices(demo(own, {}, behind));
    expect(services.map(({ metadata, spec }: any) => [metadata.name, spec.selector['app.kubernetes.io/instance'], spec.ports.map((port: any) => [port.targetPort, port.nodePort])])).toEqual([
      ['proxy-synapse', 'matrix-demo-haproxy', [[8008, 30100]]],
      ['proxy-mas', 'matrix-demo-matrix-authentication-service', [[8080, 30101]]],
      ['proxy-element-web', 'matrix-demo-element-web', [[8080, 30102]]],
      ['proxy-element-admin', 'matrix-demo-element-admin', [[8080, 30103]]],
      ['proxy-well-known', 'matrix-demo-haproxy', [[8010, 30104]]],
      ['proxy-authoriser', 'matrix-demo-matrix-rtc-authorisation-service', [[8080, 30105]]],
      ['proxy-sfu', 'matrix-demo-matrix-rtc-sfu', [[7880, 30106]]],
    ]);
    expect(proxied(demo({ ...own, rtc: false, mas: false, elementWeb: false, wellKnown: false, hookshot: true }, {}, behind)).map(({ part }) => part)).toEqual(['synapse', 'hookshot', 'hookshot-widgets']);
    expect(proxied(demo({ ...own, mas: { syn2mas: 'prepare' } }, {}, behind)).map(({ part }) => part)).not.toContain('mas');
    expect(proxiedServices(demo())).toEqual([]);
  });

  it('lets the proxy in, and nobody else', () => {
    const rules = (around: Parameters<typeof demo>[2]) => listAt(isolationPolicies(demo(own, {}, around))[0], ['spec', 'ingress']);
    expect(rules(behind)[1]).toEqual({ from: [{ ipBlock: { cidr: '172.18.0.0/16' } }], ports: [8008, 8080, 8010, 7880].map((port) => ({ protocol: 'TCP', port })) });
    expect(proxiedServices(demo(own, {}, behind))[0]!.spec).toMatchObject({ externalTrafficPolicy: 'Local' });
    const anybody = { ingress: false, proxy: { address: '172.18.0.1' } } as const;
    expect(rules(anybody)[1]).not.toHaveProperty('from');
    expect(proxiedServices(demo(own, {}, anybody))[0]!.spec).not.toHaveProperty('externalTrafficPolicy');
  });

  it('asks for no certificate and names no ingress controller', () => {
    const values = chart(own, {}, behind);
    expect(values.ingress).toEqual({ tlsEnabled: false });
    expect(values).not.toHaveProperty('certManager');
  });
});

it('finds its own host names by the hairpin, each once', () => {
  expect(chart({ synapse: { host: 'example.org' } }, {}, { hairpin: '172.18.0.1' }).matrixRTC.hostAliases).toEqual([{ ip: '172.18.0.1', hostnames: ['example.org', 'mrtc.example.org'] }]);
  expect(chart().matrixRTC).not.toHaveProperty('hostAliases');
});

it('asks another server by DNS where that answers for the server name', () => {
  expect(chart({ wellKnown: false }, {}, { hairpin: '172.18.0.1' }).matrixRTC.hostAliases).toEqual([{ ip: '172.18.0.1', hostnames: ['matrix.example.org', 'mrtc.example.org'] }]);
});

describe('registration for whoever comes', () => {
  it('is said in so many words to whoever keeps the accounts', () => {
    const config = (component: any) => component.additional['fleet-registration.yaml'].config;
    expect(config(chart({ registration: 'open' }).matrixAuthenticationService)).toBe('account:\n  password_registration_enabled: true\n  password_registration_email_required: false\n');
    expect(config(chart({ registration: 'open', mas: false }).synapse)).toBe('enable_registration: true\nenable_registration_without_verification: true\n');
  });

  it('shows the button in Element Web', () => {
    expect(JSON.parse(chart({ registration: 'open' }).elementWeb.additional['fleet-registration.json'])).toEqual({ setting_defaults: { 'UIFeature.registration': true } });
  });
});
