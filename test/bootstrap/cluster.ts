import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

/** Whether the scripts cannot run here. */
export const withoutTools = ['bash', 'openssl'].some((tool) => spawnSync(tool, ['version']).error);

interface Secret {
  readonly type: string;
  readonly metadata: { readonly labels: Record<string, string>; readonly resourceVersion: string };
  readonly data: Record<string, string>;
}

/** A `dist/` with a script in it, and a cluster that is a folder. */
export class Cluster {
  private readonly root = mkdtempSync(join(tmpdir(), 'bootstrap-'));
  readonly dist = join(this.root, 'dist');
  /** Where the scripts find their tools: the stand-ins first. */
  readonly path = [join(__dirname, 'fixtures'), process.env['PATH']].join(delimiter);

  constructor() {
    for (const folder of ['cluster', 'home']) mkdirSync(join(this.root, folder));
  }

  /** Writes a file of `dist/`. */
  file(path: string, text: string | Buffer): string {
    const file = join(this.dist, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  }

  /** Runs a script of `dist/` in an empty folder, without a terminal and without a place for temporary files. */
  run(script: string, args: readonly string[] = [], env: Readonly<Record<string, string>> = {}) {
    const home = join(this.root, 'home');
    const { status, stdout, stderr } = spawnSync('bash', [join(this.dist, script), ...args], {
      cwd: home,
      encoding: 'utf8',
      input: '',
      env: {
        PATH: this.path,
        HOME: home,
        TMPDIR: join(this.root, 'nowhere'),
        FAKE_CLUSTER: join(this.root, 'cluster'),
        ...env,
      },
    });
    return { status, lines: stdout.split('\n').map((line) => line.replace(/ +/, ' ')), stdout, stderr, left: readdirSync(home) };
  }

  /** A Secret of the cluster. */
  secret(place: string): Secret | undefined {
    const file = this.secretFile(place);
    return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) as Secret : undefined;
  }

  /** The bytes of a key of the cluster, `namespace/name/key`. */
  value(path: string): Buffer {
    const [namespace, name, key] = path.split('/');
    const data = this.secret(`${namespace}/${name}`)?.data[key!];
    if (data === undefined) throw new Error(`the cluster has no ${path}`);
    return Buffer.from(data, 'base64');
  }

  /** Puts a Secret into the cluster, as somebody else's doing. */
  put(place: string, data: Readonly<Record<string, string>>, type = 'Opaque'): void {
    const encoded = Object.entries(data).map(([key, value]) => [key, Buffer.from(value).toString('base64')]);
    const file = this.secretFile(place);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify({ type, metadata: { resourceVersion: '7' }, data: Object.fromEntries(encoded) }));
  }

  delete(place: string): void {
    rmSync(this.secretFile(place));
  }

  /** Makes the cluster unreachable, or Argo CD manage itself, or whatever else the stand-in knows by a file. */
  mark(path: string): void {
    const file = join(this.root, 'cluster', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, '');
  }

  /** What the stand-ins for kubectl and helm were called with. */
  log(name: 'calls' | 'helm'): string {
    const file = join(this.root, 'cluster', `${name}.log`);
    return existsSync(file) ? readFileSync(file, 'utf8') : '';
  }

  remove(): void {
    rmSync(this.root, { recursive: true });
  }

  private secretFile(place: string): string {
    return join(this.root, 'cluster', 'secrets', `${place}.json`);
  }
}
