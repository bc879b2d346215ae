import { runInNewContext } from 'node:vm';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse, type DocumentOptions, type SchemaOptions } from 'yaml';
import { stringify } from '../../lib/output/yaml';

const readers: Record<string, DocumentOptions & SchemaOptions> = {
  'YAML 1.1': { version: '1.1' },
  'YAML 1.1 with merge keys': { version: '1.1', merge: true },
  'YAML 1.2': { version: '1.2', schema: 'core' },
  'YAML 1.2 with merge keys': { version: '1.2', merge: true },
};

/** What every reader makes of the value; fails where two disagree. */
function readBack(value: unknown): unknown {
  const text = stringify(value);
  const [first, ...others] = Object.values(readers).map((options) => parse(text, { ...options, strict: true }) as unknown);
  for (const other of others) expect({ text, value: other }).toEqual({ text, value: first });
  return first;
}

const nastyTexts = [
  // booleans and nothings of 1.1 and 1.2
  'y', 'Y', 'n', 'N', 'yes', 'Yes', 'YES', 'no', 'No', 'NO', 'on', 'On', 'ON', 'off', 'Off', 'OFF', 'true', 'True', 'TRUE',
  'false', 'False', 'FALSE', 'null', 'Null', 'NULL', '~', '', 'tRuE',
  // numbers, times and dates
  '0', '-0', '1', '017', '0o17', '+0o7', '-0o17', '0O17', '0x1F', '0b101', '1e3', '1E3', '1.5e-7', '.5', '5.', '+1', '1_000', '1,000',
  '12:30:45', '190:20:30.15', '.inf', '-.INF', '+.Inf', '.nan', '.NaN', '1.0', '30011', '9007199254740993', '1e400', '0.1', '_1', '1_',
  'E0', 'e10', '-e1', 'e+1', 'e1_0', 'e-x',
  '2001-01-01', '2001-12-14t21:59:43.10-05:00', '2001-12-14 21:59:43.10 -5', '26.8.1', '1.2', '1.2.3', '0777', '08', '1d', '1E',
  // what means something else in YAML
  '=', '<<', '<', '-', '--', '---', '...', '--- a', '... a', '- a', '? a', ': a', ':', '?', 'a:', 'a: b', 'a :b', 'a : b', ':a', 'a:b',
  'a #b', 'a# b', '#', '#a', '%', '%YAML 1.1', '@a', '`a`', '!', '!!str a', '&a', '*a', '|', '|-', '>', '[a]', '{a}', '{a: b}', ',',
  '{{ .V }}',
  `'`, `''`, `'a'`, '"', '"a"', 'it\'s "so"', '\\', '\\n', '^\\d+$',
  `'\\"`, '{"a": "b\'c"}', 'a"b', "a'b", '[', ']', '}', '-a', '--a', '-1', '-.', '--1',
  // blanks and line ends
  ' ', '  ', ' a', 'a ', 'a  b', '\t', '\ta', 'a\t', 'a\tb', '\n', '\n\n', '\na', 'a\n', 'a\n\n', 'a\n\n\n', 'a\nb', 'a\n\nb\n', ' a\nb',
  'a\n b\n', '\ta\nb',
  'a\n \nb', 'a\n\t\nb', 'a\n ', 'a\n\t', 'a \nb', 'a\n\tb', '\n a', ' \na', '\r', 'a\rb', 'a\r\nb', '\r\n', 'a\n# b', '# a\nb', '---\na',
  'a\n---\nb', 'a\n...\n', '%a\nb', '- a\n- b', 'a: b\nc: d\n',
  // what cannot be seen, and what is not ASCII
  '\0', 'a\0b', '\x07', '\x1b[0m', '\x7f', '\x80', '\x85', 'a\x85b', '\xa0', '\xad', '\u200b', '\u202e', '\u2028', 'a\u2029b', '\ufeff',
  '\ufeffa', 'a\ufeff', '\ufffe', '\uffff', '\ufffd',
  'a\n\u2028b', 'a\n\x85b', 'a\n\x7f', '\ue000', '\ud7ff', '\u{10000}', '\u{1f600}', '\u{e0001}', '\u{10ffff}', 'Привет', 'Привет\nмир\n',
  'é', 'e\u0301', '日本', '\u{1f600}\n\u{1f468}\u200d\u{1f469}',
  'x'.repeat(5000), 'word '.repeat(500), `${'Ж'.repeat(300)} : #`,
];

const fragments = [...nastyTexts.filter((text) => text.length < 20), 'a', 'b', ' ', ': ', ' #', '\n', '\n  ', '\t'];
const text = fc.oneof(
  fc.constantFrom(...nastyTexts),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme-ascii' }),
  fc.string({ unit: fc.constantFrom(...fragments), maxLength: 8 }),
);
/** -0 is written as 0, the same number. */
const number = fc.oneof(fc.integer(), fc.maxSafeInteger(), fc.double({ noNaN: true, noDefaultInfinity: true })).map((n) => n + 0);
const { value } = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 4 }, text, number, fc.boolean(), fc.constant(null), tie('list'), tie('map')),
  list: fc.array(tie('value'), { maxLength: 5 }),
  map: fc.dictionary(text.filter((key) => key.length < 150 && key !== '__proto__'), tie('value'), { maxKeys: 5 }),
}));

