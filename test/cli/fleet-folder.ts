import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export const root = join(__dirname, '..', '..');

/** The fleet of the tests; that at the root is its admin's, and no test but that of dist/ may know it. */
export const fixture = join(root, 'test', 'fixtures', 'fleet');

/** A copy of the tests' fleet in a folder of its own, to change and to run commands on. */
export class FleetFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'fleet-'));

  constructor() {
    this.edit('main.ts');
    for (const file of readdirSync(join(fixture, 'instances'))) this.edit(`instances/${file}`);
  }

  /** Writes a source file; imports of the project's `lib` are made to find it from here. */
  write(file: string, text: string): void {
    mkdirSync(dirname(join(this.path, file)), { recursive: true });
    writeFileSync(join(this.path, file), text.replaceAll(/from '(?:\.\.?\/)+lib'/g, `from ${JSON.stringify(join(root, 'lib'))}`));
  }

  /** Writes a source file as the tests' fleet has it, but for these texts, each of which is in it. */
  edit(file: string, replacements: Readonly<Record<string, string>> = {}): void {
    let text = readFileSync(join(fixture, file), 'utf8');
    for (const [from, to] of Object.entries(replacements)) {
      if (!text.includes(from)) throw new Error(`${file} does not contain ${from}`);
      text = text.replace(from, to);
    }
    this.write(file, text);
  }

  delete(file: string): void {
    rmSync(join(this.path, file), { recursive: true });
  }

  /** Runs the program as a user would in the fleet's folder, `--fleet` added. */
  run(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'bin', 'matrix-fleet.js'), ...args, '--fleet', this.path],
      { cwd: this.path, encoding: 'utf8', env: { ...process.env, ...env } });
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
