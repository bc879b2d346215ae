import { describe, expect, it } from 'vitest';
import { databaseFolder, databaseSecrets } from '../../lib/homeserver/database';
import { demo } from './example';

const homeserver = demo();
const [role, database] = databaseFolder(homeserver)!.manifests;

describe('a database', () => {
  it('belongs to the role of the same name, which is an object of its own', () => {
    expect(role).toMatchObject({ kind: 'DatabaseRole', spec: { name: 'synapse_demo', login: true, connectionLimit: 15, passwordSecret: { name: 'synapse-demo' } } });
    expect(database).toMatchObject({ kind: 'Database', spec: { name: 'synapse_demo', owner: 'synapse_demo' } });
  });

  it('has the one locale that Synapse takes', () => {
    expect(database!['spec']).toMatchObject({ encoding: 'UTF8', localeCollate: 'C', localeCType: 'C', template: 'template0' });
  });
});

describe('the Secrets of the databases', () => {
  const [synapse, mas, copies] = databaseSecrets(homeserver);

  it('hold a role\'s password where CloudNativePG reads it, and reloads it', () => {
    for (const secret of [synapse, mas]) expect(secret).toMatchObject({ namespace: 'cnpg', type: 'kubernetes.io/basic-auth', labels: { 'cnpg.io/reload': 'true' } });
    expect(synapse!.keys[0]).toEqual({ key: 'username', literal: 'synapse_demo' });
  });

  it('hold the same value where the homeserver reads it', () => {
    expect(copies).toMatchObject({ namespace: 'matrix-demo', name: 'matrix-demo-databases' });
    expect(copies!.keys).toEqual([
      { key: 'synapse', copyOf: { namespace: 'cnpg', name: 'synapse-demo', key: 'password' } },
      { key: 'mas', copyOf: { namespace: 'cnpg', name: 'mas-demo', key: 'password' } },
    ]);
  });
});
