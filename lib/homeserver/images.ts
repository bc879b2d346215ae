import { essDefaults } from '../../imports';
import { isMap } from '../merge';
import type { SecretSpec } from '../secrets/secret';
import { callImage, maubotImage } from './companion-images';
import type { Homeserver } from './homeserver';
import type { ChartVersion, ImagesOptions } from './options';

/** Where images come from instead of their own registries. */
export type Images = Required<ImagesOptions>;

/** An image: where its project publishes it, and where this homeserver takes it from. */
export interface MirroredImage {
  readonly source: string;
  readonly target: string;
}

interface EssImage {
  /** Of the component in the chart's values: `['redis', 'redisExporter']`. */
  readonly component: readonly string[];
  readonly registry: string;
  readonly repository: string;
  readonly tag: string;
}

/** Every image that a version of the ESS chart may run, by its own values. */
export function essImages(version: ChartVersion): readonly EssImage[] {
  return [...imagesIn(essDefaults(version), [])];
}

function* imagesIn(values: unknown, component: readonly string[]): Generator<EssImage> {
  if (!isMap(values)) return;
  for (const [key, value] of Object.entries(values)) {
    if (key !== 'image') yield* imagesIn(value, [...component, key]);
    else if (isMap(value) && value['repository'] !== undefined) yield { component, ...value as { registry: string; repository: string; tag: string } };
  }
}

/** Where an image is in the mirror. @param source `ghcr.io/element-hq/synapse:v1`, with or without a tag */
export function mirrored(source: string, images: Images | undefined): string {
  if (images === undefined) return source;
  return `${images.registry}/${images.paths === 'full' ? source : source.slice(source.lastIndexOf('/') + 1)}`;
}

/** The chart's values for a mirror: it knows no registry for all, so each component is told. */
export function imageValues({ images, chartVersion, names }: Homeserver): Record<string, unknown> {
  if (images === undefined) return {};
  const values: Record<string, unknown> = {};
  for (const { component, registry, repository } of essImages(chartVersion)) {
    const [host, ...path] = mirrored(`${registry}/${repository}`, images).split('/');
    let at = values;
    for (const key of component) at = (at[key] ??= {}) as Record<string, unknown>;
    at['image'] = { registry: host, repository: path.join('/') };
  }
  return { ...values, ...images.pullSecret && { image: { pullSecrets: [{ name: names.pullSecret }] } } };
}

/** Every image that a homeserver may run at its chart version. */
export function imagesOf({ chartVersion, images, elementCall, companions, place, surroundings }: Homeserver): readonly MirroredImage[] {
  const sources = [
    ...essImages(chartVersion).map(({ registry, repository, tag }) => `${registry}/${repository}:${tag}`),
    ...elementCall ? [callImage] : [],
    ...companions.maubot ? [maubotImage] : [],
    ...place.kind === 'external' && place.initialise ? [surroundings.postgresImage] : [],
  ];
  return sources.map((source) => ({ source, target: mirrored(source, images) }));
}

/** For pods of our own. */
export function pullSecrets({ images, names }: Homeserver): { readonly imagePullSecrets?: { name: string }[] } {
  return images?.pullSecret ? { imagePullSecrets: [{ name: names.pullSecret }] } : {};
}

/** What the mirror asks for before it gives an image: the same for every homeserver. */
export function imageSecrets({ images, names: { release, pullSecret } }: Homeserver): readonly SecretSpec[] {
  if (!images?.pullSecret) return [];
  return [{
    namespace: release,
    name: pullSecret,
    type: 'kubernetes.io/dockerconfigjson',
    keys: [{ key: '.dockerconfigjson', supplied: 'IMAGE_REGISTRY_LOGIN', format: 'bytes', what: `config.json of Docker with a login of ${images.registry}` }],
  }];
}
