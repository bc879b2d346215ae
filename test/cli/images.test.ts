import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(__dirname, '..', '..');
const images = (...args: string[]) => spawnSync(process.execPath, [join(root, 'bin', 'matrix-fleet.js'), 'images', '--fleet', 'examples/otc', ...args], { cwd: root, encoding: 'utf8' });

it('prints a copy for each image, each once', () => {
  const lines = images('-o', 'skopeo').stdout.trimEnd().split('\n');
  expect(lines).toContain('skopeo copy --all docker://oci.element.io/synapse:v1.159.0 docker://quay.io/opentelekomcloud/synapse:v1.159.0');
  expect(lines.filter((line) => line.includes('/maubot:'))).toHaveLength(1);
  expect(new Set(lines).size).toBe(lines.length);
});

it('lists one homeserver\'s', () => {
  const { images: list } = JSON.parse(images('eco', '-o', 'json').stdout) as { images: readonly { source: string }[] };
  expect(list.map(({ source }) => source).join()).not.toContain('maubot');
  expect(images('ecco')).toMatchObject({ status: 2, stderr: expect.stringContaining('did you mean eco?') });
});
