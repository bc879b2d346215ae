import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { synthesise } from '../lib/cli/synthesis';

const root = join(__dirname, '..');
const dist = join(root, 'dist');

it('dist/ is what the sources give: the same files, the same bytes', async () => {
  const { tree, findings } = await synthesise(root, root);
  expect(findings).toEqual([]);
  const onDisk = readdirSync(dist, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(dist.length + 1).replaceAll('\\', '/'));
  expect(onDisk.sort()).toEqual([...tree.keys()].sort());
  for (const [path, text] of tree) expect(readFileSync(join(dist, path), 'utf8'), path).toBe(text);
});
