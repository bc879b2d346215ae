import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listAt, valueAt } from '../../lib/checks/path';
import { emit } from '../../lib/gitops/emit';
import { databaseSecrets } from '../../lib/homeserver/database';
import { initialiseScript } from '../../lib/homeserver/initialise';
import { HomeserverUnit } from '../../lib/homeserver/unit';
import { findPostgres, Postgres } from '../runbook/postgres';
import { demo, repository } from './example';

const homeserver = demo({ database: { external: { host: 'db.example.net', initialise: {}, synapse: { database: 'matrix' } } } });
const objects = (of = homeserver) => emit(new HomeserverUnit(of, repository)).documents.map(({ manifest }) => manifest);
const job = (of = homeserver) => objects(of).find(({ kind }) => kind === 'Job')!;
const pod = (of = homeserver) => valueAt(job(of), ['spec', 'template', 'spec']);

describe('the Job that makes roles and databases', () => {
  it('is no hook, and has an Application, a project and a namespace of its own', () => {
    expect(job().metadata).toEqual({ name: expect.stringMatching(/^initialise-[0-9a-f]{8}$/), namespace: 'matrix-demo-databases' });
    const named = (kind: string, name: string) => objects().find((one) => one.kind === kind && one.metadata.name === name);
    const [application, project] = [named('Application', 'matrix-demo-databases'), named('AppProject', 'databases-matrix-demo')];
    expect(application).toMatchObject({ spec: { project: 'databases-matrix-demo', destination: { namespace: 'matrix-demo-databases' }, syncPolicy: { retry: { limit: -1 } } } });
    expect(project).toHaveProperty('spec.destinations', [expect.objectContaining({ namespace: 'matrix-demo-databases' })]);
  });

  it('keeps the admin\'s password where the homeserver\'s project does not reach', () => {
    const admin = databaseSecrets(homeserver).find(({ name }) => name === 'admin')!;
    expect(admin).toMatchObject({ namespace: 'matrix-demo-databases', keys: [{ supplied: 'MATRIX_DEMO_DATABASE_ADMIN_PASSWORD' }] });
    const own = objects().find(({ kind, metadata: { name } }) => kind === 'AppProject' && name === 'matrix-demo');
    expect(listAt(own, ['spec', 'destinations'])).toEqual([expect.objectContaining({ namespace: 'matrix-demo' })]);
  });

  it('has an entry in a store for each server and each role that makes the others, though every Secret of it has one name', () => {
    const entry = (external: Record<string, unknown>) => databaseSecrets(demo({ database: { external: { host: 'db.example.net', initialise: {}, ...external } } })).find(({ name }) => name === 'admin')!.entry;
    expect([entry({}), entry({ host: 'DB.example.net.' }), entry({ host: 'other.example.net' }), entry({ port: 5433 }), entry({ initialise: { user: 'root' } })])
      .toEqual(['database-db.example.net-postgres', 'database-db.example.net-postgres', 'database-other.example.net-postgres', 'database-db.example.net-5433-postgres', 'database-db.example.net-root']);
  });

  it('has another name where it does something else, and the same where it does not', () => {
    expect(job().metadata.name).toBe(job().metadata.name);
    expect(job(demo({ database: { external: { host: 'other.example.net', initialise: {} } } })).metadata.name).not.toBe(job().metadata.name);
  });

  it('makes passwords itself, which the homeserver has a copy of', () => {
    const [, synapse, mas, copies] = databaseSecrets(homeserver);
    for (const secret of [synapse, mas]) expect(secret!.keys[1]).toEqual({ key: 'password', random: 'password' });
    expect(copies!.keys.map((key) => 'copyOf' in key && key.copyOf.namespace)).toEqual(['matrix-demo-databases', 'matrix-demo-databases']);
  });

  it('asks for the names that the homeserver has, and for Synapse\'s locale', () => {
    const script = initialiseScript(homeserver.databases);
    expect(script).toContain('CREATE DATABASE "matrix" OWNER "synapse_demo" TEMPLATE template0 ENCODING \'\'UTF8\'\' LC_COLLATE \'\'C\'\' LC_CTYPE \'\'C\'\'');
    // The line that ends the here-document must not be one of its statements.
    expect(script.split('\n').filter((line) => line === 'SQL')).toHaveLength(1);
  });
});

