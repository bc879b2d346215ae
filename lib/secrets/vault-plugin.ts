import type { Manifest } from '../gitops/manifest';
import { keep } from '../gitops/protect';
import { isMap } from '../merge';
import { needsBase64 } from './entry';
import type { SecretKey, SecretSpec } from './secret';

/** Argo CD Vault Plugin, as the admin has set it up in the repo-server. */
export interface VaultPlugin {
  /** Name of the plugin, which Applications ask for. */
  readonly name: string;
  /** Where the entries of the fleet are, e.g. `secret/data/matrix-fleet`. */
  readonly path: string;
}

/**
 * A Secret whose values Argo CD puts in when it renders. Values that are bytes come as `data`, since placeholders take text alone. It
 * has Argo CD's own values, so it is kept when it goes from git.
 */
export function placeholderSecret({ namespace, name, entry = name, type = 'Opaque', labels, registry, keys }: SecretSpec, plugin: VaultPlugin): Manifest {
  const [bytes, text] = registry === undefined ? [keys.filter(needsBase64), keys.filter((key) => !needsBase64(key))] : [[], keys];
  const members = (some: readonly SecretKey[], value: (key: SecretKey) => string) => Object.fromEntries(some.map((key) => [key.key, value(key)]));
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, namespace, ...labels && { labels }, annotations: keep },
    type,
    ...text.length > 0 && { stringData: members(text, (key) => ('literal' in key ? key.literal : registry === undefined ? `<${referenceTo(entry, key, plugin)}>` : loginOf(registry, referenceTo(entry, key, plugin)))) },
    ...bytes.length > 0 && { data: members(bytes, (key) => Buffer.from(`<${referenceTo(entry, key, plugin)} | base64decode>`).toString('base64')) },
  };
}

/** Of a login, the placeholder is only what is secret: an API server takes nothing but JSON there. */
function loginOf(registry: string, reference: string): string {
  return JSON.stringify({ auths: { [registry]: { auth: `<${reference} | base64decode | jsonPath {.auths.*.auth}>` } } });
}

function referenceTo(entry: string, key: SecretKey, { path }: VaultPlugin): string {
  return 'copyOf' in key ? `path:${path}/${key.copyOf.name}#${key.copyOf.key}` : `path:${path}/${entry}#${key.key}`;
}

/** Whether a Secret holds placeholders with a path and nothing else: what it says is no secret. */
export function isPlaceholderSecret(manifest: unknown): boolean {
  if (!isMap(manifest) || manifest['apiVersion'] !== 'v1' || manifest['kind'] !== 'Secret') return false;
  const [text, bytes] = ['stringData', 'data'].map((field) => (isMap(manifest[field]) ? Object.values(manifest[field]) : [])) as [unknown[], unknown[]];
  const all = [...text, ...bytes.map((value) => (typeof value === 'string' ? Buffer.from(value, 'base64').toString() : value))];
  return all.length > 0 && all.every((value) => typeof value === 'string' && placeholder.test(value));
}

const placeholder = /^<path:[^#<>]+#[^#<>]+(?:#[^#<>]+)?>$/;
