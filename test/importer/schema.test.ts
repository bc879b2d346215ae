import { describe, expect, test } from 'vitest';
import { canonical, withoutProse } from '../../lib/importer/schema';

describe('withoutProse', () => {
  test('drops prose and keeps properties that bear its names', () => {
    const schema = {
      title: 'A title',
      description: 'prose',
      properties: { description: { type: 'string', description: 'prose', examples: ['x'] }, title: { type: 'string' } },
      items: { externalDocs: { url: 'https://example.org' }, example: 1, anyOf: [{ $comment: 'prose', type: 'string' }] },
    };
    expect(withoutProse(schema)).toEqual({
      properties: { description: { type: 'string' }, title: { type: 'string' } },
      items: { anyOf: [{ type: 'string' }] },
    });
  });
});

describe('canonical', () => {
  test('gives equal schemas equal bytes, whatever their order', () => {
    const one = { properties: { b: { type: 'string', minLength: 1 }, a: {} }, type: 'object' };
    const other = { type: 'object', properties: { a: {}, b: { minLength: 1, type: 'string' } } };
    expect(JSON.stringify(canonical(one))).toBe(JSON.stringify(canonical(other)));
  });

  test('keeps no keyword that does not validate', () => {
    expect(canonical({ $schema: 'x', $id: 'file://x', default: 1, format: 'int64', minium: 0, minimum: 0 })).toEqual({ minimum: 0 });
  });

  const otherwise = ['^(?i)(abort|warn)?$', '^[[:alpha:]]+$', String.raw`\Aabc\z`, '(unbalanced'];
  test.each(otherwise)('drops the pattern %s, which JavaScript reads otherwise', (pattern) => {
    expect(canonical({ type: 'string', pattern })).toEqual({ type: 'string' });
  });

  test.each(['^[a-z0-9]([-a-z0-9]*[a-z0-9])?$', '^(?:a|b)$'])('keeps the pattern %s', (pattern) => {
    expect(canonical({ type: 'string', pattern })).toEqual({ type: 'string', pattern });
  });
});
