import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Baseline } from '../../lib/baseline/baseline';
import { baseline, type BaselineOptions } from '../../lib/baseline/choose';
import { committed } from '../../lib/baseline/committed';
import type { Finding } from '../../lib/finding';
import { renderScript } from '../../lib/output/render';
import type { Tree } from '../../lib/output/tree';
import { after, before, holding, put, scratch, snapshot, treeOf } from '../output/scratch';
import { Repository } from './repository';

const inDist = (tree: Tree) => Object.fromEntries([...tree].map(([path, text]) => [`dist/${path}`, text]));

/** The baseline of a folder, which must have one. */
async function found(folder: string, options?: BaselineOptions): Promise<Baseline> {
  const found = await baseline(folder, options);
  expect(found).not.toHaveProperty('rule');
  return found as Baseline;
}

/** What a mistake is answered with. */
async function mistake(folder: string, options?: BaselineOptions): Promise<Finding> {
  const found = await baseline(folder, options);
  expect(found).toMatchObject({ rule: 'baseline', severity: 'error', fix: expect.stringMatching(/./) });
  return found as Finding;
}

const old = treeOf({ 'a.yaml': 'a: 1', 'b.yaml': 'b: 1', 'c/d.yaml': 'd: 1', 'run.sh': '#!/bin/sh\n', 'ü.yaml': 'ü' });
const changed = treeOf({ 'a.yaml': 'a: 1', 'b.yaml': 'b: ü', 'c/e.yaml': 'e: 1', 'run.sh': '#!/bin/sh\n', 'ü.yaml': 'ü' });
const differences = [
  { path: 'b.yaml', before: old.get('b.yaml'), after: changed.get('b.yaml') },
  { path: 'c/d.yaml', before: old.get('c/d.yaml'), after: undefined },
  { path: 'c/e.yaml', before: undefined, after: changed.get('c/e.yaml') },
];

describe('dist/ at a revision', () => {
  it.each([['at the top', '', []], ['in a folder', 'fleets/one', []], ['of 64 digits', '', ['--object-format=sha256']]])('of a repository %s', async (_, folder, options) => {
    const repository = new Repository(folder, ...options);
    repository.commit(inDist(old));
    expect((await found(repository.fleet)).name).toBe('HEAD');
    expect((await found(repository.fleet)).differing(old)).toEqual([]);
    expect((await found(repository.fleet)).differing(changed)).toEqual(differences);
  });

  it('is what was committed, whatever lies on disk or in the index, and whatever git makes of line ends', async () => {
    const repository = new Repository();
    repository.commit(inDist(old));
    repository.git('config', 'core.autocrlf', 'true');
    put(repository.path, inDist(changed));
    repository.git('add', '-A');
    expect((await found(repository.fleet)).differing(changed)).toEqual(differences);
  });

  it('leaves out what this program did not write', async () => {
    const repository = new Repository();
    repository.commit({ ...inDist(old), 'dist/README.md': 'by hand\n', 'dist/c/f.yaml': 'by hand\n', 'main.ts': '' });
    expect((await found(repository.fleet)).differing(old)).toEqual([]);
    expect((await found(repository.fleet)).differing(changed)).toEqual(differences);
  });

  it('can be any other, by every name that git knows', async () => {
    const repository = new Repository();
    repository.commit(inDist(old));
    repository.git('tag', 'v1');
    repository.commit(inDist(treeOf({ 'b.yaml': 'b: 2' })));
    for (const base of ['v1', 'HEAD~1', 'main^', repository.git('rev-parse', 'v1')]) {
      expect(await found(repository.fleet, { base })).toMatchObject({ name: base });
      expect((await found(repository.fleet, { base })).differing(changed)).toEqual(differences);
    }
  });

  it('is the commit in which a branch and HEAD part', async () => {
    const repository = new Repository();
    repository.commit(inDist(old));
    repository.git('checkout', '-q', '-b', 'feature');
    repository.commit(inDist(changed));
    repository.git('checkout', '-q', 'main');
    repository.commit(inDist(treeOf({ 'b.yaml': 'another change' })));
    repository.git('checkout', '-q', 'feature');
    expect(await found(repository.fleet, { mergeBase: 'main' })).toMatchObject({ name: expect.stringMatching(/^[0-9a-f]{12}, which HEAD and main have in common$/) });
    expect((await found(repository.fleet, { mergeBase: 'main' })).differing(changed)).toEqual(differences);
  });

  it('does not take the repository of a hook for the fleet\'s', async () => {
    const [repository, other] = [new Repository(), new Repository()];
    repository.commit(inDist(old));
    other.commit(inDist(changed));
    vi.stubEnv('GIT_DIR', join(other.path, '.git')).stubEnv('GIT_WORK_TREE', other.path).stubEnv('GIT_INDEX_FILE', join(other.path, '.git', 'index')).stubEnv('GIT_PREFIX', 'x/');
    onTestFinished(() => void vi.unstubAllEnvs());
    expect((await found(repository.fleet)).differing(old)).toEqual([]);
  });
});

