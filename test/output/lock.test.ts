import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { PENDING } from '../../lib/output/folder';
import type { Tree } from '../../lib/output/tree';
import { recover, write } from '../../lib/output/writer';
import { callOf, program } from './program';
import { after, before, done, holding, old, put, snapshot, wanted } from './scratch';

describe('a claim', () => {
  const file = program();

  it('of a living process is respected', () => {
    const dir = holding(before);
    const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)'], { stdio: 'ignore' });
    onTestFinished(() => void child.kill());
    put(dir, { [`${PENDING}/${child.pid}.lock`]: '', [`${PENDING}/new/0`]: 'theirs' });
    const busy = { rule: 'dist-busy', severity: 'error', file: 'dist', path: '', message: `is being written by process ${child.pid}` };
    expect(write(dir, after)).toMatchObject([busy]);
    expect(recover(dir)).toMatchObject([busy]);
    expect(snapshot(dir)).toEqual(old());
    expect(readdirSync(join(dir, PENDING)).sort()).toEqual([`${child.pid}.lock`, 'new']);
  });

  it('of a dead process is swept away', () => {
    const dir = holding(before);
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    put(dir, { [`${PENDING}/${pid}.lock`]: '' });
    expect(write(dir, after)).toEqual(done);
    expect(readdirSync(dir)).not.toContain(PENDING);
  });

  it.runIf(process.platform === 'linux')('of a living process that began when it says is respected, whatever its name', async () => {
    const dir = holding(before);
    const child = spawn(process.execPath, ['-e', 'process.title = ") 1 (x) 2"; console.log(); setTimeout(() => {}, 60_000)']);
    onTestFinished(() => void child.kill());
    await once(child.stdout, 'data');
    const birth = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(' ').at(21 - 52);
    const lock = `${PENDING}/${child.pid}-${birth}.lock`;
    put(dir, { [lock]: '' });
    const fix = `wait until it has ended; if that process is no synth, delete ${lock}`;
    expect(write(dir, after)).toMatchObject([{ rule: 'dist-busy', fix }]);
    expect(snapshot(dir)).toEqual(old());
  });

  it.runIf(process.platform === 'linux').each(['another process', 'this one'])('of a dead process is swept away though %s has its number', (who) => {
    const dir = holding(before);
    put(dir, { [`${PENDING}/${who === 'this one' ? process.pid : process.ppid}-1.lock`]: '' });
    expect(write(dir, after)).toEqual(done);
    expect(readdirSync(dir)).not.toContain(PENDING);
  });

  it('is stronger than another that comes at once: trees never mix', async () => {
    const dir = holding(before);
    const run = (tree: Tree): Promise<unknown> =>
      new Promise((resolve, reject) => {
        const child = spawn(process.execPath, callOf(file, dir, tree));
        let out = '';
        child.stdout.on('data', (data: Buffer) => (out += data.toString()));
        child.on('close', () => resolve(JSON.parse(out))).on('error', reject);
      });
    for (let round = 0; round < 4; round++) {
      for (const result of await Promise.all([run(after), run(before), run(after)])) {
        expect(Array.isArray(result) ? result : [{ rule: 'dist-busy' }]).toMatchObject([{ rule: 'dist-busy' }]);
      }
      expect([old(), wanted()]).toContainEqual(snapshot(dir));
    }
  });
});