describe('with images from a mirror', () => {
  const mirrored = demo({ images: { registry: 'registry.example.net/mirror', pullSecret: true }, database: { external: { host: 'db.example.net', initialise: {} } } });

  it('the Job takes its image there, too, with the same login in its own namespace', () => {
    expect(pod(mirrored)).toHaveProperty('containers', [expect.objectContaining({ image: expect.stringMatching(/^registry\.example\.net\/mirror\//) })]);
    const logins = databaseSecrets(mirrored).filter(({ type }) => type === 'kubernetes.io/dockerconfigjson');
    expect(logins).toMatchObject([{ namespace: 'matrix-demo-databases' }]);
    expect(pod(mirrored)).toHaveProperty('imagePullSecrets', logins.map(({ name }) => ({ name })));
    expect(pod()).not.toHaveProperty('imagePullSecrets');
  });
});

const bin = findPostgres();

describe.skipIf(bin === undefined)('on a real PostgreSQL', () => {
  let server: Postgres;
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'matrix-fleet-initialise-'));
    chmodSync(folder, 0o755);
    server = new Postgres(bin!, join(folder, 'server'), ['local all cloud trust', 'local all postgres trust', 'local all all scram-sha-256']);
    server.sql('postgres', 'CREATE ROLE cloud LOGIN CREATEROLE CREATEDB');
  });
  afterAll(() => {
    server.stop();
    rmSync(folder, { recursive: true });
  });

  const path = `${bin}${delimiter}${process.env['PATH']}`;
  /** The script once: what it would try again for ever fails instead. */
  const run = (of: typeof homeserver, user: string, password: string) => spawnSync('bash', ['-uc', initialiseScript(of.databases).replace('sleep 15', 'exit 1')], {
    encoding: 'utf8',
    env: { PATH: path, PGHOST: server.folder, PGUSER: user, PGDATABASE: 'postgres', SYNAPSE_PASSWORD: password, MAS_PASSWORD: password },
  });
  const named = (name: string) => demo({ name, database: { external: { host: 'db.example.net', initialise: {} } } });
  const canLogIn = (role: string, database: string, password: string) =>
    spawnSync(join(bin!, 'psql'), ['-XAtc', 'CREATE TABLE IF NOT EXISTS mine ()', '-h', server.folder, '-U', role, '-d', database], { env: { PGPASSWORD: password } }).status === 0;

  it.each(['postgres', 'cloud'])('makes what is missing, as %s, and can be repeated with another password', (user) => {
    const of = named(`by-${user}`);
    for (const password of ['first', 'second']) {
      expect(run(of, user, password)).toMatchObject({ status: 0, stdout: '' });
      expect(canLogIn(`synapse_by_${user}`, `synapse_by_${user}`, password)).toBe(true);
    }
    expect(server.sql('postgres', `SELECT datname, datcollate, datctype, pg_encoding_to_char(encoding), pg_get_userbyid(datdba) FROM pg_database WHERE datname LIKE '%_by_${user}' ORDER BY 1`).split('\n'))
      .toEqual(['mas', 'synapse'].map((service) => `${service}_by_${user}|C|C|UTF8|${service}_by_${user}`));
    expect(canLogIn(`mas_by_${user}`, `synapse_by_${user}`, 'second')).toBe(false);
  });

  it('leaves a database of another locale alone, and says so', () => {
    server.sql('postgres', 'CREATE DATABASE synapse_other');
    const { status, stderr } = run(named('other'), 'cloud', 'first');
    expect(status).toBe(1);
    expect(stderr).toContain('database synapse_other is there already, and not in locale C');
  });
});
