import { gunzipSync } from 'node:zlib';
import { SourceError } from './material';

const block = 512;
const fix = 'see whether the package is whole where it comes from';

/**
 * The files of a gzipped tar archive, by path. Only what a chart's package is read for is understood: plain files in the ustar format
 * (POSIX.1-1988); other entries, such as folders and extended headers, are passed over.
 * @throws SourceError for an archive that is cut off or damaged
 */
export function filesInArchive(archive: Uint8Array): ReadonlyMap<string, string> {
  const tar = unzipped(archive);
  const files = new Map<string, string>();
  for (let at = 0; at + block <= tar.length && tar[at] !== 0;) {
    const header = tar.subarray(at, at + block);
    const text = (from: number, length: number) => header.toString('utf8', from, from + length).replace(/\0.*$/s, '');
    const size = Number.parseInt(text(124, 12), 8);
    const isWhole = checksum(header) === Number.parseInt(text(148, 8), 8);
    if (!isWhole || Number.isNaN(size)) throw new SourceError('the archive is damaged', fix);
    const content = tar.subarray(at + block, at + block + size);
    if (content.length < size) throw new SourceError('the archive is cut off', fix);
    const path = [text(345, 155), text(0, 100)].filter((part) => part !== '').join('/');
    if (header[156] === 0 || text(156, 1) === '0') files.set(path, content.toString('utf8'));
    at += block + Math.ceil(size / block) * block;
  }
  return files;
}

function unzipped(archive: Uint8Array): Buffer {
  try {
    return gunzipSync(archive);
  } catch (error) {
    throw new SourceError(`the archive cannot be unpacked: ${(error as Error).message}`, fix);
  }
}

/** The sum of a header's bytes, its own field counted as blanks. */
function checksum(header: Uint8Array): number {
  return header.reduce((sum, byte, at) => sum + (at >= 148 && at < 156 ? 0x20 : byte), 0);
}
