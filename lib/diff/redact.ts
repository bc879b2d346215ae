import { credentialsIn, isReadable, isSecretName, secretSpans, type Span } from '../checks/credentials';
import { valueAt } from '../checks/path';
import type { Manifest } from '../gitops/manifest';
import { isMap } from '../merge';
import type { Change, FieldChange } from './change';

/** What stands in the place of a secret. */
export const hidden = '(secret)';

/** What stands in the place of a secret that is other than before. */
const hiddenChange = '(secret, changed)';

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
  for (const { secrets } of credentialsIn(manifest)) yield* secrets;
  const contents = manifest.kind === 'Secret' ? [manifest['data'], manifest['stringData']] : manifest.kind === 'SealedSecret' ? [valueAt(manifest, ['spec', 'encryptedData'])] : [];
  for (const content of contents) if (isMap(content)) yield* Object.values(content).map(String);
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

/** A text without secrets: by the keys of the YAML or JSON that it may be, and by whatever else gives one away. */
export function redactText(text: string): string {
  const known = text.includes('\n') || /^\s*[{[]/.test(text) ? mask(text, keyedSpans(text)) : text;
  return mask(known, secretSpans(known).filter(([start, end]) => !known.slice(start, end).includes(hidden)));
}

function mask(text: string, spans: readonly Span[]): string {
  return spans.reduceRight((rest, [start, end]) => `${rest.slice(0, start)}${hidden}${rest.slice(start, end).endsWith('\n') ? '\n' : ''}${rest.slice(end)}`, text);
}

const isSecretKey = (key: string) => isSecretName(key, 'config') || isSecretName(key, 'variable');

/** Where in YAML or JSON the values of secrets' keys stand, be they of several lines. */
function keyedSpans(text: string): readonly Span[] {
  if (!text.split(/[^\w.-]+/).some(isSecretKey)) return [];
  // Loaded for the few texts that name a secret.
  const { isScalar, parseAllDocuments, visit } = require('yaml') as typeof import('yaml');
  const spans: Span[] = [];
  for (const document of parseAllDocuments(text, { logLevel: 'silent' })) {
    visit(document, {
      Pair(_, { key, value }) {
        if (isScalar(key) && isSecretKey(String(key.value)) && isScalar(value) && value.range && isReadable(value.value)) spans.push([value.range[0], value.range[1]]);
      },
    });
  }
  return spans.sort(([a], [b]) => a - b);
}
