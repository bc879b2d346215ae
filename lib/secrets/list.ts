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

function secretBlock({ namespace, name, type = 'Opaque', labels = {}, keys }: SecretSpec): string {
  let block = `secret ${word(namespace)}/${word(name)} ${type}\n`;
  for (const [label, value] of Object.entries(labels)) block += `label ${word(label)} ${word(value)}\n`;
  for (const key of keys) block += `key ${word(key.key)} ${origin(key)}\n`;
  return block;
}

function origin(key: SecretKey): string {
  if ('literal' in key) return `literal ${word(key.literal)}`;
  if ('random' in key) return `random ${words(key.random)}`;
  if ('copyOf' in key) return `copy ${word(key.copyOf.namespace)}/${word(key.copyOf.name)}/${word(key.copyOf.key)}`;
  return `supplied ${word(key.supplied)} ${key.format ?? 'text'} ${key.optional ? 'optional' : 'required'} ${words(key.what)}`;
}

/** Parted by single blanks. */
function words(text: string): string {
  for (const one of text.split(' ')) word(one);
  return text;
}

/** What parts words, or is in none. */
const NO_WORD = /[\s\p{Cc}]/u;

function word(text: string): string {
  if (text === '' || NO_WORD.test(text)) throw new RangeError(`${JSON.stringify(text)} is not one word, which a list of Secrets needs`);
  return text;
}
