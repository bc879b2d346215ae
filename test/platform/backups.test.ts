import { describe, expect, it } from 'vitest';
import { objectsOf, platform } from './example';

const store = (own: object, provider?: 'k3s'): any => objectsOf(platform({ backups: { bucket: 'b/fleet', endpoint: 'https://storage.yandexcloud.net', ...own } }, provider)).get('ObjectStore').spec;
const region = (spec: any): any => spec.instanceSidecarConfiguration.env[0];

describe('backups', () => {
  const objects = objectsOf(platform());

  it('are made by a schedule of six fields, seconds first, beginning at once', () => {
    const { schedule, immediate } = objects.get('ScheduledBackup').spec;
    expect(schedule.split(' ')).toEqual(['0', '0', '3', '*', '*', '*']);
    expect(immediate).toBe(true);
  });

  it('are made by the plugin, and nothing of them goes with their schedule', () => {
    const { spec, metadata } = objects.get('ScheduledBackup');
    expect(spec).toMatchObject({ method: 'plugin', pluginConfiguration: { name: 'barman-cloud.cloudnative-pg.io' }, backupOwnerReference: 'none' });
    expect(metadata).not.toHaveProperty('annotations');
  });

  it('take every piece of the write-ahead log with them, into the store that is there', () => {
    const [plugin] = objects.get('Cluster').spec.plugins;
    expect(plugin).toMatchObject({ name: objects.get('ScheduledBackup').spec.pluginConfiguration.name, enabled: true, isWALArchiver: true });
    const store = objects.get('ObjectStore', plugin.parameters.barmanObjectName);
    expect(store.metadata.namespace).toBe(objects.get('Cluster').metadata.namespace);
  });

  it('find their keys under the names that the list of Secrets asks the admin for', () => {
    const { accessKeyId, secretAccessKey } = objects.get('ObjectStore').spec.configuration.s3Credentials;
    const block = objects.secrets.split('\n\n').find((text) => text.startsWith(`secret cnpg/${accessKeyId.name} Opaque\n`));
    expect(block).toContain(`key ${accessKeyId.key} supplied S3_ACCESS_KEY_ID text required`);
    expect(block).toContain(`key ${secretAccessKey.key} supplied S3_SECRET_ACCESS_KEY text required`);
    expect(secretAccessKey.name).toBe(accessKeyId.name);
  });

  it('speak S3 as other services than Amazon\'s understand it', () => {
    const { env } = objects.get('ObjectStore').spec.instanceSidecarConfiguration;
    expect(env).toContainEqual({ name: 'AWS_REQUEST_CHECKSUM_CALCULATION', value: 'when_required' });
    expect(env).toContainEqual({ name: 'AWS_RESPONSE_CHECKSUM_VALIDATION', value: 'when_required' });
  });

  it('go where the user says, signed for the region that it is in', () => {
    const yandex = store({ retention: '6w', endpoint: 'https://storage.yandexcloud.net/' });
    expect(yandex).toMatchObject({ retentionPolicy: '6w', configuration: { destinationPath: 's3://b/fleet/', endpointURL: 'https://storage.yandexcloud.net' } });
    expect(region(yandex)).toEqual({ name: 'AWS_DEFAULT_REGION', value: 'ru-central1' });
    expect(region(store({}, 'k3s')).value).toBe('us-east-1');
    expect(region(store({ region: 'eu-west-3' })).value).toBe('eu-west-3');
  });

  it('leave no word of themselves when they are off', () => {
    const { all, secrets } = objectsOf(platform({ backups: false }));
    expect(JSON.stringify(all)).not.toMatch(/barman|ObjectStore|ScheduledBackup/);
    expect(secrets).not.toContain('S3_');
  });
});
