import { valueAt } from '../checks/path';
import type { Manifest } from '../gitops/manifest';
import type { Owner } from './change';

/** Folders and files that are named otherwise than the component that they belong to. */
const components: readonly (readonly [RegExp, string])[] = [
  [/^argocd\/apps\/[^/]+\/project-/, 'projects'],
  [/^argocd\/app-of-apps\.yaml$/, 'roots'],
  [/^bootstrap\/secrets/, 'secrets'],
];

/**
 * Whose a file of `dist/` is. The Application of a homeserver's own objects is told from the ESS one by the folder that it applies,
 * for the names alone could be another homeserver's: `matrix-a-base`.
 * @param manifest the object in the file, if it holds one
 */
export function ownerOf(path: string, manifest?: Manifest): Owner {
  const folder = valueAt(manifest, ['spec', 'source', 'path']);
  const name = path.startsWith('argocd/apps/homeservers/') && typeof folder === 'string'
    ? /\/matrix-([^/]+)-(?:base|databases|secrets|passwords)$/.exec(folder)?.[1]
    : (/^argocd\/apps\/homeservers\/(?:project-(?:databases-)?)?matrix-(.+)\.yaml$/.exec(path) ?? /^manifests\/matrix-([^/]+)-(?:base|databases|secrets|passwords)\//.exec(path) ?? /^bootstrap\/secrets\/matrix-(.+)\.list$/.exec(path))?.[1];
  if (name !== undefined) return { kind: 'homeserver', name };
  const component = components.find(([pattern]) => pattern.test(path))?.[1] ?? /^(?:argocd\/apps\/[^/]+|[^/]+)\/([^/]+?)(?:\.yaml)?(?:\/|$)/.exec(path)?.[1];
  return { kind: 'component', name: component ?? path };
}
