import { describe, expect, it } from 'vitest';
import { hasPath, listAt, pathText, pointerPath, valueAt } from '../../lib/checks/path';

describe('a path', () => {
  it('reads as a user writes it', () => {
    expect(pathText(['rtc', 'tcp'])).toBe('rtc.tcp');
    expect(pathText(['cluster', 'nodes', 0, 'memory'])).toBe('cluster.nodes[0].memory');
    expect(pathText(['values', 'kube-prometheus-stack', 'example.org/a'])).toBe('values.kube-prometheus-stack["example.org/a"]');
    expect(pathText([2, 'name'])).toBe('[2].name');
  });

  it('comes from a JSON pointer, with a number only where there is a list', () => {
    expect(pointerPath('/a/0/b~1c~0d', { a: [{}] })).toEqual(['a', 0, 'b/c~d']);
    expect(pointerPath('/a/0', { a: { 0: 1 } })).toEqual(['a', '0']);
  });

  it('leads to a value, and to nothing that is merely inherited', () => {
    expect(valueAt({ a: [{ b: 1 }] }, ['a', 0, 'b'])).toBe(1);
    expect(valueAt({}, ['constructor', 'name'])).toBeUndefined();
    expect(hasPath({ a: null }, ['a'])).toBe(true);
  });

  it('leads to a list, or to an empty one', () => {
    expect(listAt({ a: [1] }, ['a'])).toEqual([1]);
    expect([listAt({ a: 'text' }, ['a']), listAt(undefined, ['a'])]).toEqual([[], []]);
  });
});
