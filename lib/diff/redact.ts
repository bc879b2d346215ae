import { givenAway, isReadable, secretConfigKey, secretLeaves, secretName } from '../checks/readable-secrets';
import { valueAt } from '../checks/path';
import type { Manifest } from '../gitops/manifest';
import { isMap } from '../merge';
import type { Change, FieldChange } from './change';

/** What stands in the place of a secret. */
export const hidden = '(secret)';

/** What stands in the place of a secret that is other than before. */
export const hiddenChange = '(secret, changed)';

/**
 * Takes secrets out of what is shown of a change: everything that the rule `secret-value` would call one, the contents of Secrets and
 * SealedSecrets, and the passwords of URLs. What is one in a place is one wherever it appears in the same change.
 */
export class Redaction {
  private readonly secrets: ReadonlySet<string>;

  constructor(change: Change) {
    const manifests = change.what === 'text' ? [] : change.what === 'changes' ? [change.before, change.after] : [change.manifest];
    this.secrets = new Set(manifests.flatMap((manifest) => [...secretsOf(manifest)]));
  }

  /** A field without its secrets. Values that differ in nothing else say that they do. */
  field({ path, before, after }: FieldChange): FieldChange {
    return { path, ...pair(before, after, (value) => this.value(value)) };
  }

  /** A sentence without secrets: those that are too short to be one are too common a word. */
  sentence(text: string): string {
    return [...this.secrets].filter((secret) => secret.length > 3).reduce((safe, secret) => safe.replaceAll(secret, hidden), redactText(text));
  }

  private value(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((member) => this.value(member));
    if (isMap(value)) return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, this.value(member)]));
    if (value === undefined || value === null) return value;
    if (this.secrets.has(String(value))) return hidden;
    return typeof value === 'string' ? redactText(value) : value;
  }
}

/** Both sides of a text without secrets. */
export function redactTexts(before: string | undefined, after: string | undefined): { readonly before: unknown; readonly after: unknown } {
  return pair(before, after, (text) => (typeof text === 'string' ? redactText(text) : text));
}

function pair(before: unknown, after: unknown, redact: (value: unknown) => unknown): { readonly before: unknown; readonly after: unknown } {
  const [old, now] = [redact(before), redact(after)];
  if (before === undefined || after === undefined || JSON.stringify(old) !== JSON.stringify(now) || JSON.stringify(before) === JSON.stringify(after)) return { before: old, after: now };
  return { before: old, after: typeof now === 'string' ? now.replaceAll(hidden, hiddenChange) : hiddenChange };
}

/** Every value of an object that is a secret by its place. */
function* secretsOf(manifest: Manifest): Generator<string> {
  for (const path of secretLeaves(manifest)) {
    const leaf = valueAt(manifest, path);
    // Of a longer text, what gives a credential away is taken out of its line.
    if (typeof leaf !== 'string' || !leaf.includes('\n')) yield String(leaf);
  }
  const contents = manifest.kind === 'Secret' ? [manifest['data'], manifest['stringData']] : manifest.kind === 'SealedSecret' ? [valueAt(manifest, ['spec', 'encryptedData'])] : [];
  for (const content of contents) if (isMap(content)) yield* Object.values(content).map(String);
  if (manifest.kind === 'ConfigMap' && isMap(manifest['data'])) {
    for (const [key, value] of Object.entries(manifest['data'])) if (secretName.test(key) && isReadable(value)) yield String(value);
  }
  yield* credentialsOf(valueAt(manifest, ['spec', 'source', 'helm', 'valuesObject']));
}

/** Credentials as the ESS chart takes them: a `value` that is no variable's. */
function* credentialsOf(values: unknown): Generator<string> {
  if (Array.isArray(values)) for (const member of values) yield* credentialsOf(member);
  if (!isMap(values)) return;
  const { value, name } = values;
  if (typeof value === 'string' && value !== '' && name === undefined) yield value;
  for (const member of Object.values(values)) yield* credentialsOf(member);
}

/** A line `key: value` or `key = value`, be it JSON, whose key says that the value is a secret. */
const line = /^(\s*(?:- )?(?:export )?["']?([\w.-]+)["']?\s*[:=]\s*)(\S.*?)(,?)$/gm;

const pem = /(-----BEGIN [A-Z ]*PRIVATE KEY-----)[\s\S]*?(?:(?=-----END)|$(?![\s\S]))/g;

const password = /([a-z]:\/\/[^\s/?#@:]*:)(?![$<{])[^\s/?#@]+(?=@)/gi;

/** A text without secrets: by the keys of the YAML or JSON that it may be, else line by line. */
export function redactText(text: string): string {
  const known = text.includes('\n') || /^\s*[{[]/.test(text) ? redactKeys(text) : text;
  return givenAway.test(known) ? known.replace(pem, `$1${hidden}`).replace(password, `$1${hidden}`) : known;
}

function redactKeys(text: string): string {
  if (!text.split(/[^\w-]+/).some((word) => secretConfigKey.test(word) || secretName.test(word))) return text;
  // Loaded for the few texts that name a secret.
  const { isScalar, parseAllDocuments, visit } = require('yaml') as typeof import('yaml');
  const ranges: (readonly [number, number])[] = [];
  const documents = parseAllDocuments(text, { logLevel: 'silent' });
  for (const document of documents) {
    visit(document, {
      Pair(_, { key, value }) {
        const isSecret = isScalar(key) && (secretConfigKey.test(String(key.value)) || secretName.test(String(key.value)));
        if (isSecret && isScalar(value) && value.range && isReadable(value.value)) ranges.push([value.range[0], value.range[1]]);
      },
    });
  }
  const masked = ranges.sort(([a], [b]) => b - a).reduce((rest, [start, end]) => `${rest.slice(0, start)}${hidden}${rest.slice(start, end).endsWith('\n') ? '\n' : ''}${rest.slice(end)}`, text);
  return masked.replace(line, (whole, start: string, key: string, value: string, end: string) =>
    ((secretConfigKey.test(key) || secretName.test(key)) && !value.startsWith(hidden) && isReadable(value.replace(/^["']|["']$/g, '')) ? `${start}${hidden}${end}` : whole));
}
