import { spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where Debian keeps each major version. */
const packaged = '/usr/lib/postgresql';

/** The folder of the server's programs: in the PATH, or the newest of Debian's; undefined where there is none. */
export function findPostgres(): string | undefined {
  const versions = existsSync(packaged) ? readdirSync(packaged).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...versions.map((version) => join(packaged, version, 'bin'))];
  return folders.find((folder) => ['initdb', 'pg_ctl', 'psql', 'pg_dump', 'pg_restore'].every((program) => existsSync(join(folder, program))));
}

/** A PostgreSQL of its own, behind a socket in `folder`; nothing listens on a network. */
export class Postgres {
  private readonly data: string;

  /** @param rules lines of pg_hba.conf */
  constructor(private readonly bin: string, readonly folder: string, rules: readonly string[]) {
    this.data = join(folder, 'data');
    mkdirSync(folder, { recursive: true, mode: 0o755 });
    const { uid, gid } = serverUser();
    if (uid !== undefined && gid !== undefined) chownSync(folder, uid, gid);
    this.program('initdb', ['--pgdata', this.data, '--username=postgres', '--auth=trust', '--no-sync', '--encoding=UTF8', '--locale=C.UTF-8']);
    writeFileSync(join(this.data, 'pg_hba.conf'), `${rules.join('\n')}\n`);
    this.program('pg_ctl', ['--pgdata', this.data, '--wait', '--silent', '--log', join(folder, 'log'), '--options', `-c listen_addresses= -c unix_socket_directories=${folder} -c fsync=off`, 'start']);
  }

  stop(): void {
    this.program('pg_ctl', ['--pgdata', this.data, '--wait', '--silent', '--mode=immediate', 'stop']);
  }

  /** Runs statements as the superuser, and gives rows as psql prints them, `a|b`. */
  sql(database: string, statements: string): string {
    const { status, stdout, stderr } = spawnSync(join(this.bin, 'psql'), ['-XAtq', '-v', 'ON_ERROR_STOP=1', '-U', 'postgres', '-h', this.folder, '-d', database], { encoding: 'utf8', input: statements });
    if (status !== 0) throw new Error(`psql: ${stderr}`);
    return stdout.trimEnd();
  }

  private program(name: string, args: readonly string[]): void {
    const { status, stderr, stdout } = spawnSync(join(this.bin, name), args, { ...serverUser(), cwd: '/', encoding: 'utf8', stdio: ['ignore', name === 'pg_ctl' ? 'ignore' : 'pipe', 'pipe'] });
    if (status !== 0) throw new Error(`${name}: ${stdout ?? ''}${stderr ?? ''}`);
  }
}

/** PostgreSQL refuses to run as root: then it runs as the user whom the package has made for it, or as nobody. */
function serverUser(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string) => {
    const { status, stdout } = spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' });
    return status === 0 ? Number(stdout) : 65534;
  };
  return { uid: id('-u'), gid: id('-g') };
}
