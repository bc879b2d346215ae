import { posix } from 'node:path';
import type { Manifest } from '../gitops/manifest';
import { isMap } from '../merge';
import { withoutHeader } from '../output/header';
import { read } from '../output/read';
import type { FileChange } from '../output/tree';
import type { Change, Difference, TextChange } from './change';
import { fieldChanges } from './fields';
import { kindOf } from './kind-of';
import { ownerOf } from './owner';

/** What files that differ say about objects. An object that stands in another file of the same folder, or in another order, is the same. */
export function difference(files: readonly FileChange[]): Difference {
  const [before, after] = [new Side(), new Side()];
  const texts: TextChange[] = [];
  for (const { path, ...file } of files) {
    const rest = { before: before.add(path, file.before), after: after.add(path, file.after) };
    if (rest.before !== rest.after) texts.push({ what: 'text', path, owner: ownerOf(path), ...rest });
  }
  const objects = [...new Set([...before.objects.keys(), ...after.objects.keys()])]
    .flatMap((key) => pair(before.objects.get(key) ?? [], after.objects.get(key) ?? []).flatMap(([old, now]) => changeOf(old, now)));
  return [...texts, ...objects].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

/** An object, and the file that it stands in. */
interface Located {
  readonly path: string;
  readonly manifest: Manifest;
}

/** The objects of a side by kind, namespace and name: one each, unless somebody wrote it twice. */
class Side {
  readonly objects = new Map<string, Located[]>();

  /** @returns the text of the file, where it holds no objects */
  add(path: string, text: string | undefined): string | undefined {
    const manifests = text !== undefined && /\.ya?ml$/.test(path) ? manifestsOf(text) : undefined;
    if (manifests === undefined) return text && withoutHeader(text);
    for (const manifest of manifests) {
      const { name, namespace = '' } = manifest.metadata;
      const key = `${kindOf(manifest)} ${namespace}/${name}`;
      this.objects.set(key, [...this.objects.get(key) ?? [], { path, manifest }]);
    }
    return undefined;
  }
}

/** The objects of a file; undefined where it holds anything else, or nothing: somebody has emptied it. */
function manifestsOf(text: string): readonly Manifest[] | undefined {
  const values = read(text) ?? readForeign(text);
  return values && values.length > 0 && values.every(isManifest) ? values : undefined;
}

/** What another version of this program wrote, or somebody's editor. */
function readForeign(text: string): readonly unknown[] | undefined {
  // Loaded when it is needed: mostly, it is not.
  const { parseAllDocuments } = require('yaml') as typeof import('yaml');
  const documents = parseAllDocuments(text, { intAsBigInt: true, logLevel: 'silent' });
  if (!Array.isArray(documents) || documents.some(({ errors }) => errors.length > 0)) return undefined;
  return documents.map((document) => plain(document.toJS()));
}

/** Integers as numbers where these hold all digits, else as text: two that differ must not become one. */
function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (Array.isArray(value)) return value.map(plain);
  return isMap(value) ? Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plain(member)])) : value;
}

function isManifest(value: unknown): value is Manifest {
  return isMap(value) && typeof value['apiVersion'] === 'string' && typeof value['kind'] === 'string' && isMap(value['metadata']) && typeof value['metadata']['name'] === 'string';
}

/** Objects of one name side by side, those in the same file first. */
function pair(before: readonly Located[], after: readonly Located[]): readonly (readonly [Located | undefined, Located | undefined])[] {
  const left = [...before];
  const take = (index: number) => (index < 0 ? undefined : left.splice(index, 1)[0]);
  const stayed = after.map((now) => [take(left.findIndex(({ path }) => path === now.path)), now] as const);
  const paired = stayed.map(([old, now]) => [old ?? take(0), now] as const);
  return [...paired, ...left.map((old) => [old, undefined] as const)];
}

function changeOf(before: Located | undefined, after: Located | undefined): readonly Change[] {
  const { path, manifest } = (after ?? before)!;
  const place = { path, owner: ownerOf(path, manifest) };
  if (before === undefined || after === undefined) return [{ ...place, what: after ? 'appears' : 'goes', manifest }];
  const fields = [...fieldChanges(before.manifest, manifest)];
  const isMoved = posix.dirname(before.path) !== posix.dirname(path);
  return fields.length === 0 && !isMoved ? [] : [{ ...place, what: 'changes', ...isMoved && { from: before.path }, before: before.manifest, after: manifest, fields }];
}
