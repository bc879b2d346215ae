import type { SuppliedFormat } from './secret';

/** What the shell around gives: variables, and the files that some of them name. */
export interface Supply {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** @throws where the file cannot be read */
  readonly read: (file: string) => Uint8Array;
}

/** A value that only the admin has, or why there is none: nothing was said, or what was said is wrong. */
export type Supplied = { readonly value: Uint8Array } | { readonly wrong: string } | 'missing';

/** Reads `VARIABLE`, or the file that `VARIABLE_FILE` names, by the same rules as `bootstrap/secrets.sh`. */
export function supplied(variable: string, format: SuppliedFormat, { env, read }: Supply): Supplied {
  const file = env[`${variable}_FILE`];
  const text = env[variable];
  if (!text && !file) return 'missing';
  if (text && file) return { wrong: `it and ${variable}_FILE are both set` };
  let bytes: Uint8Array;
  try {
    bytes = file ? read(file) : Buffer.from(text!);
  } catch (error) {
    return { wrong: `cannot read ${file} (${(error as NodeJS.ErrnoException).code})` };
  }
  if (bytes.length === 0) return { wrong: `${file} is empty` };
  if (format === 'bytes') return { value: bytes };
  // As a shell's $(<file) does, which drops the newlines at the end.
  const trimmed = Buffer.from(bytes).toString('utf8').replace(/\n+$/, '');
  const wrong = objection(format, trimmed);
  return wrong === undefined ? { value: Buffer.from(format === 'signing-key' ? `${trimmed}\n` : trimmed) } : { wrong };
}

/** What is wrong with a value, which would never be overwritten. */
function objection(format: SuppliedFormat, text: string): string | undefined {
  switch (format) {
    case 'text':
      return text === '' ? 'it is empty' : /\p{Cc}/u.test(text) ? 'it is more than one line, or has control characters' : undefined;
    case 'hex64':
      return /^[0-9A-Fa-f]{64}$/.test(text) ? undefined : 'it is not 64 hexadecimal digits';
    case 'database-password':
      return /^[A-Za-z][A-Za-z0-9_-]{7,}$/.test(text) ? undefined : 'it is not a letter followed by 7 or more letters, digits, _ and -, which is all that Synapse gets through unharmed';
    case 'signing-key':
      if (text.startsWith('ed25519 0')) return 'a key that begins with "ed25519 0" is a weak one (CVE-2026-24044); sign with a new one';
      return text.split('\n').every((line) => /^ed25519 [A-Za-z0-9_]+ [A-Za-z0-9+/]{43}=?$/.test(line)) ? undefined : 'a line of it is not "ed25519 VERSION BASE64"';
    case 'bytes':
      return undefined;
  }
}
