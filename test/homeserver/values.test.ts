import { describe, expect, it } from 'vitest';
import { essDefaults, essValidator, essVersions } from '../../imports';
import { chartValues } from '../../lib/homeserver/values';
import type { HomeserverOptions } from '../../lib/homeserver/options';
import { merge } from '../../lib/merge';
import { demo } from './example';

/** One of everything that an option can say. */
const variants: Record<string, Partial<HomeserverOptions>> = {
  plain: {},
  'all off': { mas: false, elementWeb: false, rtc: false, wellKnown: false },
  'restored from the chart': { origin: { restoredFrom: 'ess' }, hookshot: true },
  'restored from another chart': { origin: { restoredFrom: 'matrix-chart' }, hookshot: { host: 'hooks.example.org' } },
  'registration by mail': { registration: 'email' },
  'registration by token without MAS': { registration: 'token', mas: false },
  'a load balancer for calls': { rtc: { tcp: 7881, udp: 7882, exposure: 'LoadBalancer', publicIp: '203.0.113.7' } },
  'calls in the node\'s network': { rtc: { tcp: 7881, udp: 7882, exposure: 'HostPort' } },
  'accounts that are to move': { mas: { syn2mas: 'prepare' }, origin: { restoredFrom: 'matrix-chart' } },
  'a rehearsal of the move': { mas: { syn2mas: 'dry-run' }, registration: 'token' },
  'the move of accounts': { mas: { syn2mas: 'migrate' } },
  'a rehearsal': { rehearsal: { domain: 'new.example.org' }, mas: false, registration: 'token', hookshot: { host: 'hooks.example.org' } },
  workers: { synapse: { workers: { 'client-reader': { replicas: 2 }, 'federation-sender': {}, 'media-repository': {} } } },
  'a mirror of images': { images: { registry: 'quay.io/example', pullSecret: true } },
  'identity providers of Synapse': { mas: false, passwordLogin: false, identityProviders: [{ id: 'sso', issuer: 'https://sso.example.org', clientId: '1' }] },
  'identity providers of MAS': { mas: { syn2mas: 'dry-run' }, identityProviders: [{ id: 'sso', issuer: 'https://sso.example.org', clientId: '1' }] },
  'media over TCP by a load balancer': { rtc: { tcp: 30881, udp: false, exposure: 'LoadBalancer', publicIp: '203.0.113.7' }, certificates: { renewBefore: '720h' } },
  'an Element Web of its own look': { elementWeb: { brand: 'Chat', theme: 'dark', config: { a: '{{b}}' } }, registration: 'token' },
  'no redirect': { wellKnown: { redirect: false } },
  'redirect elsewhere': { wellKnown: { redirect: 'https://www.example.org/' } },
};

describe.each(essVersions)('the values for chart %s', (chartVersion) => {
  it.each(Object.keys(variants))('satisfy the chart\'s own schema: %s', (variant) => {
    const values = chartValues(demo({ ...variants[variant], chartVersion }));
    const validate = essValidator(chartVersion);
    validate(merge(essDefaults(chartVersion), values));
    expect(validate.errors ?? []).toEqual([]);
  });
});

describe('the values', () => {
  it('begin with the server name', () => {
    expect(Object.keys(chartValues(demo()))[0]).toBe('serverName');
  });

  it('hold no secret, only references', () => {
    expect(JSON.stringify(chartValues(demo({ origin: { restoredFrom: 'ess' }, hookshot: true })))).not.toContain('"value"');
  });

  it('let a restored homeserver take every credential from its own Secret, and none from the chart', () => {
    const values = chartValues(demo({ origin: { restoredFrom: 'matrix-chart' } }));
    expect(values).toMatchObject({
      initSecrets: { enabled: false },
      synapse: { signingKey: { secret: 'matrix-demo-generated', secretKey: 'SYNAPSE_SIGNING_KEY' } },
    });
  });

  it('leave the keys of a fresh homeserver to the chart', () => {
    const values = chartValues(demo()) as { synapse: object; initSecrets: object };
    expect(values.synapse).not.toHaveProperty('signingKey');
    expect(values.initSecrets).not.toHaveProperty('enabled');
  });

  it('carry along the old signing keys of a former ESS only', () => {
    expect(chartValues(demo({ origin: { restoredFrom: 'ess' } }))).toHaveProperty(['synapse', 'additional', '00-restored.yaml']);
    expect(chartValues(demo({ origin: { restoredFrom: 'matrix-chart' } }))).not.toHaveProperty(['synapse', 'additional']);
  });

  it('name a priority class from the release that knows one', () => {
    expect(chartValues(demo({ chartVersion: '26.6.1' }))).not.toHaveProperty('priorityClassName');
    expect(chartValues(demo({ chartVersion: '26.7.2' }))).toHaveProperty('priorityClassName', 'fleet-homeserver');
  });

  it('name the homeserver\'s own ports', () => {
    expect(chartValues(demo())).toHaveProperty(['matrixRTC', 'sfu', 'exposedServices'], {
      rtcTcp: { enabled: true, portType: 'NodePort', port: 30015 },
      rtcMuxedUdp: { enabled: true, portType: 'NodePort', port: 30016 },
    });
  });

  it('leave the ports behind a load balancer to a Service of ours, and tell the media server of them', () => {
    const values = chartValues(demo({ rtc: { tcp: 7881, udp: 7882, exposure: 'LoadBalancer' } }));
    expect(values).toMatchObject({
      matrixRTC: { sfu: {
        exposedServices: { rtcTcp: { enabled: false }, rtcMuxedUdp: { enabled: false } },
        additional: { 'fleet-media.yaml': { config: 'rtc:\n  tcp_port: 7881\n  udp_port: 7882\n' } },
      } },
    });
  });

  it('force media over TCP where there is no port for UDP', () => {
    const values = chartValues(demo({ rtc: { tcp: 30881, udp: false } }));
    expect(values).toMatchObject({
      matrixRTC: { sfu: {
        exposedServices: { rtcTcp: { enabled: true, port: 30881 }, rtcMuxedUdp: { enabled: false } },
        additional: { 'fleet-media.yaml': { config: 'rtc:\n  force_tcp: true\n' } },
      } },
    });
  });

  it('end with the user\'s raw ones, nulls included', () => {
    const values = chartValues(demo({ values: { synapse: { logging: { rootLevel: 'WARNING' }, resources: { limits: { cpu: null } } } } as HomeserverOptions['values'] & object }));
    expect(values).toMatchObject({ synapse: { logging: { rootLevel: 'WARNING' }, resources: { limits: { cpu: null, memory: '1Gi' } } } });
  });

  it('give Synapse no registration where MAS has it', () => {
    expect(chartValues(demo({ registration: 'email' }))).not.toHaveProperty(['synapse', 'additional']);
    expect(chartValues(demo({ registration: 'token' }))).toHaveProperty(
      ['matrixAuthenticationService', 'additional', 'fleet-registration.yaml', 'config'],
      'account:\n  password_registration_enabled: true\n  registration_token_required: true\n  password_registration_email_required: false\n');
  });
});
