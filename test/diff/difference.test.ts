import { describe, expect, it } from 'vitest';
import { synthesise } from '../../lib/cli/synthesis';
import { difference } from '../../lib/diff/difference';
import { withHeader } from '../../lib/output/header';
import { renderManifest } from '../../lib/output/render';
import { fileChanges, type Tree } from '../../lib/output/tree';
import { fixture, root } from '../cli/fleet-folder';

const object = (kind: string, name: string, more: object = {}) => ({ apiVersion: 'example.org/v1', kind, metadata: { name, namespace: 'n' }, ...more });
const tree = (files: Readonly<Record<string, string | readonly object[]>>): Tree =>
  new Map(Object.entries(files).map(([path, content]) => [path, typeof content === 'string' ? withHeader(content) : renderManifest(...content)]));
const compare = (before: Tree, after: Tree) => difference(fileChanges(before, after));

const a = object('A', 'a', { spec: { x: 1 } });
const b = object('B', 'b');

describe('no change', () => {
  it.each([
    ['another order of keys', tree({ 'f/a.yaml': [a] }), tree({ 'f/a.yaml': [{ spec: { x: 1 }, metadata: { namespace: 'n', name: 'a' }, kind: 'A', apiVersion: 'example.org/v1' }] })],
    ['another order of objects', tree({ 'f/a.yaml': [a, b] }), tree({ 'f/a.yaml': [b, a] })],
    ['another file of the same folder', tree({ 'f/a.yaml': [a, b] }), tree({ 'f/a.yaml': [a], 'f/b.yaml': [b] })],
    ['another file name', tree({ 'f/a.yaml': [a] }), tree({ 'f/x.yaml': [a] })],
    ['another wording of the header', tree({ 'run.sh': '#!/bin/sh\n', 'f/a.yaml': [a] }), new Map([...tree({ 'run.sh': '#!/bin/sh\n', 'f/a.yaml': [a] })].map(([path, text]) => [path, text.replace(/ do not edit.*/, ' another version')]))],
  ])('is %s', (_, before, after) => {
    expect(fileChanges(before, after).length).toBeGreaterThan(0);
    expect(compare(before, after)).toEqual([]);
  });
});

describe('a change', () => {
  it('is told from a coming and a going by kind, namespace and name, whatever the version of the API', () => {
    const changes = compare(tree({ 'f/a.yaml': [a, b] }), tree({ 'f/a.yaml': [{ ...a, apiVersion: 'example.org/v2' }, object('B', 'c')] }));
    expect(changes).toMatchObject([
      { what: 'changes', fields: [{ path: ['apiVersion'], before: 'example.org/v1', after: 'example.org/v2' }] },
      { what: 'goes', manifest: { metadata: { name: 'b' } } },
      { what: 'appears', manifest: { metadata: { name: 'c' } } },
    ]);
  });

  it('from a file that somebody has emptied is told as one of text, since nobody knows what was in it', () => {
    for (const empty of ['', '# nothing\n', '\n']) {
      expect(compare(new Map([['f/a.yaml', empty]]), tree({ 'f/a.yaml': [a] }))).toMatchObject([{ what: 'text', path: 'f/a.yaml', before: empty }, { what: 'appears' }]);
    }
  });

  it('is also a move into another folder, which another Application applies', () => {
    expect(compare(tree({ 'manifests/x/a.yaml': [a] }), tree({ 'manifests/y/a.yaml': [a] }))).toMatchObject([
      { what: 'changes', from: 'manifests/x/a.yaml', path: 'manifests/y/a.yaml', owner: { name: 'y' }, fields: [] },
    ]);
  });

  it('of a text is one of a text', () => {
    expect(compare(tree({ 'run.sh': '#!/bin/sh\na\n', 'values.yaml': 'a: 1\n' }), tree({ 'run.sh': '#!/bin/sh\nb\n', 'values.yaml': 'a: 2\n', 'x.list': 'x' }))).toMatchObject([
      { what: 'text', path: 'run.sh', before: '#!/bin/sh\na\n', after: '#!/bin/sh\nb\n' },
      { what: 'text', path: 'values.yaml', before: 'a: 1\n', after: 'a: 2\n' },
      { what: 'text', path: 'x.list', before: undefined, after: 'x' },
    ]);
  });

  it('of a number is one also where numbers are too large to tell', () => {
    const at = (x: string) => new Map([['a.yaml', withHeader(`apiVersion: v1\nkind: A\nmetadata:\n  name: a\nx: ${x}\n`)]]);
    expect(compare(at('9007199254740993'), at('9007199254740992'))).toHaveLength(1);
  });

  it('of an object that somebody wrote twice is one of each', () => {
    expect(compare(tree({ 'f/a.yaml': [a], 'f/b.yaml': [a] }), tree({ 'f/a.yaml': [{ ...a, x: 1 }] }))).toMatchObject([{ what: 'changes' }, { what: 'goes', path: 'f/b.yaml' }]);
  });

  it('of a file that is no YAML any more is one of a text', () => {
    expect(compare(new Map([['a.yaml', withHeader('a: [')]]), tree({ 'a.yaml': [a] })).map(({ what }) => what).sort()).toEqual(['appears', 'text']);
  });
});

it('a whole tree, object by object: each appears once, and in the order of paths', async () => {
  const whole = new Map([...(await synthesise(fixture, root)).tree].sort(([one], [other]) => (one < other ? -1 : 1)));
  const changes = compare(new Map(), whole);
  expect(changes.map(({ path }) => path)).toEqual([...whole].flatMap(([path, text]) => Array.from({ length: text.split('\n---\n').length }, () => path)));
  expect(changes.filter(({ what }) => what === 'text').map(({ path }) => path).filter((path) => !/\.(sh|list)$/.test(path))).toEqual(['bootstrap/argocd/values.yaml']);
  expect(compare(whole, whole)).toEqual([]);
});
