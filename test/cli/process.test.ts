import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';

const root = join(__dirname, '..', '..');

/** Runs a program that has the process to itself, and does something with it beside. */
function program(text: string) {
  const folder = mkdtempSync(join(tmpdir(), 'program-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'main.ts');
  writeFileSync(file, `import { ownProcess } from ${JSON.stringify(join(root, 'lib/cli/process'))};
export async function main() {
  const { out, err, end, stall } = ownProcess();
  const tick = () => new Promise((resolve) => setTimeout(resolve, 20));
  ${text}
}
`);
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'bin/launch.js'), file], { encoding: 'utf8', maxBuffer: Infinity });
  return { status, stdout, stderr };
}

it('nobody else writes to the output, ends the process, or breaks it off', () => {
  expect(program(`
    setTimeout(() => { console.log('printed'); process.exit(0); });
    setTimeout(() => { throw new Error('late'); });
    void Promise.reject(new Error('lost'));
    await tick();
    out('said');
    err('warned');
    setTimeout(() => { process.stdout.write('after the end'); process.exit(0); });
    await end(2);
  `)).toEqual({ status: 2, stdout: 'said', stderr: 'printed\nwarned' });
});

it('all that was said gets out', () => {
  const { status, stdout } = program(`out('x'.repeat(3_000_000)); await end(0);`);
  expect({ status, length: stdout.length }).toEqual({ status: 0, length: 3_000_000 });
});

it('a bug ends it; that nothing is left to wait for is one, too, with what was thrown where nobody caught it', () => {
  const never = 'await Promise.race([new Promise(() => undefined), stall]);';
  expect(program(never)).toMatchObject({ status: 70, stderr: expect.stringContaining('the command has come to no end') });
  expect(program(`setInterval(() => undefined, 1); throw new Error('a bug');`)).toMatchObject({ status: 70, stderr: expect.stringMatching(/a bug[^]*main\.ts:5/) });
  expect(program(`setTimeout(() => { throw new Error('thrown'); }); ${never}`)).toMatchObject({ status: 70, stderr: expect.stringMatching(/thrown[^]*main\.ts:5/) });
});

it('a bug is told, if need be without the lines of its sources, and ends it whatever still runs', () => {
  const spoilt = `(Object.prototype as Record<string, unknown>)['strange'] = 1;`;
  expect(program(`setInterval(() => undefined, 1); ${spoilt} throw new Error('a bug');`)).toMatchObject({ status: 70, stderr: expect.stringMatching(/a bug[^]*program\.js:\d/) });
  expect(program(`const error = new Error('a bug'); Reflect.deleteProperty(error, 'stack'); throw error;`)).toMatchObject({ status: 70, stderr: expect.stringContaining('a bug') });
});
