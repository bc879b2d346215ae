/**
 * YAML that every parser reads the same way: Go's (yaml.v2, yaml.v3, sigs.k8s.io/yaml), PyYAML, YAML 1.1 and 1.2.
 *
 * What is safe without quotes is a short list of what is known to be text, not a long one of what might be something else;
 * all the rest is quoted. Block style, no folding, no anchors, keys in the order in which they stand in the object.
 */

/**
 * Printable ASCII that starts like a word, a path or a flag: text to everybody. No `: `, no ` #`, and none of the words that YAML 1.1 or
 * 1.2 reads as a boolean or as nothing, nor a power without digits before it, to some a number. One expression: it is asked of every text.
 */
const TEXT = /^(?!(?:y|n|yes|no|on|off|true|false|null|-?e[-+]?[\d_]+)$)(?:[a-z_/]|--?[a-z])(?:[!"$-9;-~]| (?=[!"$-9;-~])|:(?=[!"$-~]))*$/i;

/** What begins with a digit and is still no number, time or date: a quantity or duration (`100m`, `1.5Gi`, `30s`), a network. */
const MEASURE = /^\d+(?:\.\d+)?(?:[KMGTP]i|[kMGTPmshd])$|^\d+(?:\.\d+){3}\/\d+$/;

/** What needs no escape between single quotes. */
const ASCII = /^[ -~]*$/;

/** Controls but tab and line feed, and whatever a reader cannot see or a parser takes for a line break or a byte order mark. */
const HIDDEN =
  /[^\P{Cc}\t\n]|[\xa0\xad\u061c\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\ue000-\uf8ff\ufeff\ufff0-\uffff\u{e0000}-\u{10ffff}]/gu;

/** A line of blanks alone: in a literal block it is easily taken for an empty one. */
const BLANK_LINE = /^[ \t]+$/m;

const LONE_SURROGATE = /[\ud800-\udfff]/u;

/** A key that is written on one line must end within 1024 characters (YAML 1.2.2, 7.4.2). */
const LONGEST_KEY = 1000;

/** Where in the value the emitter is, for messages: keys and indices from the root. */
type Path = (string | number)[];

type Plain = Readonly<Record<string, unknown>>;

/**
 * One YAML document, ending with a line feed, without a `---`.
 *
 * Takes what JSON can say: strings, finite numbers, booleans, null, lists and plain objects. A member that is undefined is left out.
 * @throws TypeError, with the path, for anything else: undefined in a list, NaN, a Date, a class instance, a function, a bigint,
 * a lone surrogate, a cycle, a key longer than 1000 characters.
 */
export function stringify(value: unknown): string {
  const text = node(value, 0, '', [], []);
  // What would stay on the line of its key begins with a blank: a scalar, `{}` and `[]`. To look into any other would copy the whole text.
  const isInline = typeof value !== 'object' || value === null || (text.length <= 3 && text.startsWith(' '));
  return (isInline ? text.slice(1) : text) + '\n';
}

/**
 * What follows `key:` or `-`, without its last line feed; at the root, the document.
 *
 * `start` goes before the first entry of a list or map, the lead of its depth before the others: all that differs between the root, the
 * value of a key (which begins a new line) and the item of a list (which stays on its line).
 */
function node(value: unknown, depth: number, start: string, path: Path, ancestors: object[]): string {
  if (typeof value !== 'object' || value === null) return ' ' + scalar(value, depth, path);
  if (ancestors.includes(value)) throw refusal(path, 'contains itself');
  ancestors.push(value);
  const text = Array.isArray(value) ? list(value, depth, start, path, ancestors) : map(value as Plain, depth, start, path, ancestors);
  ancestors.pop();
  return text;
}

function list(items: readonly unknown[], depth: number, start: string, path: Path, ancestors: object[]): string {
  const lead = leadOf(depth);
  let text = '';
  for (let index = 0; index < items.length; index++) {
    path.push(index);
    text += (index === 0 ? start : lead) + '-' + node(items[index], depth + 1, ' ', path, ancestors);
    path.pop();
  }
  return text || ' []';
}

function map(members: Plain, depth: number, start: string, path: Path, ancestors: object[]): string {
  if (!isPlain(members)) throw refusal(path, `is a ${members.constructor.name}, not plain data`);
  const lead = leadOf(depth);
  const inner = leadOf(depth + 1);
  let text = '';
  for (const name of Object.keys(members)) {
    const member = members[name];
    if (member === undefined) continue;
    path.push(name);
    const isBlock = typeof member === 'object' && member !== null;
    const own = head(name, depth, path)[isBlock ? 'block' : 'line'];
    text += (text === '' && start !== lead ? start + own.slice(lead.length) : own)
      + (isBlock ? node(member, depth + 1, inner, path, ancestors) : scalar(member, depth + 1, path));
    path.pop();
  }
  return text || ' {}';
}

/** An object literal, of whatever realm, or one without a prototype. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** Anything but a list or a map; of the objects, null alone. */
function scalar(value: unknown, depth: number, path: Path): string {
  switch (typeof value) {
    case 'string':
      return isLiteral(value) ? literal(value, depth) : line(value, path);
    case 'number':
      return number(value, path);
    case 'boolean':
    case 'object':
      return String(value);
    case 'undefined':
      throw refusal(path, 'is undefined, which YAML cannot say');
    default:
      throw refusal(path, `is a ${typeof value}, which YAML cannot say`);
  }
}

/** Exact digits for every integer below 1e21; a point in every fraction or power, without which YAML 1.1 reads `1e+21` as text. */
function number(value: number, path: Path): string {
  if (Number.isSafeInteger(value)) return String(value);
  if (!Number.isFinite(value)) throw refusal(path, `is ${value}, which YAML's readers do not share`);
  if (Number.isInteger(value) && Math.abs(value) < 1e21) return String(BigInt(value));
  const text = String(value);
  return text.includes('.') ? text : text.replace('e', '.0e');
}

/** What begins an entry of a map, from its line feed to its colon, and the blank after that where its value stays on the line. */
interface Head {
  readonly block: string;
  readonly line: string;
}

function head(name: string, depth: number, path: Path): Head {
  const known = headsAt(depth);
  let own = known.get(name);
  if (own === undefined) {
    const written = line(name, path);
    if (written.length > LONGEST_KEY) throw refusal(path.slice(0, -1), `has a key longer than ${LONGEST_KEY} characters`);
    own = { block: whole(leadOf(depth), written, ':'), line: whole(leadOf(depth), written, ': ') };
    known.set(name, own);
  }
  return own;
}

/** As one piece of memory: added up, it would stay in pieces for as long as it is kept. */
const whole = (...pieces: readonly string[]) => pieces.join('');

/** By depth, a line feed and the indentation. */
const leads: string[] = [];

/** By depth, how each key begins its entry: a few hundred, over and over again. */
const heads: Map<string, Head>[] = [];

const leadOf = (depth: number): string => (leads[depth] ??= `\n${'  '.repeat(depth)}`);
const headsAt = (depth: number): Map<string, Head> => (heads[depth] ??= new Map());

/** Text on one line: plain if that is safe, else in the quotes that need fewer escapes. */
function line(text: string, path: Path): string {
  if (TEXT.test(text) || MEASURE.test(text)) return text;
  if (LONE_SURROGATE.test(text)) throw refusal(path, 'has half of a surrogate pair, which is no text');
  if (ASCII.test(text) && /["\\]/.test(text)) return `'${text.replaceAll(`'`, `''`)}'`;
  return JSON.stringify(text).replace(HIDDEN, escape);
}

function escape(character: string): string {
  const digits = character.codePointAt(0)!.toString(16);
  return digits.length > 4 ? '\\U' + digits.padStart(8, '0') : '\\u' + digits.padStart(4, '0');
}

/** Whether every parser reads the text back from a literal block: several lines, the first not empty, nothing hidden. */
function isLiteral(text: string): boolean {
  return text.indexOf('\n') > 0 && text.search(HIDDEN) === -1 && !BLANK_LINE.test(text) && !LONE_SURROGATE.test(text);
}

/** `|`, `|-` or `|+` as the text ends with one line feed, none or more; the depth is told where the text itself begins with a blank. */
function literal(text: string, depth: number): string {
  const inner = leadOf(Math.max(depth, 1));
  const indentation = /^[ \t]/.test(text) ? '2' : '';
  const chomping = text.endsWith('\n\n') ? '+' : text.endsWith('\n') ? '' : '-';
  const lines = text.endsWith('\n') ? text.slice(0, -1) : text;
  return `|${indentation}${chomping}${inner}${lines.replace(/\n(?!\n|$)/g, inner)}`;
}

function refusal(path: Path, what: string): TypeError {
  const place = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('').replace(/^\./, '');
  return new TypeError(`${place || 'the value'} ${what}`);
}
