import { describe, expect, it } from 'vitest';
import { nest } from '../../lib/output/folder';
import { treeOf } from './scratch';

describe('nest', () => {
  it('puts files into folders', () => {
    const tree = treeOf({ 'a/b/c.yaml': '1', 'a/d.yaml': '2', e: '3' });
    const text = (path: string): string | undefined => tree.get(path);
    expect(nest(tree)).toEqual(new Map<string, unknown>([
      ['a', new Map<string, unknown>([['b', new Map([['c.yaml', text('a/b/c.yaml')]])], ['d.yaml', text('a/d.yaml')]])],
      ['e', text('e')],
    ]));
  });

  it.each([
    '', '/a', 'a/', 'a//b', '.', '..', '../a', 'a/../b', 'a/./b', '.hidden', 'a/.git/config', 'a\\b', 'C:a', '-a', 'a b', 'a\0', 'a\n', 'ä',
  ])('refuses the path %j', (path) => {
    expect(() => nest(treeOf({ [path]: '' }))).toThrow("cannot be a file's path");
  });

  it.each([
    [{ 'a/X.yaml': '', 'a/x.yaml': '' }, 'a/x.yaml and a/X.yaml are one where case does not count'],
    [{ 'a/x.yaml': '', 'A/y.yaml': '' }, 'A and a are one where case does not count'],
    [{ a: '', 'a/b': '' }, 'a is both a file and a folder'],
    [{ 'a/b': '', a: '' }, 'a is both a file and a folder'],
  ])('refuses a tree that no folder can hold: %j', (contents: Record<string, string>, message) => {
    expect(() => nest(treeOf(contents))).toThrow(message);
  });

  it('refuses a file without the header', () => {
    expect(() => nest(new Map([['a', 'text']]))).toThrow('a does not begin with the header');
  });
});
