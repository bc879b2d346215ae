import { withoutHeader } from './header';
import { stringify } from './yaml';

/**
 * What stands in a file of manifests that this program wrote, ten times as quickly as a reader of all of YAML has it. Whether it was read
 * rightly needs no trust: written again, it must be the same text.
 * @returns undefined for any other text
 */
export function read(file: string): readonly unknown[] | undefined {
  const text = withoutHeader(file);
  try {
    const values = text.split(/^---\n/m).map((document) => new Reader(document).read());
    return values.map(stringify).join('---\n') === text ? values : undefined;
  } catch (error) {
    if (error instanceof Foreign) return undefined;
    throw error;
  }
}

/** The text has something that this program does not write. */
class Foreign extends Error {}

/** `key:`, the key plain or in quotes, and what follows on the line. */
const entry = /^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^"'\s].*?):(?: (.*))?$/;

/** Block style, a line at a time. */
class Reader {
  private readonly lines: readonly string[];
  private at = 0;

  constructor(text: string) {
    this.lines = text.replace(/\n$/, '').split('\n');
  }

  read(): unknown {
    const value = this.node(this.lines[0]!, 0);
    if (this.at < this.lines.length) throw new Foreign();
    return value;
  }

  /** The node that begins with the rest of this line; its further lines begin at a column. */
  private node(rest: string, column: number): unknown {
    if (rest.startsWith('- ')) return this.list(rest, column);
    return entry.test(rest) && !isScalar(rest) ? this.map(rest, column) : this.scalar(rest, column || 2);
  }

  private list(first: string, column: number): unknown {
    const items: unknown[] = [];
    for (let rest: string | undefined = first; rest?.startsWith('- '); rest = this.next(column)) items.push(this.node(rest.slice(2), column + 2));
    return items;
  }

  private map(first: string, column: number): unknown {
    const entries: [string, unknown][] = [];
    for (let rest: string | undefined = first; rest !== undefined && !rest.startsWith('- '); rest = this.next(column)) {
      const [, key, value] = entry.exec(rest) ?? [];
      if (key === undefined) throw new Foreign();
      entries.push([String(word(key)), value === undefined ? this.below(column + 2) : this.scalar(value, column + 2)]);
    }
    return Object.fromEntries(entries);
  }

  /** The list or map that begins on the next line. */
  private below(column: number): unknown {
    this.at++;
    const rest = this.next(column);
    if (rest === undefined) throw new Foreign();
    return this.node(rest, column);
  }

  /** The line that is to be read, from a column on; undefined where what began there is over. */
  private next(column: number): string | undefined {
    const line = this.lines[this.at];
    return line === undefined || /[^ ]/.test(line.slice(0, column)) || line[column] === ' ' || line.length <= column ? undefined : line.slice(column);
  }

  /** A value that ends its line, or a literal block on the lines below. */
  private scalar(text: string, column: number): unknown {
    this.at++;
    const [block, chomping] = /^\|2?([-+]?)$/.exec(text) ?? [];
    if (block === undefined) return word(text);
    const start = this.at;
    const indent = ' '.repeat(column);
    while (this.at < this.lines.length && (this.lines[this.at] === '' || this.lines[this.at]!.startsWith(indent))) this.at++;
    return this.lines.slice(start, this.at).map((line) => line.slice(column)).join('\n') + (chomping === '-' ? '' : '\n');
  }
}

/** Whether a line that looks like `key: value` is text in quotes, all of it. */
const isScalar = (text: string): boolean => /^(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')$/.test(text);

/** Anything that is written on one line. */
function word(text: string): unknown {
  switch (text) {
    case 'true': return true;
    case 'false': return false;
    case 'null': return null;
    case '{}': return {};
    case '[]': return [];
  }
  if (text.startsWith('\'')) return text.slice(1, -1).replaceAll('\'\'', '\'');
  if (text.startsWith('"')) return unescaped(text);
  if (!/^-?\d/.test(text) || Number.isNaN(Number(text))) return text;
  const number = Number(text);
  // Integers of more digits than a number holds are for a reader that keeps them.
  if (Number.isInteger(number) && !Number.isSafeInteger(number)) throw new Foreign();
  return number;
}

function unescaped(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Foreign();
  }
}
