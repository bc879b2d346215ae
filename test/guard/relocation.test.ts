import { describe, expect, it } from 'vitest';
import { type Edit, guarded } from './scenario';

const demo = (own: object): Edit => ({ 'instances/demo.ts': { name: 'demo', serverName: 'example.org', rtc: { tcp: 30019, udp: 30020 }, ...own } });
const images = { registry: 'quay.io/example', pullSecret: true };
const ca = '-----BEGIN CERTIFICATE-----\nMII=\n-----END CERTIFICATE-----\n';

const places = {
  cluster: {},
  builtIn: { database: { builtIn: true } },
  external: { database: { external: { host: 'db.example.net', port: 5433, sslMode: 'verify-ca', ca, synapse: { user: 'anna' } } }, images },
  initialised: { database: { external: { host: 'rds.example.net', initialise: {} } }, images },
} as const;
type Place = keyof typeof places;

/** Where the programs of PostgreSQL are run, to save and to fill. */
const inPlace = (place: Place) => `kubectl -n ${place === 'cluster' ? 'cnpg' : 'matrix-demo'} exec`;

const all = Object.keys(places) as readonly Place[];

describe.each(all.flatMap((from) => all.filter((to) => to !== from).map((to) => [from, to] as const)))('from %s to %s', (from, to) => {
  const steps = async () => {
    const found = await guarded(demo(places[to]), demo(places[from]));
    expect(found.map(({ rule }) => rule), 'one refusal speaks for all').toEqual(['database-place-changes']);
    return found[0]!.steps!;
  };

  it('saves, restores and compares both databases, in this order', async () => {
    const lines = (await steps()).join('\n').split('\n');
    const at = (words: string, start: string) => lines.findIndex((line) => line.includes(words) && line.replace('(umask 077 && ', '').startsWith(start));
    const order = [at(' pg_dump ', inPlace(from)), at('say the new database again', 'say'), at(' pg_restore ', inPlace(to)), at('| diff ', inPlace(to)), at('it starts', 'take')];
    expect(order.every((index) => index >= 0), lines.join('\n')).toBe(true);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    for (const words of [' pg_dump ', ' pg_restore ', '| diff ']) expect(lines.filter((line) => line.includes(words))).toHaveLength(2);
  });

  it('reaches a server outside as the homeserver does, and nothing else by a pod of its own', async () => {
    const pods = (await steps()).join('\n').split('\n').filter((line) => line.includes('"name":"postgres-client"'));
    expect(pods).toHaveLength([from, to].filter((place) => place === 'external' || place === 'initialised').length);
    if (from !== 'external') return;
    for (const words of ['"PGPORT","value":"5433"', '"PGUSER","value":"anna"', '"PGSSLMODE","value":"verify-ca"', '"PGSSLROOTCERT","value":"/etc/fleet/database-ca/ca.crt"', '"configMap":{"name":"database-ca"}', '"name":"matrix-demo-databases","key":"synapse"', 'quay.io/example/postgresql:', '"imagePullSecrets":[{"name":"matrix-demo-images"}]']) {
      expect(pods[0]).toContain(words);
    }
  });
});

it('what asks for a password is read by the shell as a whole, and what psql asks for stands by itself', async () => {
  const [found] = await guarded(demo(places.external), demo({}));
  const lines = found!.steps!.join('\n').split('\n');
  const asking = lines.filter((line) => line.includes('read -rs'));
  expect(asking).toEqual([expect.stringMatching(/^\(printf .* && kubectl -n matrix-demo delete secret matrix-demo-databases --ignore-not-found && dist\/bootstrap\/secrets\.sh --only matrix-demo\)$/)]);
  expect(lines.filter((line) => line.includes('\\password'))).toEqual(['\\password "anna"', '\\password "mas_demo"']);
});

describe.each(['external', 'vault-plugin'] as const)('with passwords from a store (%s)', (secrets) => {
  const main: Edit = { 'main.ts': { platform: { argocd: { vaultPlugin: { path: 'secret/data/fleet' } }, externalSecrets: { vault: { server: 'https://vault.example.net' } } } } };
  const stored = (own: object) => ({ ...main, ...demo({ ...own, secrets }) });

  it.each([[places.initialised, { database: { external: { host: 'rds2.example.net', initialise: {} } }, images }], [places.external, { images }]])('the store has them before the push, and they are read again after it', async (from, to) => {
    const found = await guarded(stored(to), stored(from));
    expect(found.map(({ rule }) => rule)).toEqual(['database-place-changes']);
    const steps = found[0]!.steps!.join('\n');
    const order = ['pg_dump', 'get secret matrix-demo-databases -o yaml > ~/', 'npm run secrets -- demo', 'Databases of demo in', secrets === 'external' ? 'annotate externalsecret matrix-demo-databases' : 'annotate application matrix-demo-secrets', 'pg_restore'].map((words) => steps.indexOf(words));
    expect(order).not.toContain(-1);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
  });

  it('what goes with the old place is one refusal with the move', async () => {
    expect((await guarded(stored({ ...places.builtIn, images }), stored(places.initialised))).map(({ rule }) => rule)).toEqual(['database-place-changes']);
  });
});

it('accounts are saved from where they are', async () => {
  const [found] = await guarded(demo({ ...places.external, mas: false }), demo(places.external));
  const steps = found!.steps!.join('\n');
  expect(steps).toContain('kubectl -n matrix-demo exec postgres-client -c mas -- pg_dump -Fc mas_demo');
  expect(steps).toContain('delete pod postgres-client');
});
