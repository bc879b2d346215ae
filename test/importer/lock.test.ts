import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { validatorFiles } from '../../lib/importer/files';
import { digestOf, type Lock } from '../../lib/importer/lock';
import { pinnedSources } from '../../lib/importer/sources';

const folder = join(__dirname, '../../imports');
const text = (path: string) => readFileSync(join(folder, path), 'utf8');
const lock = JSON.parse(text('lock.json')) as Lock;
const byHand = new Set(['index.ts', 'plain.ts', 'lock.json']);

describe('imports/', () => {
  test('holds the files that the lock names, to the byte, and no others', () => {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1).replaceAll('\\', '/'))
      .filter((path) => !byHand.has(path));
    expect(Object.fromEntries(files.sort().map((path) => [path, digestOf(text(path))]))).toEqual(lock.files);
  });

  test('is made from the pinned sources', () => {
    const { crds, kubernetes, ess, charts } = pinnedSources;
    expect(lock.sources.map(({ name, version, from }) => ({ name, version, from }))).toEqual([
      ...[...crds, ...kubernetes].map(({ name, version, url }) => ({ name, version, from: url })),
      ...[...ess, ...charts].map(({ name, version, repository }) => ({ name, version, from: `${repository}/${name}` })),
    ]);
    expect(lock.sources.filter(({ from, digest }) => !/^(https|oci):\/\//.test(from) || !/^sha256:[0-9a-f]{64}$/.test(digest))).toEqual([]);
  });

  test('has the verdicts and validators that its schemas compile to', async () => {
    const schemas = Object.keys(lock.files).filter((path) => path.startsWith('schemas/')).map((path) => [path, text(path)] as const);
    const compiled = await validatorFiles(new Map(schemas));
    const digests = Object.entries(lock.files).filter(([path]) => /^(verdicts|validators)\//.test(path));
    expect(Object.fromEntries([...compiled].map(([path, code]) => [path, digestOf(code)]))).toEqual(Object.fromEntries(digests));
  });
});
