import type { Manifest } from '../gitops/manifest';

/** `apps/Deployment`, `/Service`: a kind whatever the version of its API. */
export function kindOf({ apiVersion, kind }: Pick<Manifest, 'apiVersion' | 'kind'>): string {
  const slash = apiVersion.lastIndexOf('/');
  return `${slash < 0 ? '' : apiVersion.slice(0, slash)}/${kind}`;
}
