import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Tree } from '../../lib/output/tree';
import { put } from '../output/scratch';

/** A git repository in a folder of its own, with a fleet in one of its folders; deleted after the test. */
export class Repository {
  readonly path = mkdtempSync(join(tmpdir(), 'repository-'));
  readonly fleet: string;

  constructor(folder = '', ...options: readonly string[]) {
    onTestFinished(() => rmSync(this.path, { recursive: true, force: true }));
    this.fleet = join(this.path, folder);
    mkdirSync(this.fleet, { recursive: true });
    this.git('init', '-q', '-b', 'main', ...options);
    for (const [key, value] of [['user.name', 'x'], ['user.email', 'x@example.org'], ['commit.gpgsign', 'false']]) this.git('config', key!, value!);
  }

  git(...args: readonly string[]): string {
    return execFileSync('git', args, { cwd: this.path, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
  }

  /** Puts files into the fleet's folder and commits all that is there. */
  commit(files: Tree | Readonly<Record<string, string>>): void {
    put(this.fleet, files);
    this.git('add', '-A');
    this.git('commit', '-q', '--allow-empty', '-m', 'x');
  }
}
