import { describe, expect, it } from 'vitest';
import { plainData } from '../../lib/checks/plain-data';

const strange = (value: unknown) => plainData(value).notPlain.map(({ path, what }) => `${path.join('.')}: ${what}`);

describe('plain data', () => {
  it('is copied as it is, undefined counting as absent', () => {
    const value = { a: [1, 'b', true, null, { c: 0.5 }], d: undefined };
    expect(plainData(value)).toEqual({ copy: { a: [1, 'b', true, null, { c: 0.5 }] }, notPlain: [] });
    expect(Object.keys(plainData(value).copy as object)).toEqual(['a']);
  });

  it('may hold one object in two places, and no prototype', () => {
    const shared = { a: 1 };
    expect(strange({ b: shared, c: [shared, shared] })).toEqual([]);
    expect(strange(Object.assign(Object.create(null) as object, { a: 1 }))).toEqual([]);
  });

  it.each<[string, unknown, string]>([
    ['a function', { a: () => 1 }, 'a: a function (a)'],
    ['a date', { a: [new Date(0)] }, 'a.0: an instance of Date'],
    ['a map', { a: new Map() }, 'a: an instance of Map'],
    ['not a number', { a: NaN }, 'a: NaN'],
    ['infinity', { a: -Infinity }, 'a: -Infinity'],
    ['a bigint', { a: 5n }, 'a: the bigint 5n'],
    ['a symbol', { a: Symbol('s') }, 'a: Symbol(s)'],
    ['a symbol as a key', { [Symbol('s')]: 1 }, ': a key that is Symbol(s)'],
    ['a getter that throws', { get a(): never { throw new Error('no'); } }, 'a: a getter that throws no'],
    ['a function as the whole', () => 1, ': a function'],
    ['undefined in a list', { a: [1, undefined] }, 'a.1: undefined in a list'],
    ['a hole in a list', { a: Array(1) }, 'a.0: undefined in a list'],
    ['half a character', { a: '\ud800' }, 'a: a text with half a character'],
    ['half a character in a key', { a: { '\udc00': 1 } }, 'a: a key with half a character'],
    ['a key that is every map\'s own', { a: JSON.parse('{"__proto__": {"b": 1}}') }, 'a: a key that is __proto__'],
    ['a key beyond measure', { a: { ['k'.repeat(1001)]: 1 } }, 'a: a key of 1001 characters'],
    ['a proxy that throws', new Proxy({}, { ownKeys: () => { throw new Error('no'); } }), ': a getter that throws no'],
  ])('is not %s', (_, value, expected) => {
    expect(strange(value)).toEqual([expected]);
  });

  it('is 200 deep at most', () => {
    const nested = (depth: number): unknown => (depth === 0 ? 1 : { a: nested(depth - 1) });
    expect(strange(nested(200))).toEqual([]);
    expect(strange(nested(1000))).toEqual([`${Array(201).fill('a').join('.')}: what is nested more than 200 deep`]);
  });

  it('keeps a character of two halves', () => {
    expect(strange({ '🐘': '🐘' })).toEqual([]);
  });

  it('does not contain itself', () => {
    const cycle: Record<string, unknown> = { b: [] };
    (cycle['b'] as unknown[]).push(cycle);
    expect(strange({ a: cycle })).toEqual(['a.b.0: a value that contains itself']);
    const loop: unknown[] = [];
    loop.push(loop);
    expect(strange(loop)).toEqual(['0: a value that contains itself']);
  });
});
