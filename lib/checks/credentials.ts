import { isMap } from '../merge';
import { type Path, valueAt } from './path';

/** Where a name stands: a key of an object or of chart values; a key in a service's own configuration; a variable, or a setting in a text. */
export type Where = 'object' | 'config' | 'variable';

/** In what names no secret, this is not found: a quick answer for most. */
const hint = /pass|pw|pat|token|secret|key|cred|encryption|pepper/i;

/** The words of `dbPassword`, `DB_PASSWORD` and `db.password`. */
const wordsOf = (name: string): readonly string[] => name.replace(/([a-z\d])(?=[A-Z])/g, '$1_').toLowerCase().split(/[^a-z\d]+/).filter(Boolean);

/** What is said after a name without changing what it names: `API_KEY_PROD`, `TOKEN_2`. */
const suffix = /^(\d+|prod|production|stage|staging|dev|test|old|new|base64|b64)$/;

/** A last word that names a secret by itself. */
const secretWord = /^(pass|pwd|pw|pat|pepper|token|credentials)$|(password|passwd|passphrase|passcode|apikey|authtoken|accesstoken|privatekey)$/;

/** What a key may be that everybody may know, or that opens nothing. What PostHog calls a project's key is for every browser. */
const openKey = /^(public|pub|site|label|annotation|topology|partition|primary|foreign|group|sort|cache|object|routing|project|host)$/;

/** What is called a secret and is the name of one. */
const nameOfSecret = /^(password|token|key|keys|credentials|existing|config|tls|ca|cert|certificate|pull|image|user|admin|repository)$/;

const privateKey = /^(private|api|secret_access|encryption|signing|master|macaroon_secret)$/;

/**
 * Whether a name is that of a secret, by its last word. In an object `key` and `secret` are mostly names of these, so that there, as
 * wherever `camelCase` shows that the words are an object's, they need a word before them that leaves no doubt.
 */
export function isSecretName(name: string, where: Where): boolean {
  if (!hint.test(name) || /^(is|has)[_A-Z]/.test(name)) return false;
  const words = [...wordsOf(name)];
  while (words.length > 1 && suffix.test(words.at(-1)!)) words.pop();
  const [last = '', before = '', further = ''] = words.toReversed();
  const isObject = where === 'object' || /[a-z][A-Z]/.test(name);
  if (last === 'apikey' || (last === 'key' && before === 'api')) return before !== 'project' && further !== 'project';
  if (secretWord.test(last)) return true;
  if (last === 'key') return privateKey.test(before) || privateKey.test(`${further}_${before}`) || (!isObject && (where === 'config' ? before === 'secret' : before !== '' && !openKey.test(before)));
  if (last === 'secret') return isObject ? /^(shared|client)$/.test(before) : !nameOfSecret.test(before);
  return last === 'encryption' && where === 'config' && before === '';
}

