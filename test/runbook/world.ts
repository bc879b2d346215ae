import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import type { Homeserver } from '../../lib/homeserver/homeserver';
import type { Runbook, Step } from '../../lib/runbook/step';
import { Postgres } from './postgres';
import { masSchema, oldDatabase, synapseSchema } from './sources';

/** Two clusters as far as a runbook can tell: a real PostgreSQL and a folder of media each, behind a stand-in for kubectl. */
export class World {
  private readonly root = mkdtempSync(join(tmpdir(), 'runbook-'));
  private readonly work = join(this.root, 'work');
  readonly old: Postgres;
  readonly new: Postgres;

  constructor(private readonly bin: string, projectRoot: string, private readonly homeserver: Homeserver) {
    chmodSync(this.root, 0o755);
    mkdirSync(this.work);
    for (const [name, source] of [['kubectl', readFileSync(join(projectRoot, 'test/runbook/kubectl.sh'), 'utf8')], ['curl', '#!/bin/sh\necho \'{"FederationOK": true}\'\n'], ['npm', '#!/bin/sh\necho "npm $*" >>"$WORLD/calls"\n']] as const) this.executable(`bin/${name}`, source);
    this.executable('fleet/dist/bootstrap/secrets.sh', '#!/bin/sh\necho "secrets.sh $*, its key in ${MATRIX_TWO_WORDS_SYNAPSE_SIGNING_KEY_FILE-}" >>"$WORLD/calls"\n');
    // Nobody but the superuser comes in by the socket: there, as with CloudNativePG, no homeserver's role can. An external server lets nobody else in.
    const isExternal = homeserver.place.kind === 'external';
    this.new = new Postgres(bin, join(this.root, 'new'), ['local all postgres trust', `local all all ${isExternal ? 'scram-sha-256' : 'reject'}`]);
    this.old = new Postgres(bin, join(this.root, 'old'), ['local all postgres trust', 'local all all scram-sha-256']);
    for (const { name, service } of homeserver.databases) {
      // What the container of a service knows of it.
      if (isExternal) this.file(`new/${service}.env`, `PGUSER=${name}\nPGPASSWORD=new-password\n`);
      this.new.sql('postgres', `CREATE ROLE ${name} LOGIN PASSWORD 'new-password';\nCREATE DATABASE ${name} OWNER ${name} ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0;`);
    }
    this.fillOld();
    mkdirSync(join(this.root, 'new/media'));
    for (const [file, text] of [['local_content/ab/cd/ef', 'png'], ['local_content/with space/x', 'öä'], ['remote_content/a', '']] as const) this.file(`old/media/media_store/${file}`, text);
  }

  private fillOld(): void {
    const { origin, names: { release } } = this.homeserver;
    const isEss = origin !== 'fresh' && origin.restoredFrom === 'ess';
    const [synapse, mas] = isEss ? [['synapse', 'synapse_user'], ['matrixauthenticationservice', 'matrixauthenticationservice_user']] as const : [['matrix', 'matrix'], ['mas', 'mas']] as const;
    for (const [[database, owner], schema] of [[synapse, synapseSchema], [mas, masSchema]] as const) {
      const { server, inside } = oldDatabase(database, owner, schema);
      this.old.sql('postgres', server);
      this.old.sql(database, inside);
      // The other chart's database user is no superuser, so nothing in its database is somebody else's.
      if (!isEss) this.old.sql(database, `ALTER TABLE left_by_an_admin OWNER TO ${owner}`);
    }
    const env = (user: string) => `POSTGRES_USER=${user}\nPOSTGRES_DATABASE=${user}\nPOSTGRES_PASSWORD=old-password\n`;
    this.file(`old/${release}-postgresql-0.env`, env('matrix'));
    this.file('old/mas-postgresql-0.env', env('mas'));
    const signingKey = 'ed25519 a_abcd AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n';
    for (const [key, value] of [['SYNAPSE_SIGNING_KEY', signingKey], ['SYNAPSE_MACAROON', 'm'], ['MAS_RSA_PRIVATE_KEY', '\0binary'], ['POSTGRES_ADMIN_PASSWORD', 'p']] as const) this.file(`old/secrets/${release}-generated/${key}`, value);
    for (const [key, value] of [['signing.key', signingKey], ['macaroon_secret_key', 'm']] as const) this.file(`old/secrets/${release}/${key}`, value);
    for (const [key, value] of [['tls.crt', 'certificate'], ['tls.key', 'key']] as const) this.file(`old/secrets/old-tls/${key}`, value);
    this.file('old/answers/ingress', `old-tls ["${this.homeserver.synapse.host}","${this.homeserver.serverName}"]\n`);
    for (const [field, value] of [['sync', 'Synced'], ['health', 'Healthy']] as const) this.file(`new/application/status.${field}.status`, value);
    this.file('new/answers/secret', 'data: { SYNAPSE_SIGNING_KEY: eA== }\n');
    this.file('new/answers/database', 'true');
    this.file('new/answers/configmap', 'legacy_auth');
  }

  /** Writes a file of the world, relative to its root. */
  file(path: string, text: string): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    writeFileSync(join(this.root, path), text);
  }

  path(path: string): string {
    return join(this.root, path);
  }

  read(path: string): string {
    return readFileSync(join(this.root, path), 'utf8');
  }

  has(path: string): boolean {
    return existsSync(join(this.root, path));
  }

  /** Who may do what with a file: 0o600. */
  mode(path: string): number {
    return statSync(join(this.root, path)).mode & 0o777;
  }

  /** Makes a file as old as can be. */
  age(path: string): void {
    utimesSync(join(this.root, path), 1, 1);
  }

  private executable(path: string, text: string): void {
    this.file(path, text);
    chmodSync(join(this.root, path), 0o755);
  }

  /** What an operator would hand to kubectl as objects, in no order. */
  created(side: 'old' | 'new'): string {
    return spawnSync('bash', ['-c', `cat ${join(this.root, side)}/created.* 2>/dev/null`], { encoding: 'utf8' }).stdout;
  }

  /** Does steps one after another in one bash, as an admin would, and stops at the first that fails. */
  run(steps: readonly Step[]): { readonly failed: string | undefined; readonly output: string } {
    const script = steps.map(({ id, shell }) => `${shell}\nstatus=$?; [ $status = 0 ] || { echo "@@${id}"; exit $status; }`).join('\n');
    const { status, stdout, stderr } = spawnSync('bash', ['--norc', '-c', script], {
      cwd: this.work,
      encoding: 'utf8',
      env: { PATH: [join(this.root, 'bin'), this.bin, process.env['PATH']].join(delimiter), HOME: this.work, WORLD: this.root, OLD: 'old', NEW: 'new', FLEET: join(this.root, 'fleet') },
    });
    return { failed: status === 0 ? undefined : /@@(\S+)/.exec(stdout)?.[1] ?? `bash: ${status}`, output: stdout + stderr };
  }

  end(): void {
    this.old.stop();
    this.new.stop();
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** The steps that are commands, in their order; those that begin anew or go back are apart. */
export function commands({ sections }: Runbook): readonly Step[] {
  return sections.flatMap((section) => section.steps).filter(({ shell }) => shell !== undefined);
}
