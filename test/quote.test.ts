import { execFileSync } from 'node:child_process';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { literal, shellWord } from '../lib/quote';

const texts = ['plain', '', 'it\'s', '"two" words', 'C:\\', '$HOME `id` !', 'two\nlines', '\'\\\''];

describe('a quoted text', () => {
  it.each(texts)('is one word of a shell: %j', (text) => {
    expect(execFileSync('sh', ['-c', `printf %s ${shellWord(text)}`], { encoding: 'utf8' })).toBe(text);
  });

  it.each(texts)('is the same text in TypeScript: %j', (text) => {
    expect(runInNewContext(literal(text))).toBe(text);
  });

  it('stands between single quotes where it can', () => {
    expect([literal('a "b"'), literal('it\'s')]).toEqual(['\'a "b"\'', '"it\'s"']);
  });
});