/** What is put in later: `$variable`, `$secret:key` or `<path:of a vault>` as a whole, `${variable}` and `$(variable)` and a template's field anywhere. */
const reference = /^<path:[^>]+>$|^\$[A-Za-z_][\w.-]*(:[\w.-]+)?$|\$\{[^}]+\}|\$\([A-Za-z_]\w*\)|\{\{[^"'`]*\}\}/;

/** What is known to everybody: where a secret lies, and a public key or certificate. */
const open = /^(\/[\w.-]+){2,}\/?$|^(ssh-(rsa|ed25519)|ecdsa-sha2-\S+) |^-----BEGIN (PUBLIC KEY|CERTIFICATE)/;

/** Whether the value of a secret's name is the secret itself: neither empty nor a switch nor a reference. */
export const isReadable = (value: unknown): boolean =>
  typeof value === 'number' || (typeof value === 'string' && !/^(|true|false|null)$/.test(value) && !reference.test(value) && !open.test(value));

/** What is a secret whatever it is called, the secret itself in a group: a URL's password, a private key, a header's, and tokens that say of whom they are. */
const byItself: readonly RegExp[] = [
  /[a-z]:\/\/[^\s/?#@:]*:(?<secret>(?![$<{])[^\s/?#@]+)@/dgi,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----(?<secret>[\s\S]*?)(?=-----END|$(?![\s\S]))/dg,
  /authorization["']?[\s:=,]+["']?(?:bearer|basic|token)\s+(?<secret>[\w.~+/=-]+)/dgi,
  /\b(?:bearer|basic)\s+(?<secret>(?=\S*\d)[\w.~+/=-]{16,})/dgi,
  /(?<![\w-])(?<secret>gh[oprsu]_\w{16,}|github_pat_\w{16,}|glpat-[\w-]{16,}|xox[abeoprs]-[\w-]{10,}|(?:AKIA|ASIA)[A-Z\d]{16}|AIza[\w-]{35}|hvs\.[\w-]{20,}|AGE-SECRET-KEY-1\w{20,}|sk_live_\w{16,}|npm_\w{36})/dg,
  /(?<![\w-])(?<secret>syt_\w+_\w{20}_\w{6}|m(?:at|ar|ct|cr)_\w{20,}_\w{6})/dg,
  /(?<![\w-])(?<secret>eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]+)/dg,
];

const quoted = String.raw`"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'`;

/** A name and its value, in the ways of YAML and JSON, of shells and connection strings, of flags, and of configuration like nginx's and SQL's. */
const pairs: readonly RegExp[] = [
  new RegExp(String.raw`(?:^|[{,])[^\S\n]*(?:- )?["']?(?<name>[\w.-]+)["']?[^\S\n]*:[^\S\n]+(?<secret>${quoted}|[^\s"'|>{[&*!#][^\n]*?)(?=\s*(?:,[^\S\n]*)?$|\s*[,}]|\s+#)`, 'dgm'),
  new RegExp(String.raw`["'](?<name>[\w.-]+)["']:(?<secret>${quoted})`, 'dg'),
  new RegExp(String.raw`(?:^|[\s&?;"'])(?<name>[\w.-]+)[^\S\n]*(?<!:)=(?![=~>])[^\S\n]*(?<secret>${quoted}|[^\s"'$\x60(){}[\];&<>,=][^\s"'\x60(){}[\];&<>,]*(?=[\s;&,"']|$))`, 'dgm'),
  new RegExp(String.raw`(?:^|[\s"'])--(?<name>[\w-]+)[^\S\n]+(?<secret>${quoted}|[^\s"'$\x60(){}<>|&;-][^\s"'\x60(){}<>|&;]*)`, 'dgm'),
  new RegExp(String.raw`(?:^|[^\S\n])(?<name>[\w-]+)[^\S\n]+(?<secret>${quoted}|[^\s"'$\x60(){}<>|&;=,:]+(?=;[^\S\n]*$))`, 'dgm'),
];

/** Something of `byItself` in lower case, and what stands between a name and its value: a quick answer for most texts. */
const itself = /:\/\/|-----begin|authorization|bearer|basic|gh[oprsu]_|github_pat_|glpat-|xox|akia|asia|aiza|hvs\.|age-secret|sk_live_|npm_|syt_|m[ac][rt]_|eyj/i;
const between = /[\s:=]/;

/** A part of a text, from its beginning to behind its end. */
export type Span = readonly [start: number, end: number];

/** Where a text gives secrets away, in its order and without overlaps. */
export function secretSpans(text: string): readonly Span[] {
  const found = itself.test(text) ? byItself.flatMap((pattern) => [...text.matchAll(pattern)].map((match): Span => match.indices!.groups!['secret']!)) : [];
  if (between.test(text) && hint.test(text)) {
    for (const match of pairs.flatMap((pattern) => [...text.matchAll(pattern)])) {
      const [start, end] = match.indices!.groups!['secret']!;
      const isQuoted = /["']/.test(text[start]!);
      const span: Span = isQuoted ? [start + 1, end - 1] : [start, end];
      const value = text.slice(...span);
      if (isSecretName(match.groups!['name']!, 'variable') && isReadable(value) && !/^[$`<^]|"\$/.test(value)) found.push(span);
    }
  }
  let behind = -1;
  return found.sort(([a, end], [b, other]) => a - b || other - end).filter(([start, end]) => start >= behind && (behind = end) > 0);
}

/** A member of plain data that gives secrets away. */
export interface Credential {
  readonly path: Path;
  /** The secrets themselves: the member as a whole, or parts of its text. */
  readonly secrets: readonly string[];
}

/** What can be read of secrets in plain data: by its key, by the name or the flag beside it, or by itself. */
export function* credentialsIn(value: unknown, where: Where = 'object'): Generator<Credential> {
  for (const [path, leaf] of leaves(value)) {
    if (isCalledSecret(value, path, where)) {
      if (isReadable(leaf)) yield { path, secrets: [String(leaf)] };
    } else if (typeof leaf === 'string') {
      const spans = secretSpans(leaf);
      if (spans.length > 0) yield { path, secrets: spans.map(([start, end]) => leaf.slice(start, end)) };
    }
  }
}

/** Whether a member of plain data is called a secret by what stands around it. */
function isCalledSecret(value: unknown, path: Path, where: Where): boolean {
  const last = path.at(-1);
  const beside = (step: string | number) => valueAt(value, [...path.slice(0, -1), step]);
  if (typeof last === 'number') return isSecretFlag(beside(last - 1), valueAt(value, path.slice(0, -1)) as readonly unknown[]);
  const isSetting = path.length === 2 && path[0] === 'data' && isMap(value) && value['kind'] === 'ConfigMap';
  const name = last === 'value' ? beside('name') : undefined;
  return isSecretName(last ?? '', isSetting ? 'variable' : where) || (typeof name === 'string' && isSecretName(name, 'variable'));
}

/** Whether what follows in a command is a secret. `-p` means many things, but a password for who says by `-u` who logs in. */
function isSecretFlag(flag: unknown, command: readonly unknown[]): boolean {
  if (flag === '-p') return command.some((word) => typeof word === 'string' && /^(-u|--user(name)?)(=|$)/.test(word));
  return typeof flag === 'string' && flag.startsWith('--') && isSecretName(flag, 'variable');
}

/** A map's and a list's members, all the way down. */
export function* leaves(value: unknown, path: Path = []): Generator<[Path, string | number | boolean | null]> {
  if (Array.isArray(value)) for (const [index, member] of value.entries()) yield* leaves(member, [...path, index]);
  else if (isMap(value)) for (const [key, member] of Object.entries(value)) yield* leaves(member, [...path, key]);
  else if (value !== undefined) yield [path, value as string | number | boolean | null];
}
