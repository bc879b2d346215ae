import { describe, expect, it } from 'vitest';
import { emit } from '../../lib/gitops/emit';
import { databaseSecrets } from '../../lib/homeserver/database';
import { initialiseScript } from '../../lib/homeserver/initialise';
import { HomeserverUnit } from '../../lib/homeserver/unit';
import { demo, repository } from './example';

const homeserver = demo({ database: { external: { host: 'db.example.net', initialise: {}, synapse: { database: 'matrix' } } } });
const objects = (of = homeserver) => emit(new HomeserverUnit(of, repository)).documents.map(({ manifest }) => manifest);
const job = (of = homeserver) => objects(of).find(({ kind }) => kind === 'Job') as any;

describe('the Job that makes roles and databases', () => {
  it('is no hook, and has an Application, a project and a namespace of its own', () => {
    expect(job().metadata).toEqual({ name: expect.stringMatching(/^initialise-[0-9a-f]{8}$/), namespace: 'matrix-demo-databases' });
    const named = (kind: string, name: string) => objects().find((one) => one.kind === kind && one.metadata.name === name) as any;
    const [application, project] = [named('Application', 'matrix-demo-databases'), named('AppProject', 'databases-matrix-demo')];
    expect(application.spec).toMatchObject({ project: 'databases-matrix-demo', destination: { namespace: 'matrix-demo-databases' }, syncPolicy: { retry: { limit: -1 } } });
    expect(project.spec.destinations).toEqual([expect.objectContaining({ namespace: 'matrix-demo-databases' })]);
  });

  it('keeps the admin\'s password where the homeserver\'s project does not reach', () => {
    const admin = databaseSecrets(homeserver).find(({ name }) => name === 'admin')!;
    expect(admin).toMatchObject({ namespace: 'matrix-demo-databases', keys: [{ supplied: 'MATRIX_DEMO_DATABASE_ADMIN_PASSWORD' }] });
    const own = objects().find(({ kind, metadata: { name } }) => kind === 'AppProject' && name === 'matrix-demo') as any;
    expect(own.spec.destinations.map(({ namespace }: { namespace: string }) => namespace)).toEqual(['matrix-demo']);
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
    const { containers, imagePullSecrets } = job(mirrored).spec.template.spec;
    expect(containers[0].image).toMatch(/^registry\.example\.net\/mirror\//);
    expect(databaseSecrets(mirrored).filter(({ type }) => type === 'kubernetes.io/dockerconfigjson')).toMatchObject([{ namespace: 'matrix-demo-databases', name: imagePullSecrets[0].name }]);
    expect(job().spec.template.spec).not.toHaveProperty('imagePullSecrets');
  });
});
