import { describe, expect, test } from 'vitest';
import type { Schema } from '../../lib/importer/schema';
import { reference, referred, share } from '../../lib/importer/share';

const limits = { type: 'object', properties: { cpu: { type: 'string' } }, additionalProperties: false };

const holding = (x: Schema): Schema => ({ type: 'object', properties: { x } });

describe('share', () => {
  test('writes an object once, under the name of the property that it was met at', () => {
    const shared = share({ values: { type: 'object', properties: { a: limits, b: limits, 'c-d': { ...limits, minProperties: 1 } } } });
    expect(shared).toEqual({
      values: { type: 'object', properties: { a: { $ref: '#/$defs/A' }, b: { $ref: '#/$defs/A' }, 'c-d': { $ref: '#/$defs/CD' } } },
      A: limits,
      CD: { ...limits, minProperties: 1 },
    });
  });

  test('shares what is inside of what is shared', () => {
    const inner = { type: 'object', properties: { limits } };
    expect(share({ values: { type: 'object', properties: { x: { type: 'array', items: inner }, y: inner } } })).toEqual({
      values: { type: 'object', properties: { x: { type: 'array', items: { $ref: '#/$defs/XItem' } }, y: { $ref: '#/$defs/XItem' } } },
      XItem: { type: 'object', properties: { limits: { $ref: '#/$defs/Limits' } } },
      Limits: limits,
    });
  });

  test('numbers different schemas of one name, and leaves short ones where they are', () => {
    const other = { type: 'object', properties: { memory: { type: 'string' } } };
    const shared = share({ values: { type: 'object', properties: { a: holding(limits), b: holding(other) } } });
    expect(Object.keys(shared)).toEqual(['values', 'A', 'X', 'B', 'X2']);
    expect(shared['X']!.properties).toEqual({ cpu: { type: 'string' } });
  });
});

test('a reference can be read back, whatever the name', () => {
  expect(reference('apps/v1/Deployment').$ref).toBe('#/$defs/apps~1v1~1Deployment');
  for (const name of ['apps/v1/Deployment', 'a~b', 'a~1b/c']) expect(referred(reference(name).$ref!)).toBe(name);
});
