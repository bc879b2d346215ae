import { describe, expect, it } from 'vitest';
import { supplied, type Supply } from '../../lib/secrets/supplied';

const files: Record<string, Buffer> = { der: Buffer.from([0, 1, 255]), 'two-lines': Buffer.from('a\nb\n'), line: Buffer.from('value\n'), empty: Buffer.alloc(0) };
const from = (env: Record<string, string>): Supply => ({ env, read: (file) => files[file] ?? fail(file) });
const fail = (file: string): never => {
  throw Object.assign(new Error(file), { code: 'ENOENT' });
};
const key = `ed25519 a_AbCd ${'A'.repeat(43)}`;

describe('a value that only the admin has', () => {
  it('comes from a variable, or from the file that another names', () => {
    expect(supplied('X', 'text', from({ X: 'value' }))).toEqual({ value: Buffer.from('value') });
    expect(supplied('X', 'text', from({ X_FILE: 'line' }))).toEqual({ value: Buffer.from('value') });
    expect(supplied('X', 'bytes', from({ X_FILE: 'der' }))).toEqual({ value: files['der'] });
    expect(supplied('X', 'text', from({}))).toBe('missing');
  });

  it('keeps its form', () => {
    expect(supplied('X', 'signing-key', from({ X: key }))).toEqual({ value: Buffer.from(`${key}\n`) });
    expect(supplied('X', 'hex64', from({ X: 'aB'.repeat(32) }))).toEqual({ value: Buffer.from('aB'.repeat(32)) });
  });

  it.each<[Parameters<typeof supplied>[1], Record<string, string>, string]>([
    ['text', { X: 'a', X_FILE: 'line' }, 'it and X_FILE are both set'],
    ['text', { X_FILE: 'nowhere' }, 'cannot read nowhere (ENOENT)'],
    ['bytes', { X_FILE: 'empty' }, 'empty is empty'],
    ['text', { X_FILE: 'two-lines' }, 'it is more than one line, or has control characters'],
    ['hex64', { X: 'abc' }, 'it is not 64 hexadecimal digits'],
    ['database-password', { X: 'ab$1cdefg' }, 'it is not a letter followed by 7 or more letters, digits, _ and -, which is all that Synapse gets through unharmed'],
    ['database-password', { X: 'short-1' }, 'it is not a letter followed by 7 or more letters, digits, _ and -, which is all that Synapse gets through unharmed'],
    ['database-password', { X: '1234567890' }, 'it is not a letter followed by 7 or more letters, digits, _ and -, which is all that Synapse gets through unharmed'],
    ['database-password', { X: 'a:b#cdefgh' }, 'it is not a letter followed by 7 or more letters, digits, _ and -, which is all that Synapse gets through unharmed'],
    ['signing-key', { X: 'ed25519 0 abc' }, 'a key that begins with "ed25519 0" is a weak one (CVE-2026-24044); sign with a new one'],
    ['signing-key', { X: `${key}\nhello` }, 'a line of it is not "ed25519 VERSION BASE64"'],
  ])('is refused as %s where it is wrong: %j', (format, env, wrong) => {
    expect(supplied('X', format, from(env))).toEqual({ wrong });
  });
});