describe('stringify', () => {
  it.each(nastyTexts)('reads back as the same text: %j', (nasty) => {
    const places = [nasty, [nasty, [nasty], nasty], { a: nasty, b: { c: nasty, d: 1 }, e: [{ f: nasty, g: nasty }], h: nasty }];
    for (const place of places) expect(readBack(place)).toEqual(place);
  });

  it.each(nastyTexts.filter(({ length }) => length < 1000))('reads back as the same key: %j', (nasty) => {
    const places = [{ [nasty]: 1 }, [{ [nasty]: nasty }, { [nasty]: [] }], { a: { [nasty]: { [nasty]: nasty } } }];
    for (const place of places) expect(readBack(place)).toEqual(place);
  });

  it('writes text that a reader takes for text even where nothing is resolved', () => {
    for (const nasty of nastyTexts) expect(parse(stringify([nasty]), { schema: 'failsafe' })).toEqual([nasty]);
  });

  it('reads back as the same value, whatever it is', () => {
    fc.assert(fc.property(value, (any) => void expect(readBack(any)).toEqual(any)), { seed: 1, numRuns: 1500 });
  });

  it.each([
    [0, '0'], [-0, '0'], [8008, '8008'], [-1, '-1'], [0.5, '0.5'], [2 ** 53, '9007199254740992'], [2 ** 60, '1152921504606846976'],
    [-(2 ** 63), '-9223372036854775808'], [1e20, '100000000000000000000'], [1e21, '1.0e+21'], [1.5e300, '1.5e+300'],
    [1e-7, '1.0e-7'], [-2.5e-9, '-2.5e-9'],
  ])('writes the number %d as %s', (number, written) => {
    expect(stringify(number)).toBe(`${written}\n`);
    expect(readBack(number)).toBe(number + 0);
  });

  it.each([
    'matrix.t0rt1k.tech', 'ghcr.io/element-hq/ess-helm', 'https://gitea.example.org:3000/a/b.git', '100m', '1Gi', '1.5Gi', '30s',
    '10.0.0.0/8', 'cert-manager.io/v1', '--config=/etc/a.yaml', '/data', 'Synapse is down, since 5 minutes',
    'sum(rate(requests{job="a"}[5m])) > 0', 'yes, please',
  ])('leaves %s without quotes', (plain) => expect(stringify({ key: plain })).toBe(`key: ${plain}\n`));

  it('quotes what a human might take for a number or a schedule', () => {
    expect(stringify({ port: '30011', version: '26.8.1', cron: '0 0 3 * * *', json: '{"a":1}', invisible: 'a\u200bb\u{e0001}' })).toBe(
      'port: "30011"\nversion: "26.8.1"\ncron: "0 0 3 * * *"\njson: \'{"a":1}\'\ninvisible: "a\\u200bb\\U000e0001"\n',
    );
  });

  it('writes blocks, in the order of the object, without what is undefined', () => {
    const shared = { z: 1 };
    const list = [[1, []], { c: 'x\ny', d: {} }, ' lead\n\nend\n\n'];
    expect(stringify({ b: shared, a: shared, none: undefined, list, empty: { none: undefined } })).toBe(
      [
        'b:', '  z: 1', 'a:', '  z: 1', 'list:', '  - - 1', '    - []', '  - c: |-', '      x', '      y', '    d: {}',
        '  - |2+', '     lead', '', '    end', '',
        'empty: {}', '',
      ].join('\n'),
    );
  });

  it('takes objects of another realm and without a prototype', () => {
    expect(stringify(Object.assign(Object.create(null) as object, { a: 1 }))).toBe('a: 1\n');
    expect(stringify(runInNewContext('({ a: [{ b: 1 }] })'))).toBe('a:\n  - b: 1\n');
  });

  const cycle: Record<string, unknown> = { a: { b: [] } };
  (cycle.a as { b: unknown[] }).b.push(cycle);
  it.each([
    [{ a: { b: [1, undefined] } }, 'a.b[1] is undefined, which YAML cannot say'],
    [undefined, 'the value is undefined, which YAML cannot say'],
    [{ a: () => 1 }, 'a is a function, which YAML cannot say'],
    [{ a: 1n }, 'a is a bigint, which YAML cannot say'],
    [[Symbol('s')], '[0] is a symbol, which YAML cannot say'],
    [{ a: NaN }, "a is NaN, which YAML's readers do not share"],
    [{ a: -Infinity }, "a is -Infinity, which YAML's readers do not share"],
    [{ a: new Date(0) }, 'a is a Date, not plain data'],
    [{ a: new Map([[1, 2]]) }, 'a is a Map, not plain data'],
    [{ a: new (class Volume { size = 1; })() }, 'a is a Volume, not plain data'],
    [cycle, 'a.b[0] contains itself'],
    [{ a: 'x\ud800' }, 'a has half of a surrogate pair, which is no text'],
    [{ 'x\udc00': 1 }, 'x\udc00 has half of a surrogate pair, which is no text'],
    [{ a: { ['k'.repeat(1001)]: 1 } }, 'a has a key longer than 1000 characters'],
  ])('refuses what it cannot write, with its path: case %#', (wrong, message) => {
    expect(() => stringify(wrong)).toThrow(new TypeError(message));
  });
});
