import { describe, expect, it } from 'vitest';
import { celRules, customResources } from '../../imports';
import { celChecks, customResourceComplaints } from '../../lib/checks/custom-resources';

const said = new Set(celChecks.flatMap(({ kinds, path, rule }) => kinds.map((kind) => `${kind} ${path} ${rule}`)));

const all = customResources.flatMap((name) => {
  const slash = name.lastIndexOf('/');
  return celRules(name.slice(0, slash), name.slice(slash + 1)).map(({ path, rule }) => ({ name: `${name} ${path} ${rule}`, rule }));
});

describe('the rules of custom resources', () => {
  it('are the definitions\' own, to the letter', () => {
    expect([...said].filter((name) => !all.some((own) => own.name === name))).toEqual([]);
  });

  it('are all that an object can break on its own, but for providers of External Secrets that no fleet here uses', () => {
    const missing = all.filter(({ name, rule }) => !said.has(name) && !rule.includes('oldSelf')).map(({ name }) => name);
    expect(missing.filter((name) => !/^external-secrets\.io\/v1\/(Cluster)?SecretStore spec\.provider\./.test(name))).toEqual([]);
  });

  it.each<[string, string, unknown, string]>([
    ['postgresql.cnpg.io/v1', 'Database', { name: 'template1' }, 'spec.name: the name is reserved'],
    ['postgresql.cnpg.io/v1', 'Database', { name: 'a', icuLocale: 'en' }, 'spec: icuLocale is for the localeProvider icu alone'],
    ['postgresql.cnpg.io/v1', 'DatabaseRole', { name: 'pg_monitor' }, 'spec: the name is reserved'],
    ['postgresql.cnpg.io/v1', 'DatabaseRole', { name: 'a', passwordSecret: {}, disablePassword: true }, 'spec: has a passwordSecret and disablePassword'],
    ['postgresql.cnpg.io/v1', 'DatabaseRole', { name: 'a', clientCertificate: { enabled: true } }, 'spec: has a client certificate and may not log in'],
    ['postgresql.cnpg.io/v1', 'DatabaseRole', { name: 'a', ensure: 'absent' }, 'spec: ensure cannot be absent'],
    ['postgresql.cnpg.io/v1', 'Cluster', { imageName: 'a', imageCatalogRef: { kind: 'ImageCatalog', apiGroup: 'postgresql.cnpg.io' } }, 'spec: has both imageCatalogRef and imageName'],
    ['postgresql.cnpg.io/v1', 'Cluster', { postgresql: { synchronous: { number: 0 } } }, 'spec.postgresql.synchronous.number: must be 1 at least'],
    ['postgresql.cnpg.io/v1', 'ImageCatalog', { images: [{ major: 1 }, { major: 1 }] }, 'spec.images: two entries have one major'],
    ['barmancloud.cnpg.io/v1', 'ObjectStore', { configuration: { serverName: 'x' } }, 'spec.configuration: must not have serverName'],
    ['traefik.io/v1alpha1', 'Middleware', { addPrefix: { prefix: 'x' } }, 'spec.addPrefix.prefix: must begin with a slash'],
  ])('%s %s %j', (apiVersion, kind, spec, expected) => {
    expect(customResourceComplaints({ apiVersion, kind, spec }).map(({ path, message }) => `${path.join('.')}: ${message}`)).toEqual([expected]);
  });

  it('let the objects of a homeserver pass', () => {
    expect(customResourceComplaints({ apiVersion: 'postgresql.cnpg.io/v1', kind: 'Database', spec: { name: 'synapse_demo', owner: 'synapse_demo' } })).toEqual([]);
  });
});
