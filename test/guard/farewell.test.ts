import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { estateOf } from '../../lib/guard/estate';
import { estateNow, farewell, farewellOf } from '../../lib/guard/farewell';
import { isEss } from '../../lib/guard/scene';
import { markdown } from '../../lib/runbook/markdown';
import { differenceOf, type Edit, fleetOf } from './scenario';

const roglog = 'instances/roglog.ts';
const places: Readonly<Record<string, object>> = {
  'in a cluster': {},
  'in the chart\'s own PostgreSQL': { origin: 'fresh', database: { builtIn: { size: '5Gi' } } },
  'on another server': { database: { external: { host: 'db.example.net', port: 6432, sslMode: 'verify-full' } }, images: { registry: 'quay.io/example', pullSecret: true } },
  'without MAS': { mas: false },
};

const homeserverOf = async (own: object) => {
  const fleet = await fleetOf({ [roglog]: own });
  return fleet.homeservers.find(({ model }) => model.name === 'roglog')!.model;
};

describe.each(Object.entries(places))('a homeserver that has its databases %s', (_, own) => {
  it.each(['stopped', 'retired'] as const)('%s, has stored what the guard would find in the cluster', async (state) => {
    const edit: Edit = { [roglog]: { ...own, state } };
    const [application] = (await differenceOf({ [roglog]: undefined }, edit)).flatMap((change) => ('manifest' in change && isEss(change.manifest) ? [change.manifest] : []));
    expect(estateNow(await homeserverOf({ ...own, state }))).toEqual(estateOf('roglog', application!));
  });

  it.each(['stopped', 'retired'] as const)('%s, is saved before anything is deleted, by commands that bash can read', async (state) => {
    const sections = farewell(await homeserverOf({ ...own, state }));
    const steps = sections.flatMap((section) => section.steps);
    const order = ['wake-databases', 'last-databases', 'last-media', 'last-keys', 'delete-description', 'delete-rest'];
    const isOwn = 'database' in own && 'builtIn' in (own.database as object);
    expect(steps.map(({ id }) => id).filter((id) => order.includes(id))).toEqual(isOwn ? order : order.slice(1));
    expect(steps.some(({ id }) => id === 'retire')).toBe(isOwn || state === 'stopped');
    for (const { id, shell, text } of steps) {
      expect(`${id}: ${spawnSync('bash', ['-n'], { encoding: 'utf8', input: shell ?? '' }).stderr}`).toBe(`${id}: `);
      expect(text).toMatch(/^[A-Z].*\.$/);
    }
  });
});

it('the page says what stays, and which names and ports come free', async () => {
  const page = markdown(farewellOf(await homeserverOf({ state: 'retired' })));
  expect(page).toContain('# roglog.space is retired');
  expect(page).toContain('volume matrix-roglog-media, databases synapse_roglog and mas_roglog, keys in Secret matrix-roglog-generated');
  expect(page).toContain('`matrix.roglog.space`');
  expect(page).toContain('Close the ports of its calls: `30015/tcp`, `30016/udp`.');
  expect(page).toContain('rm instances/roglog.ts &&\n');
  expect(page).toContain('kubectl delete namespace matrix-roglog &&\n');
  const { file: _, ...rest } = await homeserverOf({ state: 'retired' });
  expect(markdown(farewellOf({ ...rest, file: 'main.ts' }))).not.toContain('rm ');
});
