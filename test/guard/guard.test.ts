import { describe, expect, it } from 'vitest';
import { guarded } from './scenario';

const roglog = 'instances/roglog.ts';
const shrink = { change: 'volume-shrinks', object: 'PersistentVolumeClaim matrix-roglog/matrix-roglog-media', to: '5Gi' };
const shrunk = { synapse: { media: { size: '5Gi' } } };

describe('an intention', () => {
  it('of a homeserver lets its own change pass', async () => {
    expect(await guarded({ [roglog]: { ...shrunk, intends: [shrink] } })).toEqual([]);
  });

  it('of main.ts lets any change pass', async () => {
    expect(await guarded({ [roglog]: shrunk, 'main.ts': { intends: [shrink] } })).toEqual([]);
  });

  it('of another homeserver lets nothing pass, and is reported', async () => {
    expect(await guarded({ [roglog]: shrunk, 'instances/uretra.ts': { intends: [shrink] } })).toEqual([
      expect.objectContaining({ rule: 'volume-shrinks', file: roglog }),
      expect.objectContaining({ rule: 'intention-used-up', file: 'instances/uretra.ts' }),
    ]);
  });

  it('with another new value lets nothing pass: the refusal says the right line', async () => {
    expect(await guarded({ [roglog]: { ...shrunk, intends: [{ ...shrink, to: '4Gi' }] } })).toEqual([
      expect.objectContaining({ rule: 'volume-shrinks', fix: expect.stringMatching(/^instances\/roglog\.ts: intends\[0\] allows 4Gi, and this is 5Gi; .*to: '5Gi'/) }),
    ]);
  });

  it('of an object that is nearly the right one says which that is', async () => {
    expect(await guarded({ [roglog]: { ...shrunk, intends: [{ ...shrink, object: 'PersistentVolumeClaim matrix-roglog/roglog-media' }] } })).toEqual([
      expect.objectContaining({ rule: 'volume-shrinks' }),
      expect.objectContaining({ rule: 'intention-used-up', fix: `did you mean ${shrink.object}? If not, take the entry away` }),
    ]);
  });

  it('is reported where it stands once the change is in the baseline', async () => {
    const after = { [roglog]: { ...shrunk, intends: [shrink] } };
    expect(await guarded(after, after)).toEqual([
      { rule: 'intention-used-up', severity: 'warning', file: roglog, path: 'intends[0]', message: expect.stringContaining(shrink.object), fix: 'take the entry away' },
    ]);
  });

  it('of no rule is an error, with the rule that it probably is', async () => {
    expect(await guarded({ 'main.ts': { intends: [{ ...shrink, change: 'volume-shrink' }] } })).toEqual([
      expect.objectContaining({ rule: 'intention-unknown', severity: 'error', file: 'main.ts', path: 'intends[0].change', fix: 'did you mean volume-shrinks?' }),
    ]);
  });
});

describe('an intention names the part of the object', () => {
  it.each<[string, object, string]>([
    ['one volume of a database cluster, and not the other of the same size', { platform: { postgres: { size: '40Gi', walSize: '40Gi' } } }, 'at: \'spec.walStorage\''],
    ['one value, and not the other', { platform: { postgres: { walSize: '50Gi' }, monitoring: { values: { loki: { fullnameOverride: 'logs', loki: { nameOverride: 'logs' } } } } } }, 'at: \'fullnameOverride\''],
  ])('%s', async (_, main, at) => {
    const grown = { 'main.ts': { platform: { postgres: { walSize: '50Gi' } } } };
    const before = await guarded({ 'main.ts': main }, grown);
    const fix = before.find((finding) => finding.fix.includes(at))!.fix;
    const entries = [...fix.matchAll(/(\w+): '([^']*)'/g)].map(([, key, value]) => [key!, value!] as const);
    const left = await guarded({ 'main.ts': { ...main, intends: [Object.fromEntries(entries)] } }, grown);
    expect(left).toEqual(before.filter((finding) => finding.fix !== fix));
    expect(left.length).toBe(before.length - 1);
    expect(before.length).toBe(2);
  });

  it('one key of a homeserver, and not the other in the same Secret', async () => {
    const reference = { secret: 'mine', secretKey: 'KEY' };
    const keys = { values: { synapse: { signingKey: reference, macaroon: reference } } };
    const intention = { change: 'key-moves', object: 'Application argocd/matrix-roglog', at: 'synapse.macaroon', to: 'mine/KEY' };
    expect(await guarded({ [roglog]: { ...keys, intends: [intention] } })).toEqual([expect.objectContaining({ rule: 'key-moves', path: 'values.synapse.signingKey' })]);
  });
});

describe('a homeserver that vanishes', () => {
  it('is one refusal, whatever it had, with its own names in every step', async () => {
    const found = await guarded({ [roglog]: undefined });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ rule: 'homeserver-vanishes', file: roglog, path: '', fix: expect.stringContaining('say so in main.ts: intends: [{ change: \'homeserver-vanishes\', object: \'Application argocd/matrix-roglog\' }]') });
    const steps = found[0]!.steps!.join('\n');
    for (const word of ['git checkout "$(git log -1 --format=%h --diff-filter=AM -- instances/roglog.ts)" -- instances/roglog.ts', 'state: \'retired\'', 'pg_dump -Fc synapse_roglog > ~/matrix-roglog-synapse.dump)', 'pg_dump -Fc mas_roglog > ~/matrix-roglog-mas.dump)', 'kubectl delete namespace matrix-roglog', 'database,databaserole synapse-roglog mas-roglog', 'matrix-roglog-generated']) {
      expect(steps).toContain(word);
    }
  });

  it('and comes back under another name was renamed: one refusal, too', async () => {
    expect(await guarded({ [roglog]: { name: 'wiki' } })).toEqual([
      expect.objectContaining({ rule: 'homeserver-renamed', file: roglog, path: 'name', message: expect.stringContaining('roglog.space was roglog and would start again as wiki') }),
    ]);
  });
});

it('backups that are switched off are one refusal, with every reason', async () => {
  const found = await guarded({ 'main.ts': { platform: { backups: false } } });
  expect(found).toHaveLength(1);
  expect(found[0]!.message).toMatch(/write-ahead log is archived no more.*ScheduledBackup cnpg\/shared-pg goes|ScheduledBackup cnpg\/shared-pg goes.*write-ahead log is archived no more/);
});

it('MAS that is switched off is one refusal: its database and role go with it', async () => {
  expect((await guarded({ [roglog]: { mas: false } })).map(({ rule }) => rule)).toEqual(['accounts-move']);
});
