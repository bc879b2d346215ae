import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { synthesise } from '../../lib/cli/synthesis';
import { read } from '../../lib/output/read';
import { renderManifest } from '../../lib/output/render';
import { fixture, root } from '../cli/fleet-folder';

const text = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom('a', 'b', ' ', '  ', ': ', ':', '- ', '"', '\'', '\\', '\n', '#', '|', '{}', '1', '---', '\u2028'), maxLength: 10 }));
const { value } = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 4 }, text, fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 }).map((n) => n + 0), fc.boolean(), fc.constant(null), tie('list'), tie('map')),
  list: fc.array(tie('value'), { maxLength: 4 }),
  map: fc.dictionary(text, tie('value'), { maxKeys: 4 }),
}));
const map = fc.dictionary(text, value, { minKeys: 1, maxKeys: 5 });

it('reads back what is written, or says that it cannot', () => {
  let count = 0;
  fc.assert(fc.property(fc.array(map, { minLength: 1, maxLength: 3 }), (documents) => {
    const back = read(renderManifest(...documents));
    if (back === undefined) return;
    count++;
    expect(back).toEqual(documents.map((document) => ({ ...document })));
  }), { numRuns: 2000 });
  // Only what is hidden behind long escapes is left to another reader.
  expect(count).toBeGreaterThan(1900);
});

it('reads what synth writes as a reader of all of YAML does', async () => {
  const { tree } = await synthesise(fixture, root);
  const files = [...tree].filter(([path]) => path.endsWith('.yaml')).map(([, file]) => file);
  expect(files.length).toBeGreaterThan(80);
  for (const file of files) expect(read(file)).toEqual(parseAllDocuments(file).map((document) => document.toJS()));
});

it.each([
  'a: 1 # b\n', 'a: {b: 1}\n', 'a: 1.50\n', 'a: 9007199254740992\n', 'a: 1\na: 2\n', 'a:\n    b: 1\n', 'a:\n- 1\n', '"a": 1\n', 'a: &b 1\n', 'a: b: c\n', 'a:\n', 'a: "\\x41"\n', 'a: "b\n', 'a: >\n  b\n',
  '<<<<<<< HEAD\na: 1\n', 'a: yes\n', 'a: 1', 'a: 1\n\n', '', '- \n',
])('leaves to others what it would not write: %j', (file) => expect(read(file)).toBeUndefined());
