import { describe, expect, it } from 'vitest';
import { databaseFolder, databaseSecrets } from '../../lib/homeserver/database';
import { clusterHost, clusterOfHost } from '../../lib/homeserver/place';
import { isolationPolicies } from '../../lib/homeserver/isolation';
import { chartValues } from '../../lib/homeserver/values';
import { demo } from './example';

const ca = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';
const server = { host: 'db.example.net', ca };

describe('the place of a homeserver\'s databases', () => {
  it('is the shared cluster where nobody says another', () => {
    expect(demo().place).toEqual({ kind: 'cluster', cluster: 'shared-pg', namespace: 'cnpg', host: 'shared-pg-rw.cnpg.svc.cluster.local' });
    expect(demo({}, { database: { cluster: 'big-pg' } }).place).toMatchObject({ cluster: 'big-pg' });
  });

  it('is the homeserver\'s own word before the defaults, which fill in the same kind alone', () => {
    const defaults = { database: { external: server } };
    expect(demo({ database: { builtIn: true } }, defaults).place).toMatchObject({ kind: 'built-in', size: '10Gi' });
    expect(demo({ database: { external: { host: 'other.example.net' } } }, defaults).place).toMatchObject({ host: 'other.example.net', ca });
    expect(demo({ database: { builtIn: true } }, { database: { builtIn: { size: '20Gi' } } }).place).toMatchObject({ size: '20Gi' });
    expect(demo({ database: { builtIn: { size: '30Gi' } } }, { database: { builtIn: true } }).place).toMatchObject({ size: '30Gi', storageClass: 'fleet-fast-retain' });
  });

  it('verifies whom it talks to where it can', () => {
    const modeOf = (external: object) => (demo({ database: { external: { host: 'db.example.net', ...external } } }).place as { sslMode: string }).sslMode;
    expect([modeOf({}), modeOf({ ca }), modeOf({ ca, sslMode: 'verify-ca' })]).toEqual(['require', 'verify-full', 'verify-ca']);
  });

  it('is known by its host, where that is a cluster\'s', () => {
    expect(clusterOfHost(clusterHost('big-pg'))).toBe('big-pg');
    expect([clusterOfHost('db.example.net'), clusterOfHost(undefined)]).toEqual([undefined, undefined]);
  });
});

describe('a further database cluster', () => {
  const homeserver = demo({ database: { cluster: 'big-pg' } });

  it('has objects of its own names, since none can move from one cluster to another', () => {
    const { namespace, project, manifests } = databaseFolder(homeserver)!;
    expect({ namespace, project }).toEqual({ namespace: 'cnpg', project: 'databases' });
    expect(manifests.map(({ kind, metadata: { name } }) => `${kind} ${name}`)).toEqual(['DatabaseRole synapse-demo.big-pg', 'Database synapse-demo.big-pg', 'DatabaseRole mas-demo.big-pg', 'Database mas-demo.big-pg']);
    for (const { spec } of manifests) expect(spec).toMatchObject({ cluster: { name: 'big-pg' } });
  });

  it('keeps passwords: a recovered cluster has the same roles', () => {
    expect(databaseSecrets(homeserver)).toEqual(databaseSecrets(demo()));
    expect(databaseFolder(homeserver)!.manifests[0]!['spec']).toMatchObject({ name: 'synapse_demo', passwordSecret: { name: 'synapse-demo' } });
  });

  it('is where the chart looks', () => {
    expect(chartValues(homeserver)).toMatchObject({ postgres: { enabled: false }, synapse: { postgres: { host: 'big-pg-rw.cnpg.svc.cluster.local', database: 'synapse_demo', user: 'synapse_demo' } } });
  });
});

describe('the chart\'s own PostgreSQL', () => {
  const homeserver = demo({ database: { builtIn: true } });

  it('is on, on a volume of ours, and neither service is told of another', () => {
    const values = chartValues(homeserver) as Record<string, Record<string, unknown>>;
    expect(values['postgres']).toMatchObject({ enabled: true, storage: { existingClaim: 'matrix-demo-postgres' }, resources: { limits: { memory: '1Gi' } } });
    expect([values['synapse']!['postgres'], values['matrixAuthenticationService']!['postgres']]).toEqual([undefined, undefined]);
  });

  it('is nobody\'s but the chart\'s: no roles, no databases, no passwords', () => {
    expect(databaseFolder(homeserver)).toBeUndefined();
    expect(databaseSecrets(homeserver)).toEqual([]);
    expect(homeserver.databases.map(({ name, role }) => [name, role])).toEqual([['synapse', 'synapse_user'], ['matrixauthenticationservice', 'matrixauthenticationservice_user']]);
  });

  it('lets Prometheus at its metrics, and only where it is', () => {
    const reach = (of: typeof homeserver) => JSON.stringify(isolationPolicies(of)).includes('9187');
    expect([reach(homeserver), reach(demo())]).toEqual([true, false]);
  });

  it('does not run where the homeserver is stopped', () => {
    expect(chartValues(demo({ database: { builtIn: true }, state: 'stopped' }))).toMatchObject({ postgres: { enabled: false, storage: { existingClaim: 'matrix-demo-postgres' } } });
  });
});

describe('an external server', () => {
  const file = '/etc/fleet/database-ca/ca.crt';

  it('is verified by both services, which have the authority mounted', () => {
    const { synapse, matrixAuthenticationService: mas } = chartValues(demo({ database: { external: server } })) as Record<string, any>;
    for (const service of [synapse, mas]) {
      expect(service).toMatchObject({ postgres: { host: 'db.example.net', port: 5432, sslMode: 'verify-full' }, extraVolumes: [{ configMap: { name: 'database-ca' } }], extraVolumeMounts: [{ mountPath: '/etc/fleet/database-ca' }] });
    }
    expect(synapse.additional['fleet-database.yaml'].config).toBe(`database:\n  args:\n    sslrootcert: ${file}\n`);
    expect(mas.additional['fleet-database.yaml'].config).toBe(`database:\n  ssl_ca_file: ${file}\n`);
  });

  it('is verified by the migration to MAS, too', () => {
    expect(chartValues(demo({ database: { external: server }, mas: { syn2mas: 'dry-run' } }))).toMatchObject({ matrixAuthenticationService: { syn2mas: { extraVolumeMounts: [{ mountPath: '/etc/fleet/database-ca' }] } } });
    expect(chartValues(demo({ database: { external: server }, mas: { syn2mas: 'prepare' } })).matrixAuthenticationService).toEqual({ enabled: false });
  });

  it('takes its authority from an object that is there, by its key', () => {
    const { synapse } = chartValues(demo({ database: { external: { ...server, ca: { kind: 'Secret', name: 'rds' } } } })) as Record<string, any>;
    expect(synapse.extraVolumes).toEqual([{ name: 'database-ca', secret: { secretName: 'rds', items: [{ key: 'ca.crt', path: 'ca.crt' }] } }]);
  });

  it('has passwords of the admin\'s, in a form that Synapse gets through unharmed', () => {
    const [secret, ...further] = databaseSecrets(demo({ name: 'my-demo', database: { external: { ...server, synapse: { user: 'matrix' } } } }));
    expect(further).toEqual([]);
    expect(secret).toMatchObject({ namespace: 'matrix-my-demo', name: 'matrix-my-demo-databases' });
    expect(secret!.keys[0]).toEqual({ key: 'synapse', supplied: 'MATRIX_MY_DEMO_SYNAPSE_DATABASE_PASSWORD', format: 'database-password', what: 'password of the role matrix on db.example.net' });
  });
});
