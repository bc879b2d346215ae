import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';

/** What a path answers: a body, or whatever the function does. */
export type Route = string | Buffer | ((request: IncomingMessage, response: ServerResponse) => void);

export type Routes = Readonly<Record<string, Route>>;

/** Serves routes on a free local port while `use` runs; a path without a route answers 404. */
export async function serving<T>(routes: (origin: string) => Routes, use: (origin: string) => Promise<T>): Promise<T> {
  let table: Routes = {};
  const server = createServer((request, response) => {
    const route = table[new URL(request.url!, 'http://localhost').pathname];
    if (typeof route === 'function') route(request, response);
    else response.writeHead(route === undefined ? 404 : 200).end(route);
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  table = routes(origin);
  try {
    return await use(origin);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** A tar archive of files, gzipped. */
export function archiveOf(files: Readonly<Record<string, string>>): Buffer {
  return gzipSync(tarOf(files));
}

/** A tar archive of files in the ustar format. */
export function tarOf(files: Readonly<Record<string, string>>): Buffer {
  const entries = Object.entries(files).map(([path, text]) => {
    const content = Buffer.from(text);
    const header = Buffer.alloc(512);
    header.write(path, 0);
    header.write(content.length.toString(8).padStart(11, '0'), 124);
    header.write('0', 156);
    header.write('ustar\0', 257);
    header.fill(' ', 148, 156);
    header.write(`${header.reduce((sum, byte) => sum + byte, 0).toString(8).padStart(6, '0')}\0 `, 148);
    return Buffer.concat([header, content, Buffer.alloc((512 - (content.length % 512)) % 512)]);
  });
  return Buffer.concat([...entries, Buffer.alloc(1024)]);
}
