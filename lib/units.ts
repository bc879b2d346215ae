import type { Unit } from './gitops/folder';
import type { Content } from './homeserver/content';
import type { Homeserver } from './homeserver/homeserver';
import { HomeserverUnit } from './homeserver/unit';
import type { Platform } from './platform/platform';
import { PlatformUnit } from './platform/unit';

/** The construct tree of all that no homeserver adds. */
export function platformUnit(platform: Platform): Unit {
  return new PlatformUnit(platform);
}

/** The construct tree of one homeserver. Each has its own, so that a large fleet never stands in memory at once, and none is resolved for another's sake. */
export function homeserverUnit({ repository }: Platform, homeserver: Homeserver, content?: Content): Unit {
  return new HomeserverUnit(homeserver, repository, content);
}
