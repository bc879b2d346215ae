import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { valueAt } from '../../lib/checks/path';
import { emit } from '../../lib/gitops/emit';
import { HomeserverUnit } from '../../lib/homeserver/unit';
import { chartValues } from '../../lib/homeserver/values';
import { homeserverHosts } from '../../lib/inventory/hosts';
import { demo, repository } from './example';

describe('a homeserver of three lines', () => {
  const homeserver = demo();

  it('derives every name from the short one', () => {
    expect(homeserver.names).toEqual({
      release: 'matrix-demo',
      base: 'matrix-demo-base',
      databases: 'matrix-demo-databases',
    secrets: { own: 'matrix-demo-secrets', passwords: 'matrix-demo-passwords' },
      databaseSecret: 'matrix-demo-databases',
      keySecret: 'matrix-demo-generated',
      databaseClaim: 'matrix-demo-postgres',
      mediaClaim: 'matrix-demo-media',
      pullSecret: 'matrix-demo-images',
      variables: 'MATRIX_DEMO',
    });
    expect(homeserver.databases.map(({ name, objectName }) => [name, objectName])).toEqual([['synapse_demo', 'synapse-demo'], ['mas_demo', 'mas-demo']]);
  });

  it('derives every host from the server name', () => {
    const { synapse, mas, elementWeb, elementAdmin, rtc } = homeserver;
    expect([synapse, mas, elementWeb, elementAdmin, rtc].map((part) => part && part.host)).toEqual(
      ['matrix.example.org', 'account.example.org', 'chat.example.org', 'admin.example.org', 'mrtc.example.org']);
  });

  it('is fresh, closed, on the newest known chart, and without Hookshot', () => {
    expect(homeserver).toMatchObject({ origin: 'fresh', registration: 'closed', chartVersion: '26.8.1', hookshot: false, issuer: 'letsencrypt-production' });
  });
});

describe('the database names', () => {
  it('know no hyphen, which SQL would want quoted', () => {
    expect(demo({ name: 'two-words' }).databases.map(({ name }) => name)).toEqual(['synapse_two_words', 'mas_two_words']);
  });

  it('lack the one of MAS where MAS is off, and so does Element Admin', () => {
    const homeserver = demo({ mas: false });
    expect(homeserver.databases.map(({ service }) => service)).toEqual(['synapse']);
    expect(homeserver.elementAdmin).toBe(false);
  });
});

describe('the connection limit of a role', () => {
  it('holds ten connections a process and five to spare', () => {
    expect(demo().databases[0]!.connectionLimit).toBe(15);
  });

  it('grows with workers and their replicas', () => {
    const homeserver = demo({ synapse: { workers: { 'client-reader': { replicas: 3 }, 'user-dir': {} } } });
    expect(homeserver.databases[0]!.connectionLimit).toBe(10 * (1 + 3 + 1) + 5);
  });

  it('grows with the replicas of MAS', () => {
    expect(demo({ mas: { replicas: 2 } }).databases[1]!.connectionLimit).toBe(25);
  });
});

describe('defaults of the fleet', () => {
  it('hold where the instance says nothing', () => {
    expect(demo({}, { chartVersion: '26.7.2', issuer: 'staging' })).toMatchObject({ chartVersion: '26.7.2', issuer: 'letsencrypt-staging' });
  });

  it('give way to the instance, field by field', () => {
    const homeserver = demo(
      { synapse: { resources: { limits: { memory: '2Gi' } } } },
      { synapse: { resources: { requests: { memory: '512Mi' }, limits: { memory: '1500Mi' } } } });
    expect(homeserver.synapse.resources).toEqual({ requests: { cpu: '100m', memory: '512Mi' }, limits: { memory: '2Gi' } });
  });

  it('switch a component off that an instance switches on again', () => {
    expect(demo({}, { elementWeb: false }).elementWeb).toBe(false);
    expect(demo({ elementWeb: { replicas: 2 } }, { elementWeb: false }).elementWeb).toMatchObject({ host: 'chat.example.org', replicas: 2 });
  });
});

it('counts replicas only for workers that can run more than once', () => {
  const { workers } = demo({ synapse: { workers: { pusher: {}, background: {} } } }).synapse;
  expect(workers.map(({ type, replicas }) => [type, replicas])).toEqual([['pusher', 1], ['background', undefined]]);
});

describe('a rehearsal', () => {
  const rehearsed = demo({ rehearsal: { domain: 'new.example.org' }, synapse: { host: 'synapse.example.org' }, hookshot: { host: 'hooks.example.org' } });

  it('has every host under its own domain, and claims nothing of the server name', () => {
    expect(homeserverHosts(rehearsed).map(({ host }) => host)).toEqual(['matrix', 'account', 'chat', 'admin', 'mrtc'].map((label) => `${label}.new.example.org`));
    expect(chartValues(rehearsed)).toMatchObject({ serverName: 'example.org', wellKnownDelegation: { enabled: false } });
  });

  it('sends nothing to any other server', () => {
    const { additional } = chartValues(rehearsed)['synapse'] as { additional: Record<string, { config: string }> };
    const all = ['0.0.0.0/0', '::/0'];
    expect(parse(additional['fleet-rehearsal.yaml']!.config)).toEqual({ ip_range_blacklist: all, federation_ip_range_blacklist: all });
  });
});

describe('accounts that move to MAS', () => {
  const at = (syn2mas: 'prepare' | 'dry-run' | 'migrate', own = {}) => {
    const homeserver = demo({ mas: { syn2mas }, registration: 'token', ...own });
    const application = emit(new HomeserverUnit(homeserver, repository)).documents.find(({ path }) => path.endsWith('/matrix-demo.yaml'))!.manifest;
    return { homeserver, values: chartValues(homeserver), policy: valueAt(application, ['spec', 'syncPolicy']) as object };
  };
  const byHand = { syncOptions: ['ServerSideApply=true', 'SkipDryRunOnMissingResource=true'] };

  it('are Synapse\'s at first, with MAS\'s database made and MAS itself off', () => {
    const { homeserver, values, policy } = at('prepare');
    expect(homeserver.databases.map(({ name }) => name)).toEqual(['synapse_demo', 'mas_demo']);
    expect(values).toMatchObject({ matrixAuthenticationService: { enabled: false }, elementAdmin: { enabled: false }, synapse: { additional: { 'fleet-registration.yaml': {} } } });
    expect(policy).toHaveProperty('automated');
  });

  it('are rehearsed by hand, and MAS makes none of its own meanwhile', () => {
    const { values, policy } = at('dry-run');
    expect(values).toMatchObject({ matrixAuthenticationService: { syn2mas: { enabled: true, dryRun: true } }, elementAdmin: { enabled: false } });
    expect(values['matrixAuthenticationService']).not.toHaveProperty('additional');
    expect(policy).toEqual(byHand);
  });

  it('are moved by hand, without the check of a configuration that is both', () => {
    const { values, policy } = at('migrate');
    expect(values).toMatchObject({ matrixAuthenticationService: { syn2mas: { enabled: true, dryRun: false } }, synapse: { checkConfigHook: { enabled: false } } });
    expect(policy).toEqual(byHand);
  });

  it('do not keep it from being stopped', () => {
    expect(at('migrate', { state: 'stopped' }).policy).toHaveProperty('automated');
  });
});
