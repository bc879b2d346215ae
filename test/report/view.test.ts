import { describe, expect, it } from 'vitest';
import type { Change } from '../../lib/diff/change';
import { difference } from '../../lib/diff/difference';
import type { Level } from '../../lib/diff/meaning';
import { renderManifest } from '../../lib/output/render';
import { fieldName, viewOf } from '../../lib/report/view';
import { application, configMap, viewOfFiles } from './example';

describe('the summary', () => {
  it.each([
    ['nothing changes', []],
    ['1 homeserver changes; worst: outage', [['manifests/matrix-a-base/x.yaml', configMap(1), configMap(2), 'outage']]],
    ['2 homeservers change, 1 appears, 1 goes; 1 component changes; worst: refused', [
      ['manifests/matrix-a-base/x.yaml', configMap(1, 'a'), configMap(2, 'a'), 'none'],
      ['manifests/matrix-b-base/x.yaml', configMap(1, 'b'), configMap(2, 'b'), 'effect'],
      ['manifests/matrix-c-base/x.yaml', undefined, configMap(2, 'c'), 'action'],
      ['manifests/matrix-d-base/x.yaml', configMap(1, 'd'), undefined, 'outage'],
      ['manifests/postgres/x.yaml', configMap(1, 'e'), configMap(2, 'e'), 'refused'],
    ]],
  ] as const)('%s', (summary, files) => expect(viewOfFiles(files).summary).toBe(summary));
});

it('groups by homeserver and component, the worst first, and within them', () => {
  const view = viewOfFiles([
    ['manifests/matrix-b-base/x.yaml', configMap(1, 'b'), configMap(2, 'b'), 'effect'],
    ['manifests/matrix-b-base/y.yaml', configMap(1, 'c'), configMap(2, 'c'), 'action'],
    ['manifests/matrix-a-base/x.yaml', configMap(1, 'a'), configMap(2, 'a'), 'action'],
    ['manifests/alerts/x.yaml', configMap(1, 'd'), configMap(2, 'd'), 'action'],
    ['manifests/zoo/x.yaml', configMap(1, 'e'), configMap(2, 'e'), 'loss'],
  ]);
  expect(view.owners.map(({ kind, name, worst }) => `${kind} ${name} ${worst}`)).toEqual(['component zoo loss', 'homeserver a action', 'homeserver b action', 'component alerts action']);
  expect(view.owners[2]!.changes.map(({ object, worst }) => `${object} ${worst}`)).toEqual(['ConfigMap n/c action', 'ConfigMap n/b effect']);
});

it('names what the guard calls a loss, also where the object itself is not part of the difference', () => {
  const owner = { kind: 'homeserver', name: 'a' } as const;
  const view = viewOf('HEAD', [], () => [], [{ object: 'Database cnpg/x', owner, loses: 'it goes' }]);
  expect(view).toMatchObject({ summary: '1 homeserver changes; worst: loss', worst: 'loss', owners: [{ worst: 'loss', losses: ['Database cnpg/x: it goes'] }] });
  const meant = viewOf('HEAD', [], () => [], [{ object: 'Database cnpg/x', owner, loses: 'it goes', meant: 'instances/a.ts: intends[0]' }]);
  expect(meant.owners[0]!.losses).toEqual(['Database cnpg/x: it goes (meant: instances/a.ts: intends[0])']);
});

it('says a loss once, in the words of the guard', () => {
  const owner = { kind: 'component', name: 'x' } as const;
  const lost = (before: object | undefined, after: object | undefined, fields: readonly string[], danger: { readonly at?: string; readonly to?: string }, level: Level = 'loss') => {
    const render = (content: object | undefined) => content && renderManifest(content);
    const meaning = (change: Change) => [{ level, text: 'twin', fields: change.what === 'changes' ? change.fields.filter(({ path }) => fields.includes(path.join('.'))) : [] }];
    const { owners } = viewOf('HEAD', difference([{ path: 'manifests/x/x.yaml', before: render(before), after: render(after) }]), meaning, [{ object: 'ConfigMap n/x', owner, loses: 'it goes', ...danger }]);
    return owners.map(({ worst, losses, changes }) => [worst, losses, changes.map((change) => `${change.worst}: ${change.meanings.map(({ text }) => text).join()}`)]);
  };
  const told = [['loss', ['ConfigMap n/x: it goes'], ['loss: ']]];
  const both = [['loss', ['ConfigMap n/x: it goes'], ['loss: twin']]];
  const [one, other] = [configMap({ a: 1, b: 1 }), configMap({ a: 2, b: 3 })];
  expect(lost(one, undefined, [], {})).toEqual(told);
  expect(lost(one, other, ['data.a'], { at: 'data.a' })).toEqual(told);
  expect(lost(one, other, ['data.a'], { at: 'data' })).toEqual(told);
  expect(lost(one, other, ['data.a'], { to: '2' })).toEqual(told);
  expect(lost(one, other, ['data.b'], { at: 'data.a' })).toEqual(both);
  expect(lost(one, other, ['data.b'], { to: '2' })).toEqual(both);
  expect(lost(one, other, ['data.a', 'data.b'], { at: 'data.a' })).toEqual(both);
  expect(lost(one, configMap({ a: 1, b: 1 }, 'y'), [], {})[0]![2]).toContain('loss: twin');
  expect(lost(one, other, ['data.a'], { at: 'data.a' }, 'outage')).toEqual([['loss', ['ConfigMap n/x: it goes'], ['outage: twin']]]);
});

it('shows chart values by their own path, and longer texts by their lines', () => {
  const config = (x: number) => ({ synapse: { replicas: x, additional: { 'a.yaml': { config: `a: 1\nb: ${x}\nc: 1\nd: 1\ne: 1\n` } } } });
  const { owners: [owner] } = viewOfFiles([['argocd/apps/homeservers/matrix-a.yaml', application(config(1)), application(config(2)), 'outage']]);
  expect(owner!.changes[0]!.fields).toEqual([
    { field: 'values: synapse.replicas', before: 1, after: 2 },
    { field: 'values: synapse.additional["a.yaml"].config', lines: ['  a: 1', '- b: 1', '+ b: 2', '  c: 1', '  d: 1', '…'] },
  ]);
  expect(fieldName(['spec', 'sources', '[chart=x]', 'helm', 'valuesObject', 'a', '[name=b]'])).toBe('values of sources[chart=x]: a[name=b]');
  expect(fieldName(['metadata', 'labels', 'example.org/a'])).toBe('metadata.labels["example.org/a"]');
});

it('hides secrets in objects, texts and sentences', () => {
  const view = viewOfFiles([
    ['manifests/matrix-a-base/x.yaml', configMap({ api_token: 'old-value' }), configMap({ api_token: 'new-value' }), 'effect', 'sets new-value'],
    ['bootstrap/argocd/values.yaml', 'a: 1\npassword: old-value\n', 'a: 2\npassword: new-value\n', 'effect'],
    ['bootstrap/argocd/x.txt', 'a https://me:old-value@example.org\n', 'b https://me:new-value@example.org\n', 'effect'],
  ]);
  expect(JSON.stringify(view)).not.toMatch(/old-value|new-value/);
  expect(JSON.stringify(view).match(/\(secret/g)!.length).toBeGreaterThanOrEqual(5);
});
