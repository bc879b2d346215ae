import { SecretKey, SecretSpec } from './secret';

/**
 * The list file of some Secrets: what `bootstrap/secrets.sh` reads. It holds names and rules, never a value that is secret.
 * The order of Secrets and keys is kept; a copy's source must stand before the copy, in this list or in the platform's.
 * @throws RangeError - a name or value that is no single word (the format has no quoting): a bug of the caller, not the user's.
 */
export function listFile(specs: readonly SecretSpec[]): string {
  return [header, ...specs.map(secretBlock)].join('\n');
}

const header = `# Read by secrets.sh, which makes what is missing in the cluster and changes nothing else.
#
#   secret NAMESPACE/NAME TYPE        a Secret; the lines up to the next one are its labels and keys
#   label NAME VALUE                  set when the Secret is made
#   key NAME literal VALUE            no secret: it is in this file
#   key NAME random KIND              made in the cluster, once
#   key NAME copy NAMESPACE/NAME/KEY  the same value as an earlier key
#   key NAME supplied VARIABLE FORMAT required|optional WHAT
#                                     only you have it: in the environment variable VARIABLE, or in the file that VARIABLE_FILE names
`;

function secretBlock(spec: SecretSpec): string {
  const labels = Object.entries(spec.labels ?? {}).map(([name, value]) => `label ${word(name)} ${word(value)}\n`);
  const keys = spec.keys.map(key => `key ${word(key.key)} ${origin(key)}\n`);
  return `secret ${word(spec.namespace)}/${word(spec.name)} ${spec.type ?? 'Opaque'}\n${labels.join('')}${keys.join('')}`;
}

function origin(key: SecretKey): string {
  if ('literal' in key) return `literal ${word(key.literal)}`;
  if ('random' in key) return `random ${key.random.split(' ').map(word).join(' ')}`;
  if ('copyOf' in key) return `copy ${[key.copyOf.namespace, key.copyOf.name, key.copyOf.key].map(word).join('/')}`;
  const what = key.what.split(' ').map(word).join(' ');
  return `supplied ${word(key.supplied)} ${key.format ?? 'text'} ${key.optional ? 'optional' : 'required'} ${what}`;
}

/** What parts words, or is in none. */
const NO_WORD = /[\s\p{Cc}]/u;

function word(text: string): string {
  if (text === '' || NO_WORD.test(text)) throw new RangeError(`${JSON.stringify(text)} is not one word, which a list of Secrets needs`);
  return text;
}