describe('a folder', () => {
  it('is a dist/, or a fleet that holds one', async () => {
    const dir = scratch();
    put(dir, old);
    put(dir, new Map([['argocd/app-of-apps.yaml', '']]));
    for (const base of [dir, '.', 'dist']) {
      expect((await found('/nowhere', { base, cwd: dirname(dir) })).differing(changed)).toEqual(differences);
    }
  });

  it('that holds something else is said at once, and not read', async () => {
    const dir = scratch();
    put(dir, old);
    expect(await mistake('/nowhere', { base: dir })).toMatchObject({ file: '--base', message: `${dir} holds no dist/ of matrix-fleet` });
  });

  it('is what a killed command has left half changed, as it was before', async () => {
    const dir = holding(before);
    const pending = join(dir, '.matrix-fleet-pending');
    const entries = [{ path: 'changed.yaml', comes: true }, { path: 'left', comes: false }, { path: 'come', comes: true }, { path: 'gone.yaml', comes: false }];
    mkdirSync(join(pending, 'new'), { recursive: true });
    mkdirSync(join(pending, 'old'));
    writeFileSync(join(pending, 'journal'), JSON.stringify(entries));
    // The first move is done, the second too, the third has put its folder in place, the fourth has not begun.
    execFileSync('mv', [join(dir, 'changed.yaml'), join(pending, 'old', '0')]);
    writeFileSync(join(dir, 'changed.yaml'), after.get('changed.yaml')!);
    execFileSync('mv', [join(dir, 'left'), join(pending, 'old', '1')]);
    put(dir, { 'come/a.yaml': after.get('come/a.yaml')! });
    const there = snapshot(dir);
    expect((await found(dir, { base: dir })).differing(before)).toEqual([]);
    expect(snapshot(dir)).toEqual(there);
  });
});

