import { describe, expect, it } from 'vitest';
import { chartVersions } from '../../lib/homeserver/chart-version';
import { credentialsOf, restoredKeySecrets, restoredKeyValues } from '../../lib/homeserver/keys';
import { demo } from './example';

const keys = (...args: Parameters<typeof demo>) => restoredKeySecrets(demo(...args)).flatMap((secret) => secret.keys);

describe('the keys of a homeserver', () => {
  it('are the chart\'s business where it is fresh', () => {
    expect(restoredKeySecrets(demo())).toEqual([]);
    expect(restoredKeyValues(demo())).toEqual({});
  });

  it('are never invented where others know it by them', () => {
    const supplied = keys({ origin: { restoredFrom: 'matrix-chart' } }).filter((key) => 'supplied' in key).map(({ key }) => key);
    expect(supplied).toEqual(['SYNAPSE_SIGNING_KEY', 'SYNAPSE_MACAROON', 'MAS_ENCRYPTION_SECRET', 'MAS_RSA_PRIVATE_KEY']);
  });

  it('all come along from another installation of the chart', () => {
    const all = keys({ origin: { restoredFrom: 'ess' }, hookshot: true });
    expect(all.filter((key) => !('supplied' in key))).toEqual([]);
    expect(all.map(({ key }) => key)).toContain('SYNAPSE_EXTRA');
    expect(all).toHaveLength(11);
  });

  it('are made for a MAS that has never run', () => {
    for (const restoredFrom of ['ess', 'matrix-chart'] as const) {
      const mas = keys({ origin: { restoredFrom }, mas: { syn2mas: 'prepare' } }).filter(({ key }) => key.startsWith('MAS_'));
      expect(mas.map((key) => 'random' in key && key.random)).toEqual(['password', 'hex64', 'rsa-der', 'ecdsa-der']);
    }
  });

  it('are asked for by variables that name the homeserver', () => {
    expect(keys({ name: 'two-words', origin: { restoredFrom: 'ess' } })[0]).toMatchObject({ supplied: 'MATRIX_TWO_WORDS_SYNAPSE_SIGNING_KEY', format: 'signing-key' });
  });

  it('leave out those of components that are off', () => {
    const named = credentialsOf(demo({ mas: false, rtc: false })).map(({ key }) => key);
    expect(named).toEqual(['SYNAPSE_SIGNING_KEY', 'SYNAPSE_MACAROON', 'SYNAPSE_REGISTRATION_SHARED_SECRET']);
  });
});

it.each(chartVersions)('every key that the values of %s name is one that the Secret holds', (chartVersion) => {
  const homeserver = demo({ chartVersion, origin: { restoredFrom: 'ess' }, hookshot: true });
  const [secret] = restoredKeySecrets(homeserver);
  const named = [...JSON.stringify(restoredKeyValues(homeserver)).matchAll(/"(?:secretKey|configSecretKey)":"(\w+)"/g)].map(([, key]) => key!);
  expect(named.sort()).toEqual(secret!.keys.map(({ key }) => key).sort());
});
