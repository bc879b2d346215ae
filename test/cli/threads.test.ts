import { execFileSync } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { writeFleet } from '../../bench/fleet';
import { compile } from '../../bin/compile';
import { thread } from '../../bin/launch';
import { helperFor, together } from '../../lib/cli/threads';
import { accept } from '../../lib/cli/accept';
import { partsOf } from '../../lib/cli/part';
import { synthesise } from '../../lib/cli/synthesis';
import { trace } from '../../lib/cli/trace';
import type { Sources } from '../../lib/source/load';
import { homeserver, main } from '../fixtures/fixture';

const root = join(__dirname, '..', '..');
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'helper-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const sources: Sources = {
  main: { file: 'main.ts', value: main },
  instances: ['c', 'a', 'b'].map((name, index) => ({ file: `instances/${name}.ts`, value: homeserver(name, 30010 + 2 * index) })),
  findings: [],
};
const accepted = accept(sources).accepted!;
const fleet = trace(accepted);

/** A second thread that says the same, whatever it is told. */
const stub = (...events: readonly (readonly ['message' | 'error' | 'exit', unknown])[]) => {
  const worker = new EventEmitter();
  return Object.assign(worker, { postMessage: () => setImmediate(() => events.forEach(([event, value]) => worker.emit(event, value))) }) as unknown as Worker;
};

it('what another thread makes is what one makes alone, in the same order', async () => {
  const helper = thread((await compile('lib/cli/main.ts')).code);
  const finish = together(helper, accepted);
  // It has taken all before this one begins.
  const [{ taken }] = await once(helper, 'message') as [{ taken: ReadonlyMap<number, unknown> }];
  expect([...taken.keys()]).toEqual([0, 1, 2]);
  expect(await finish(fleet)).toEqual(partsOf(fleet));
});

it('two threads that made the same object, one that failed, and what cannot be sent to it come to nothing', async () => {
  const seen = new Map();
  partsOf({ ...fleet, homeservers: [] }, () => seen);
  expect(await together(stub(['message', { seen: new Map([...seen].slice(0, 1)) }]), accepted)(fleet)).toBeUndefined();
  expect(await together(stub(['message', { seen: new Map() }]), accepted)(fleet)).toEqual(partsOf(fleet));
  expect(await together(stub(['message', { taken: new Map() }], ['error', new Error('out of memory')]), accepted)(fleet)).toBeUndefined();
  expect(await together(stub(['exit', 1]), accepted)(fleet)).toBeUndefined();

  const helper = thread((await compile('lib/cli/main.ts')).code);
  expect(await together(helper, { ...accepted, main: { ...accepted.main, words: { ...accepted.main.words, options: () => main } } })(fleet)).toBeUndefined();
  await helper.terminate();
});

it('a large fleet gets a second thread, and by two it is what it is by one', async () => {
  const fork = vi.fn<() => Worker>();
  helperFor(99, fork);
  expect(fork).not.toHaveBeenCalled();
  helperFor(100, fork);
  expect(fork).toHaveBeenCalledTimes(availableParallelism() > 1 ? 1 : 0);

  writeFleet(folder, 100, root);
  execFileSync(process.execPath, [join(root, 'bin', 'matrix-fleet.js'), 'synth', '--fleet', folder]);
  const { tree } = await synthesise(folder, root);
  for (const [path, text] of tree) expect(readFileSync(join(folder, 'dist', path), 'utf8'), path).toBe(text);
  expect(tree.size).toBeGreaterThan(1200);
});

it('what a file leaves running is no part of the command while the second thread is waited for', () => {
  writeFleet(folder, 100, root);
  appendFileSync(join(folder, 'instances', 'hs7.ts'), `setTimeout(() => { throw new Error('late'); }); setTimeout(() => process.exit(0)); setInterval(() => console.log('again'), 1); Promise.reject(new Error('lost'));\n`);
  const output = execFileSync(process.execPath, [join(root, 'bin', 'matrix-fleet.js'), 'synth', '-o', 'json', '--fleet', folder], { stdio: 'pipe' });
  expect(JSON.parse(output.toString())).toMatchObject({ dist: { changed: [], unchanged: 0 } });
});

it('what is wrong with a large fleet is said as of a small one', () => {
  writeFleet(folder, 100, root);
  writeFileSync(join(folder, 'instances', 'hs7.ts'), `import { homeserver } from ${JSON.stringify(join(root, 'lib'))};\nexport default homeserver({ name: 'hs7', serverName: 'hs7.example.org', rtc: { tcp: 10000, udp: 10015 } });\n`);
  expect(() => execFileSync(process.execPath, [join(root, 'bin', 'matrix-fleet.js'), 'synth', '--fleet', folder], { stdio: 'pipe' })).toThrow(/10000 is taken/);
});
