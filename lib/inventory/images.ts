import { databaseFolder } from '../homeserver/database';
import type { Homeserver } from '../homeserver/homeserver';
import { essImages, imagesOfPods, mirrored } from '../homeserver/images';
import { ownObjects } from '../homeserver/own-objects';

/** An image: where its project publishes it, and where the homeserver takes it from. */
export interface Image {
  readonly source: string;
  readonly target: string;
}

/** Every image that a homeserver may run: all that its version of the ESS chart has, and those of what stands beside it. */
export function imagesOf(homeserver: Homeserver): readonly Image[] {
  const plain = { ...homeserver, images: undefined };
  const sources = new Set([
    ...essImages(homeserver.chartVersion).map(({ registry, repository, tag }) => `${registry}/${repository}:${tag}`),
    ...[...ownObjects(plain), ...databaseFolder(plain)?.manifests ?? []].flatMap(imagesOfPods),
  ]);
  return [...sources].sort().map((source) => ({ source, target: mirrored(source, homeserver.images) }));
}
