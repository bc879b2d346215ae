import { describe, expect, it } from 'vitest';
import { essDefaults, essVersions } from '../../imports';
import { valueAt } from '../../lib/checks/path';
import { essImages, mirrored } from '../../lib/homeserver/images';
import { secretsOf } from '../../lib/homeserver/secrets';
import { chartValues } from '../../lib/homeserver/values';
import { imagesOf } from '../../lib/inventory/images';
import { demo } from './example';

const mirror = { registry: 'quay.io/example', pullSecret: true } as const;

describe.each(essVersions)('the images of chart %s', (version) => {
  it('are all that its values name, each with a name of its own', () => {
    const images = essImages(version);
    expect(images.length).toBe(JSON.stringify(essDefaults(version)).match(/"repository":/g)!.length);
    expect(new Set(images.map(({ repository, tag }) => `${repository.split('/').at(-1)}:${tag}`)).size).toBe(images.length);
  });

  it('come from the mirror, all of them', () => {
    const values = chartValues(demo({ chartVersion: version, images: mirror }));
    for (const { component, repository } of essImages(version)) {
      expect(valueAt(values, [...component, 'image'])).toEqual({ registry: 'quay.io', repository: `example/${repository.split('/').at(-1)}` });
    }
    expect(values).toMatchObject({ image: { pullPolicy: 'IfNotPresent', pullSecrets: [{ name: 'matrix-demo-images' }] } });
  });
});

describe('a mirror', () => {
  it('has images by their last word, or by all of it', () => {
    const source = 'ghcr.io/element-hq/element-call:v1';
    expect(mirrored(source, { ...mirror, paths: 'name' })).toBe('quay.io/example/element-call:v1');
    expect(mirrored(source, { ...mirror, paths: 'full' })).toBe('quay.io/example/ghcr.io/element-hq/element-call:v1');
    expect(mirrored(source, undefined)).toBe(source);
  });

  it('is wanted for what runs beside the chart, too', () => {
    const companions = imagesOf(demo({ images: mirror, elementCall: true, companions: { maubot: true } })).map(({ target }) => target);
    expect(companions).toContain('quay.io/example/element-call:v0.17.0');
    expect(companions).toContain('quay.io/example/maubot:v0.6.0');
  });

  it('gets its login as a Secret that kubelet reads', () => {
    expect(secretsOf(demo({ images: mirror })).at(-1)).toMatchObject({ type: 'kubernetes.io/dockerconfigjson', keys: [{ key: '.dockerconfigjson', format: 'bytes' }] });
    expect(secretsOf(demo({ images: { registry: 'quay.io/example' } })).map(({ type }) => type)).not.toContain('kubernetes.io/dockerconfigjson');
  });
});
