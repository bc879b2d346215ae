import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as library from '../../lib/index';
import { compileSources } from '../../lib/source/load';

const root = join(__dirname, '..', '..');
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fleet-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function load(files: Record<string, string>) {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  return (await compileSources(folder, root)).run(library);
}

const main = `export default { cluster: 'here' };`;

describe('the sources', () => {
  it('are main.ts and every file under instances/, in the order of their names', async () => {
    const sources = await load({ 'main.ts': main, 'instances/b.ts': 'export default 2;', 'instances/a.ts': 'export default 1;', 'instances/more/c.ts': 'export default 3;' });
    expect(sources.findings).toEqual([]);
    expect(sources.main?.value).toEqual({ cluster: 'here' });
    expect(sources.instances).toEqual([
      { file: 'instances/a.ts', value: 1 },
      { file: 'instances/b.ts', value: 2 },
      { file: 'instances/more/c.ts', value: 3 },
    ]);
  });

  it('are no declarations, no tests and no hidden files', async () => {
    const sources = await load({ 'main.ts': main, 'instances/a.d.ts': '', 'instances/a.test.ts': 'throw 1', 'instances/.a.ts': 'throw 1', 'instances/a.txt': '' });
    expect(sources.instances).toEqual([]);
  });

  it('need no homeserver', async () => {
    expect(await load({ 'main.ts': main })).toMatchObject({ findings: [], instances: [] });
  });

  it('may import each other, and the project\'s lib without a second copy of it', async () => {
    const sources = await load({
      'main.ts': main,
      'shared.ts': 'export const domain = "example.org";',
      'instances/a.ts': `import * as lib from ${JSON.stringify(join(root, 'lib'))};\nimport { domain } from '../shared';\nexport default { lib: lib.homeserver, domain };`,
    });
    expect(sources.instances[0]!.value).toEqual({ lib: library.homeserver, domain: 'example.org' });
  });
});

describe('a file that fails', () => {
  it('hides no other, whatever is wrong with it', async () => {
    const sources = await load({
      'main.ts': main,
      'instances/good.ts': 'export default 1;',
      'instances/none.ts': 'export const x = 1;',
      'instances/syntax.ts': 'export default {\n  name: ,\n};',
      'instances/throws.ts': '\nconst nothing = undefined as any;\nexport default nothing.name;',
      'instances/missing.ts': 'import { x } from "./nowhere";\nexport default x;',
    });
    expect(sources.instances).toEqual([{ file: 'instances/good.ts', value: 1 }]);
    expect(sources.findings.map(({ rule, file, message }) => [rule, file, message]).sort()).toEqual([
      ['no-default-export', 'instances/none.ts', 'it has no default export'],
      ['source-does-not-compile', 'instances/missing.ts', 'line 1: Could not resolve "./nowhere"'],
      ['source-does-not-compile', 'instances/syntax.ts', 'line 2: Unexpected ","'],
      ['source-throws', 'instances/throws.ts', expect.stringMatching(/^line 3: it throws TypeError: Cannot read properties of undefined/)],
    ]);
  });

  it('is said of a module that others import, too, and takes only those along', async () => {
    const sources = await load({ 'main.ts': main, 'shared.ts': 'export const = 1;', 'instances/a.ts': 'import "../shared";\nexport default 1;', 'instances/b.ts': 'export default 2;' });
    expect(sources.findings).toMatchObject([{ rule: 'source-does-not-compile', file: 'shared.ts' }]);
    expect(sources.instances).toEqual([{ file: 'instances/b.ts', value: 2 }]);
  });

  it('may throw what is hard to print', async () => {
    const { findings } = await load({ 'main.ts': main, 'instances/a.ts': 'throw Object.assign(new Error(), { message: 5 });', 'instances/b.ts': 'throw Object.create(null);' });
    expect(findings.map(({ rule }) => rule)).toEqual(['source-throws', 'source-throws']);
  });

  it('is said of an ending that is not read', async () => {
    expect((await load({ 'main.ts': main, 'instances/a.tsx': 'export default 1;', 'instances/notes.md': '' })).findings).toMatchObject([{ rule: 'instance-not-read', file: 'instances/a.tsx' }]);
  });

  it('is said of a folder that is none', async () => {
    expect((await load({ 'main.ts': main, instances: '' })).findings).toMatchObject([{ rule: 'instances-not-readable', file: 'instances' }]);
  });

  it('is told which import is missing', async () => {
    const { findings } = await load({ 'main.ts': 'export default fleet({});', 'instances/a.ts': 'export default homeserver({});' });
    expect(findings.map(({ fix }) => fix)).toEqual(["import { fleet } from './lib'", "import { homeserver } from '../lib'"]);
  });

  it('may throw what is no Error', async () => {
    expect((await load({ 'main.ts': main, 'instances/a.ts': 'throw "no";' })).findings).toMatchObject([{ rule: 'source-throws', message: 'it throws no' }]);
  });
});

it('says that there is no main.ts', async () => {
  expect((await load({ 'instances/a.ts': 'export default 1;' })).findings).toMatchObject([{ rule: 'main-missing', file: 'main.ts' }]);
});