describe('where nothing was committed', () => {
  const bare = () => {
    const folder = mkdtempSync(join(tmpdir(), 'fleet-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    return folder;
  };

  it.each([
    ['no git', bare],
    ['no commit', () => new Repository().fleet],
    ['no dist/ at HEAD', () => {
      const repository = new Repository();
      repository.commit({ 'main.ts': '' });
      return repository.fleet;
    }],
  ])('%s: it is dist/ on disk', async (_, folderOf) => {
    const folder = folderOf();
    put(folder, inDist(old));
    expect((await found(folder)).name).toBe('dist/ on disk');
    expect((await found(folder)).differing(changed)).toEqual(differences);
  });

  it('a folder that is not there holds nothing', async () => {
    expect((await found(bare())).differing(new Map([['a.yaml', renderScript('a')]]))).toMatchObject([{ path: 'a.yaml', before: undefined }]);
  });
});

describe('a mistake is answered with what to do', () => {
  it('a revision that is none', async () => {
    const repository = new Repository();
    repository.commit(inDist(old));
    repository.git('update-ref', 'refs/remotes/origin/next', 'HEAD');
    expect(await mistake(repository.fleet, { base: 'nix' })).toMatchObject({ file: '--base', message: `git knows no revision nix, and there is no folder ${join(repository.fleet, 'nix')}` });
    expect((await mistake(repository.fleet, { base: '--output=x' })).message).toMatch(/^git knows no revision --output=x/);
    expect(await mistake(repository.fleet, { mergeBase: '--all' })).toMatchObject({ file: '--merge-base', message: 'git knows no revision --all' });
    expect((await mistake(repository.fleet, { base: 'next' })).fix).toBe('did you mean origin/next?');
    expect((await mistake(repository.fleet, { mergeBase: 'next' })).fix).toBe('did you mean origin/next?');
  });

  it('a revision where there is no repository, and no commit', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'fleet-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    expect((await mistake(folder, { base: 'HEAD' })).message).toBe('the fleet is in no git repository');
    expect((await mistake(new Repository().fleet, { base: 'HEAD' })).message).toBe('the repository has no commit yet');
  });

  it('a clone that ends before histories part', async () => {
    const repository = new Repository();
    repository.commit(inDist(old));
    repository.git('checkout', '-q', '-b', 'feature');
    repository.commit({ 'x.ts': '' });
    repository.git('checkout', '-q', 'main');
    repository.commit({ 'y.ts': '' });
    const clone = mkdtempSync(join(tmpdir(), 'clone-'));
    onTestFinished(() => rmSync(clone, { recursive: true, force: true }));
    execFileSync('git', ['clone', '-q', '--depth', '1', '--no-single-branch', '-b', 'feature', `file://${repository.path}`, clone], { stdio: 'ignore' });
    expect(await mistake(clone, { mergeBase: 'origin/main' })).toMatchObject({ message: 'origin/main and HEAD have no commit in common in this shallow clone', fix: expect.stringContaining('--unshallow') });
  });

  it('a machine without git', async () => {
    const repository = new Repository();
    repository.commit(inDist(old));
    vi.stubEnv('PATH', '/nowhere');
    onTestFinished(() => void vi.unstubAllEnvs());
    expect((await mistake(repository.fleet, { base: 'HEAD' })).message).toBe('git is not installed');
    expect((await mistake(repository.fleet)).message).toBe('git is not installed');
    const bare = mkdtempSync(join(tmpdir(), 'fleet-'));
    onTestFinished(() => rmSync(bare, { recursive: true }));
    expect((await found(bare)).name).toBe('dist/ on disk');
  });

  it('a git that is killed has said nothing', async () => {
    const repository = new Repository();
    repository.commit(inDist(old));
    const programs = mkdtempSync(join(tmpdir(), 'programs-'));
    onTestFinished(() => rmSync(programs, { recursive: true }));
    writeFileSync(join(programs, 'git'), '#!/bin/sh\nkill -9 $$\n', { mode: 0o755 });
    vi.stubEnv('PATH', `${programs}:${process.env['PATH']}`);
    onTestFinished(() => void vi.unstubAllEnvs());
    expect(await committed(repository.fleet)).toMatchObject({ rule: 'baseline', severity: 'error' });
  });

  it.each<[string, (repository: Repository) => void]>([
    ['whose HEAD is empty', ({ path }) => writeFileSync(join(path, '.git', 'HEAD'), '')],
    ['that is a worktree of one that has moved away', ({ path }) => {
      rmSync(join(path, '.git'), { recursive: true });
      writeFileSync(join(path, '.git'), 'gitdir: /nowhere/.git/worktrees/fleet\n');
    }],
    ['that git is told not to look for', ({ path }) => {
      vi.stubEnv('GIT_CEILING_DIRECTORIES', path);
      onTestFinished(() => void vi.unstubAllEnvs());
    }],
  ])('a repository %s is none that is not there', async (_, spoil) => {
    const repository = new Repository('fleets/one');
    repository.commit(inDist(old));
    spoil(repository);
    expect((await mistake(repository.fleet)).message).toContain('.git is there');
    expect(await committed(repository.fleet)).toMatchObject({ rule: 'baseline', severity: 'error' });
  });

  it('a branch without a commit, where others have some', async () => {
    const repository = new Repository();
    repository.commit(inDist(old));
    repository.git('checkout', '-q', '--orphan', 'other');
    expect((await mistake(repository.fleet)).message).toBe('this branch has no commit yet, and others have');
  });
});

describe('what git does not have is what lies on disk', () => {
  it.each<[string, (repository: Repository) => void]>([
    ['a dist/ that git ignores', ({ path }) => writeFileSync(join(path, '.gitignore'), 'dist/\n')],
    ['a dist/ of which git ignores what is in it', ({ path }) => writeFileSync(join(path, '.gitignore'), 'dist/*\n')],
    ['a dist/ that is a submodule', ({ path }) => {
      for (const args of [['init', '-q'], ['add', '-A'], ['-c', 'user.name=x', '-c', 'user.email=x@example.org', 'commit', '-qm', 'x']]) execFileSync('git', ['-C', join(path, 'dist'), ...args]);
    }],
    ['a dist/ that is a symbolic link', ({ path }) => {
      renameSync(join(path, 'dist'), join(path, 'tree'));
      symlinkSync('tree', join(path, 'dist'));
    }],
  ])('%s', async (_, make) => {
    const repository = new Repository();
    put(repository.fleet, inDist(old));
    make(repository);
    repository.commit({ 'main.ts': '' });
    expect(await committed(repository.fleet)).toMatchObject({ name: 'dist/ on disk' });
    expect((await found(repository.fleet)).differing(changed)).toEqual(differences);
  });
});

it('what git replaces is what was committed', async () => {
  const repository = new Repository();
  repository.commit(inDist(changed));
  repository.commit(inDist(old));
  repository.git('replace', 'HEAD', 'HEAD~1');
  expect((await found(repository.fleet)).differing(changed)).not.toEqual([]);
});

it('a file of ours that lost its first line by hand is compared all the same', async () => {
  const repository = new Repository();
  repository.commit({ ...inDist(old), 'dist/b.yaml': 'b: 1\n' });
  expect((await found(repository.fleet)).differing(old)).toEqual([{ path: 'b.yaml', before: 'b: 1\n', after: old.get('b.yaml') }]);
});
