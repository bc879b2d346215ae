import { essDefaults } from '../../imports';
import type { Manifest } from '../gitops/manifest';
import { isMap } from '../merge';
import type { SecretSpec } from '../secrets/secret';
import type { Homeserver } from './homeserver';
import type { ChartVersion, ImagesOptions } from './options';

/** Where images come from instead of their own registries. */
export type Images = Required<ImagesOptions>;

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

/** Where each kind of object keeps its pods' description. */
const podsOf: Readonly<Record<string, readonly string[]>> = {
  Deployment: ['spec', 'template', 'spec'],
  StatefulSet: ['spec', 'template', 'spec'],
  Job: ['spec', 'template', 'spec'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
};

/** An object of ours with the images of its pods taken from the mirror, and the login that it asks for. */
export function fromMirror({ images, names }: Pick<Homeserver, 'images' | 'names'>, manifest: Manifest): Manifest {
  const path = podsOf[manifest.kind];
  if (images === undefined || path === undefined) return manifest;
  return changed(manifest, path, (pod) => ({
    ...pod,
    ...images.pullSecret && { imagePullSecrets: [{ name: names.pullSecret }] },
    ...Object.fromEntries(['initContainers', 'containers'].filter((key) => pod[key] !== undefined).map((key) =>
      [key, (pod[key] as Container[]).map((container) => ({ ...container, image: mirrored(container.image, images) }))])),
  })) as unknown as Manifest;
}

interface Container {
  readonly image: string;
}

/** The images of an object's pods. */
export function imagesOfPods(manifest: Manifest): readonly string[] {
  const found: string[] = [];
  const path = podsOf[manifest.kind];
  if (path) {
    changed(manifest, path, (pod) => {
      for (const key of ['initContainers', 'containers']) found.push(...(pod[key] as Container[] | undefined ?? []).map(({ image }) => image));
      return pod;
    });
  }
  return found;
}

/** A copy with another value at a path. */
function changed(value: unknown, [head, ...rest]: readonly string[], change: (pod: Record<string, unknown>) => unknown): unknown {
  if (!isMap(value)) return value;
  return head === undefined ? change(value) : { ...value, [head]: changed(value[head], rest, change) };
}

/** What the mirror asks for before it gives an image: the same for every homeserver. */
export function imageSecrets({ images, names: { release, pullSecret } }: Homeserver): readonly SecretSpec[] {
  if (!images?.pullSecret) return [];
  return [{
    namespace: release,
    name: pullSecret,
    type: 'kubernetes.io/dockerconfigjson',
    registry: images.registry.split('/')[0]!,
    keys: [{ key: '.dockerconfigjson', supplied: 'IMAGE_REGISTRY_LOGIN', format: 'bytes', what: `config.json of Docker with a login of ${images.registry}` }],
  }];
}
