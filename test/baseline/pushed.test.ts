import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { isPushed } from '../../lib/baseline/pushed';

let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'pushed-')); });
afterEach(() => rmSync(folder, { recursive: true }));

const git = (...args: string[]) => spawnSync('git', ['-C', join(folder, 'fleet'), '-c', 'user.name=a', '-c', 'user.email=a@example.org', ...args]);

it('is what a branch of a remote has; without a remote, it may be', () => {
  mkdirSync(join(folder, 'fleet', 'dist'), { recursive: true });
  const say = (text: string) => writeFileSync(join(folder, 'fleet', 'dist', 'a.yaml'), `state: ${text}\n`);
  say('retired');
  git('init', '-q', '-b', 'main');
  const asked = () => isPushed(join(folder, 'fleet'), 'a.yaml', 'state: retired');
  expect(asked()).toBe(true);

  say('running');
  spawnSync('git', ['init', '-q', '--bare', join(folder, 'remote.git')]);
  for (const args of [['add', '-A'], ['commit', '-qm', 'runs'], ['remote', 'add', 'gitea', join(folder, 'remote.git')], ['push', '-q', 'gitea', 'main']]) git(...args);
  say('retired');
  git('commit', '-qam', 'retired');
  expect(asked()).toBe(false);
  git('push', '-q', 'gitea', 'main');
  expect(asked()).toBe(true);
});
