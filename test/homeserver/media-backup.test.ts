import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { demandOfHomeserver } from '../../lib/budget/ess';
import { mediaBackup, mediaBackupSecrets } from '../../lib/homeserver/media-backup';
import { demo } from './example';

const withBackup = (backup: object | boolean = true, more = {}) => demo({ synapse: { media: { backup } }, ...more });
const jobs = (...args: Parameters<typeof withBackup>): any[] => [...mediaBackup(withBackup(...args))];
const pod = (job: any) => job.spec.jobTemplate.spec.template.spec;
const envOf = (job: any) => Object.fromEntries(pod(job).containers[0].env.map(({ name, value }: any) => [name, value]));

describe('backups of media', () => {
  it('are made where they are asked for, while the homeserver runs', () => {
    expect(mediaBackup(demo())).toEqual([]);
    expect(jobs(true, { state: 'stopped' })).toEqual([]);
    expect(jobs(true, { rehearsal: { domain: 'new.example.org' } })).toEqual([]);
    expect(jobs().map(({ metadata }) => metadata.name)).toEqual(['media-backup', 'media-restore']);
  });

  it('run beside Synapse as its user, and only the restoring one may write', () => {
    for (const job of jobs()) {
      expect(pod(job).affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].labelSelector.matchLabels).toEqual({ 'app.kubernetes.io/instance': 'matrix-demo-synapse-main' });
      expect(pod(job).securityContext).toMatchObject({ runAsUser: 10091, runAsNonRoot: true, fsGroupChangePolicy: 'OnRootMismatch' });
      expect(pod(job).volumes[0].persistentVolumeClaim).toEqual({ claimName: 'matrix-demo-media' });
    }
    expect(jobs().map((job) => pod(job).containers[0].volumeMounts[0].readOnly)).toEqual([true, undefined]);
    expect(jobs().map((job) => job.spec.suspend)).toEqual([undefined, true]);
  });

  it('take memory, and no further disk but that of a claim', () => {
    const pods = demandOfHomeserver(withBackup()).pods.filter(({ name }) => name.startsWith('media'));
    expect(pods).toMatchObject([{ name: 'media-backup', volumes: [] }]);
    const claim = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'nas' }, spec: { resources: { requests: { storage: '100Gi' } } } };
    expect(demandOfHomeserver(withBackup({ claim: 'nas' }, { manifests: [claim] })).pods.find(({ name }) => name === 'media-backup')!.volumes).toHaveLength(1);
  });

  it('go to the bucket of the platform\'s, with keys and a password of the admin\'s', () => {
    expect(envOf(jobs()[0])).toMatchObject({ RESTIC_REPOSITORY: 's3:https://storage.yandexcloud.net/backups/media/matrix-demo', AWS_DEFAULT_REGION: 'ru-central1', RETENTION: '30d' });
    expect(mediaBackupSecrets(withBackup())[0]!.keys.map((key) => 'supplied' in key && key.supplied)).toEqual(['S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY', 'MEDIA_BACKUP_PASSWORD']);
    expect(mediaBackupSecrets(demo())).toEqual([]);
  });

  it('go to a claim instead', () => {
    const [job] = jobs({ claim: 'nas', schedule: '0 1 * * *', retention: '12m' });
    expect(job.spec.schedule).toBe('0 1 * * *');
    expect(envOf(job)).toMatchObject({ RESTIC_REPOSITORY: '/backups/matrix-demo', RETENTION: '12m' });
    expect(pod(job).volumes.at(-1)).toEqual({ name: 'backups', persistentVolumeClaim: { claimName: 'nas' } });
    expect(mediaBackupSecrets(withBackup({ claim: 'nas' }))[0]!.keys.map(({ key }) => key)).toEqual(['RESTIC_PASSWORD']);
  });
});

const missing = spawnSync('restic', ['version']).error !== undefined;

describe.skipIf(missing)('their scripts, with restic itself', () => {
  it('back up, forget, and restore what was lost', () => {
    const world = mkdtempSync(join(tmpdir(), 'media-'));
    const media = join(world, 'media');
    mkdirSync(join(media, 'local_content'), { recursive: true });
    writeFileSync(join(media, 'local_content', 'a'), 'picture');
    const [backup, restore] = jobs();
    const run = (job: any) => {
      const script = pod(job).containers[0].command[2].replaceAll('/media', media);
      const env = { ...envOf(job), PATH: process.env['PATH'], HOME: world, RESTIC_REPOSITORY: join(world, 'repository'), RESTIC_CACHE_DIR: join(world, 'cache'), RESTIC_PASSWORD: 'x' };
      return execFileSync('/bin/sh', ['-euc', script], { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
    };
    run(backup);
    writeFileSync(join(media, 'local_content', 'b'), 'later');
    run(backup);
    rmSync(join(media, 'local_content', 'a'));
    run(restore);
    expect(readFileSync(join(media, 'local_content', 'a'), 'utf8')).toBe('picture');
    const snapshots = execFileSync('restic', ['-r', join(world, 'repository'), 'snapshots', '--json'], { env: { ...process.env, RESTIC_PASSWORD: 'x' }, encoding: 'utf8' });
    expect(JSON.parse(snapshots)).toMatchObject([{ hostname: 'matrix-demo' }, { hostname: 'matrix-demo' }]);
    rmSync(world, { recursive: true });
  });
});
