import { describe, expect, it } from 'vitest';
import type { Difference } from '../../lib/diff/change';
import { levels } from '../../lib/diff/meaning';
import { meaningsOf } from '../../lib/diff/meanings';
import { differenceOf, guarded } from '../guard/scenario';
import { scenarios } from './scenarios';

/** Placeholders, and words that come twice. */
const clumsy = /\bnone\b|\bundefined\b|\bnull\b|\[object|\{\w+\}|valuesObject|\b([A-Za-z]+) \1\b|\b1 (?:pods|workers|instances)\b|  /;

interface Told {
  readonly owner: string;
  readonly level: string;
  readonly text: string;
}

const toldOf = (all: Difference): readonly Told[] => all.flatMap((change) => meaningsOf(change, all).map(({ level, text }) => ({ owner: change.owner.name, level, text })));

/** What of a sentence an admin does to a firewall or to DNS records: `open 30015/tcp`, `name a.example.org`. */
function outside({ owner, level, text }: Told): readonly string[] {
  if (level !== 'action' && level !== 'outage') return [];
  const ports = [...text.matchAll(/\b(open|close) (\d+\/\w+)(?: and (\d+\/\w+))?/g)].flatMap(([, verb, ...all]) => all.filter(Boolean).map((port) => `${verb} ${port}`));
  const names = [...text.matchAll(/new DNS names? needed: (\S+(?:, \S+)*)/g)].flatMap(([, all]) => all!.split(', ').map((name) => `name ${name}`));
  const old = [...text.matchAll(/(\S+) is served no more/g)].map(([, name]) => `no ${name}`);
  return [...ports, ...names, ...old].map((act) => `${owner}: ${act}`);
}

const cases = Object.entries(scenarios).flatMap(([name, [before, after]]) => [[name, before, after], [`${name}, and back`, after, before]] as const);

describe.each(cases)('%s', (_, before, after) => {
  it('is told in sentences without placeholders', async () => {
    const told = toldOf(await differenceOf(after, before));
    expect(told).not.toEqual([]);
    expect(told.filter(({ text }) => clumsy.test(text))).toEqual([]);
  });

  it('asks once for each port of the firewall and each DNS record', async () => {
    const acts = toldOf(await differenceOf(after, before)).flatMap(outside);
    expect(acts.filter((act, index) => acts.indexOf(act) !== index)).toEqual([]);
  });

  it('is a loss only if it is refused', async () => {
    const refused = (await guarded(after, before)).length > 0;
    const lost = toldOf(await differenceOf(after, before)).filter(({ level }) => level === 'loss');
    expect(refused ? [] : lost).toEqual([]);
  });
});

/** The worst that is told of a scenario, and the sentences at that level. */
async function worst(name: string, back = false): Promise<readonly string[]> {
  const [before, after] = scenarios[name]!;
  const told = toldOf(await (back ? differenceOf(before, after) : differenceOf(after, before)));
  const level = levels.find((one) => told.some((each) => each.level === one));
  return [...new Set(told.filter((each) => each.level === level).map(({ text }) => `${level}: ${text}`))];
}

it('a homeserver stops and starts as a whole, and loses nothing', async () => {
  expect(await worst('stopped')).toEqual(['outage: stops roglog: what it stores stays: volume, databases, keys, namespace']);
  expect(await worst('stopped', true)).toEqual(['outage: starts roglog again, with what it has stored']);
  expect(await worst('retired')).toEqual(['outage: stops roglog for good: what it stores stays: volume, databases, keys, namespace']);
});

it('one sentence says what is left of a retired homeserver', async () => {
  expect(await worst('deleted after it was retired')).toEqual([
    'action: roglog is gone but for what it stores, which stays until you delete it: Namespace matrix-roglog, PersistentVolumeClaim matrix-roglog/matrix-roglog-media, Database cnpg/mas-roglog, Database cnpg/synapse-roglog',
  ]);
});

it('a new homeserver limits nothing that runs: what is to be done comes first', async () => {
  expect(await worst('a new homeserver')).toEqual([
    'action: new DNS names needed: demo.example.org, matrix.demo.example.org, account.demo.example.org, chat.demo.example.org, admin.demo.example.org, mrtc.demo.example.org → Traefik',
    'action: calls need ports: open 30019/tcp and 30020/udp in the firewall',
    'action: new keys of Secrets (cnpg/synapse-demo, cnpg/mas-demo, matrix-demo/matrix-demo-databases): run dist/bootstrap/secrets.sh --only matrix-demo',
  ]);
});

it('backups that stay for longer are nothing to do about, and those that come back are no loss', async () => {
  expect(await worst('backups for longer')).toEqual(['effect: keeps backups for 60d instead of 30d; the bucket needs the room for it']);
  expect(await worst('backups off', true)).toEqual(['outage: restarts PostgreSQL shared-pg one instance after the other; the homeservers lose it for a moment']);
});

it('media that move from or to NFS are one refusal, whatever of the claim is other', async () => {
  const claim = 'PersistentVolumeClaim matrix-roglog/matrix-roglog-media';
  const [volume, ofClass] = ['the volume matrix-roglog-media', 'a volume of the class fleet-bulk-retain'];
  const keeps = (from: string, to: string) => [`refused: refused by the API server: ${claim} keeps ${from}; what is stored there has to be copied to ${to}`];
  expect(await worst('media on NFS')).toEqual(keeps(ofClass, volume));
  expect(await worst('media on NFS', true)).toEqual(keeps(volume, ofClass));
  expect(await worst('media on NFS and of another size')).toEqual(keeps(ofClass, volume));
  expect(await worst('media on NFS and of another size', true)).toEqual(keeps(volume, ofClass));
  expect(await worst('media elsewhere on NFS')).toEqual(['refused: refused by the API server: PersistentVolume matrix-roglog-media keeps its place, 10.0.0.7:/a; what is stored there has to be copied to 10.0.0.7:/b']);
  expect(await worst('media on NFS of another size')).toEqual([`refused: refused by the API server: ${claim} keeps its size of 10Gi, since no class has made its volume`]);
});

it('who logs in by a provider of identities is told of, whatever becomes of it', async () => {
  expect(await worst('identity providers', true)).toEqual(['loss: cuts users of roglog off from accounts that are linked to zitadel, by which nobody can log in any more']);
  expect(await worst('identity providers of Synapse', true)).toEqual(['loss: cuts users of roglog off from accounts that are linked to zitadel, by which nobody can log in any more']);
  expect(await worst('an identity provider of another name')).toEqual(['loss: cuts users of roglog off from accounts that are linked to a, which is called b now']);
  expect(await worst('an identity provider of another issuer')).toEqual(['loss: gives accounts of roglog that are linked to a to whom https://other.example.org calls what https://id.example.org called their owners']);
  expect(await worst('an identity provider that calls users otherwise')).toEqual(['loss: gives accounts of roglog to whom a calls by their names for the first time, now by {{ user.email }}']);
  const noPasswords = 'outage: takes no passwords any more: who has an account of roglog and no identity provider that knows it cannot log in';
  expect(await worst('no passwords')).toContain(noPasswords);
  expect(await worst('no passwords by raw values')).toContain(noPasswords);
  expect(await worst('no passwords', true)).not.toContain(noPasswords);
  const [before, after] = scenarios['identity providers']!;
  expect(toldOf(await differenceOf(after, before)).map(({ level, text }) => `${level}: ${text}`)).toContain('effect: lets users of roglog log in by zitadel, https://id.example.org');
});

it('accounts move by stages, and no sentence has them elsewhere than they are', async () => {
  const told = async (from: object | false, to: object) => toldOf(await differenceOf({ 'instances/roglog.ts': { mas: to } }, { 'instances/roglog.ts': { mas: from } })).map(({ level, text }) => `${level}: ${text}`);
  const [prepare, dryRun, migrate] = (['prepare', 'dry-run', 'migrate'] as const).map((syn2mas) => ({ syn2mas }));
  const moves = 'action: moves accounts of roglog to Matrix Authentication Service at the next sync by hand, and there is no way back: save its databases before';
  expect(await told(prepare!, dryRun!)).toContain('effect: gets Matrix Authentication Service of roglog ready for a rehearsal of moving accounts: they stay with Synapse');
  expect(await told(dryRun!, migrate!)).toContain(moves);
  expect(await told(migrate!, {})).toContain('effect: moves no accounts of roglog any more: they are with Matrix Authentication Service');
  // Stages that are left out are refused, and told of as what they would do.
  expect(await told(prepare!, migrate!)).toContain(moves);
  expect(await told(dryRun!, {})).toContain('loss: lets Matrix Authentication Service of roglog keep the accounts, which have not moved: nobody can log in, since it does not know them');
});

it('a new name leads to who takes requests: the ingress controller that is there, or the proxy', async () => {
  const named = async (main: object) => toldOf(await differenceOf({ 'main.ts': main, 'instances/roglog.ts': { elementWeb: { host: 'w.roglog.space' } } }, { 'main.ts': main })).map(({ text }) => text).find((text) => text.startsWith('new DNS name'));
  expect(await named({})).toBe('new DNS name needed: w.roglog.space → Traefik; chat.roglog.space is served no more');
  expect(await named({ cluster: { ingress: { controller: 'ingress-nginx' } } })).toBe('new DNS name needed: w.roglog.space → ingress-nginx; chat.roglog.space is served no more');
});

it('base backups that come more rarely are told as what one must know, others as an effect', async () => {
  expect(await worst('backups once a year')).toEqual([expect.stringMatching(/^action: makes base backups by the schedule 0 0 3 1 1 \* instead of 0 0 3 \* \* \*, more rarely/)]);
  expect(await worst('backups once a year', true)).toContain('effect: makes base backups by the schedule 0 0 3 * * * instead of 0 0 3 1 1 *');
});
