import { expect, it } from 'vitest';
import { alike, namesText } from '../../lib/report/alike';
import { diffMarkdown } from '../../lib/report/markdown';
import { diffText } from '../../lib/report/text';
import { configMap, viewOfFiles } from './example';

const view = viewOfFiles(['one', 'two', 'three'].map((name) =>
  [`manifests/matrix-${name}-base/x.yaml`, configMap({ x: 1 }, `x-${name}`), configMap({ x: name === 'two' ? 3 : 2 }, `x-${name}`), 'outage', `restarts Synapse of ${name}`] as const));

it('tells once what changes alike but for the name', () => {
  expect(alike(view.owners).map(({ shown, others }) => [shown.name, others])).toEqual([['one', ['three']], ['two', []]]);
  expect(diffText(view, false)).toContain('homeserver one: outage, and the same for three\n');
  expect(diffText(view, false).match(/restarts Synapse/g)).toHaveLength(2);
  const markdown = diffMarkdown(view, []);
  expect(markdown).toContain('- **outage** (homeserver one and 1 more): restarts Synapse of one\n');
  expect(markdown).toContain('<details><summary>homeserver one: outage (1 object)</summary>\n\nThe same for three.\n\n');
});

it('takes a value for the same where it is the same, or is called after whose it is', () => {
  const groups = (value: (name: string) => string) => alike(viewOfFiles(['prod', 'test'].map((name) =>
    [`manifests/matrix-${name}-base/x.yaml`, configMap({ x: 'v1' }, 'x'), configMap({ x: value(name) }, 'x'), 'outage', `restarts Synapse of ${name}`] as const)).owners).length;
  expect(groups(() => 'v2')).toBe(1);
  expect(groups((name) => `matrix-${name}-media`)).toBe(1);
  for (const value of [(name: string) => name, (name: string) => `example/x:${name}`, (name: string) => `${name}.example.org`, (name: string) => `a\n${name}\n`]) expect(groups(value)).toBe(2);
});

it('knows a name from a part of a word', () => {
  const { owners } = viewOfFiles(['a', 'b'].map((name) => [`manifests/matrix-${name}-base/x.yaml`, undefined, configMap({}, 'x'), 'effect', name === 'a' ? 'starts a bar' : 'stbrts b bbr'] as const));
  expect(alike(owners)).toHaveLength(2);
});

it('names the first of many', () => {
  expect(namesText(['a', 'b'])).toBe('a, b');
  expect(namesText(Array.from({ length: 22 }, (_, n) => `${n}`))).toMatch(/, 19 and 2 more$/);
});
