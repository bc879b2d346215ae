import { stripVTControlCharacters } from 'node:util';
import { expect, it } from 'vitest';
import { diffMarkdown } from '../../lib/report/markdown';
import { diffText, valueTexts } from '../../lib/report/text';
import { application, configMap, viewOfFiles } from './example';

it('says the summary, then each owner, object, meaning and field', () => {
  const view = viewOfFiles([
    ['argocd/apps/homeservers/matrix-a.yaml', application({ x: 1, y: 'a b', z: { q: true } }), application({ x: 2, y: ' a', w: [] }), 'outage', 'restarts Synapse of a'],
    ['manifests/matrix-a-base/x.yaml', undefined, configMap({}), 'effect'],
    ['bootstrap/secrets.sh', '#!/bin/sh\na\n', '#!/bin/sh\nb\n', 'none'],
  ]);
  expect(diffText(view, false)).toBe(`1 homeserver changes; 1 component changes; worst: outage (compared with HEAD)

homeserver a: outage
  ~ Application argocd/matrix-a
      outage   restarts Synapse of a
      values: x  1 → 2
      values: y  a b → " a"
      values: z.q  - true
      values: w  + []
  + ConfigMap n/x
      effect   means effect

component secrets: none
  ~ dist/bootstrap/secrets.sh
      none     means none
          #!/bin/sh
        - a
        + b
`);
});

it('cuts what is long where it differs', () => {
  const field = (before: string, after: string) => valueTexts({ field: 'x', before, after });
  const long = 'a'.repeat(500);
  expect(field(`${long}1${long}`, `${long}2${long}`)).toEqual({ before: `…${'a'.repeat(40)}1${'a'.repeat(119)}… (1001 characters)`, after: `…${'a'.repeat(40)}2${'a'.repeat(119)}… (1001 characters)` });
  expect(field(`${long}1`, `${long}`)).toEqual({ before: `…${'a'.repeat(40)}1 (501 characters)`, after: `…${'a'.repeat(40)} (500 characters)` });
  expect(field('1', `2${long}`)).toEqual({ before: '1', after: `2${'a'.repeat(159)}… (501 characters)` });
  const files = [['manifests/matrix-a-base/x.yaml', configMap({ x: `${long}1` }), configMap({ x: `${long}2` }), 'effect']] as const;
  for (const text of [diffText(viewOfFiles(files), false), diffMarkdown(viewOfFiles(files), [])]) expect(text).toMatch(/a1 \(501 characters\)[^]*a2 \(501 characters\)/);
});

it('says that there is nothing to say', () => expect(diffText(viewOfFiles([]), false)).toBe('nothing changes (compared with HEAD)\n'));

it('is coloured where it may be, and nowhere else; what is in it cannot steer the terminal', () => {
  const view = viewOfFiles([['manifests/matrix-a-base/x.yaml', configMap({ a: 'x' }), configMap({ a: '\x1b[2J\u202e' }), 'loss', 'is\x1b[31m']]);
  expect(diffText(view, true)).toContain('\x1b[31mloss\x1b[0m');
  expect(stripVTControlCharacters(diffText(view, true))).toBe(diffText(view, false));
  expect(diffText(view, false)).toContain('"\\u001b[2J\\u202e"');
  expect(diffText(view, false)).not.toMatch(/[^\P{C}\n]/u);
});
