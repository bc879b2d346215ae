import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { filesInArchive } from '../../lib/importer/archive';
import { archiveOf, tarOf } from './server';

const files = {
  'demo/Chart.yaml': 'name: demo\n',
  'demo/values.yaml': 'x'.repeat(700),
  'demo/empty': '',
  'demo/umlaut.txt': 'ä'.repeat(300),
};

test('an archive gives its files', () => {
  expect(Object.fromEntries(filesInArchive(archiveOf(files)))).toEqual(files);
});

test('entries that are no files are passed over, and a long path has a prefix', () => {
  const tar = tarOf({ folder: '', 'demo/values.yaml': 'a: 1' });
  const change = (at: number, text: string, from: number) => {
    tar.write(text, from + at);
    tar.fill(' ', from + 148, from + 156);
    tar.write(`${tar.subarray(from, from + 512).reduce((sum, byte) => sum + byte, 0).toString(8).padStart(6, '0')}\0 `, from + 148);
  };
  change(156, '5', 0);
  change(345, 'charts/sub', 512);
  expect([...filesInArchive(gzipSync(tar)).keys()]).toEqual(['charts/sub/demo/values.yaml']);
});

test.each([
  ['is no gzip', Buffer.from('<html>'), 'cannot be unpacked: incorrect header check'],
  ['ends early', archiveOf(files).subarray(0, -30), 'cannot be unpacked: unexpected end of file'],
  ['has a file that is cut off', gzipSync(tarOf(files).subarray(0, 1800)), 'is cut off'],
  ['has a damaged header', gzipSync(Buffer.concat([Buffer.from('?'), tarOf(files).subarray(1)])), 'is damaged'],
])('an archive that %s is refused', (_what, archive, message) => {
  expect(() => filesInArchive(archive)).toThrow(message);
});
