import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export const root = join(__dirname, '..', '..');

/** A copy of the project's own fleet in a folder of its own, to change and to run commands on. */
export class FleetFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'fleet-'));

  constructor() {
    const copied = (file: string) => this.write(file, readFileSync(join(root, file), 'utf8'));
    copied('main.ts');
    for (const file of readdirSync(join(root, 'instances'))) copied(`instances/${file}`);
  }

  /** Writes a source file; imports of the project's `lib` are made to find it from here. */
  write(file: string, text: string): void {
    mkdirSync(dirname(join(this.path, file)), { recursive: true });
    writeFileSync(join(this.path, file), text.replaceAll(/from '(?:\.\.?\/)+lib'/g, `from ${JSON.stringify(join(root, 'lib'))}`));
  }

  delete(file: string): void {
    rmSync(join(this.path, file), { recursive: true });
  }

  /** Runs the program as a user would, `--fleet` added. */
  run(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'bin', 'matrix-fleet.js'), ...args, '--fleet', this.path],
      { encoding: 'utf8', env: { ...process.env, ...env } });
    return { status, stdout, stderr };
  }

  /** Every file of `dist/` and its text. */
  dist(): Map<string, string> {
    const dist = join(this.path, 'dist');
    return new Map(readdirSync(dist, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((file) => [file.slice(dist.length + 1), readFileSync(file, 'utf8')]));
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
