/** The git repository that holds the fleet, as Argo CD reads it. */
export interface Repository {
  /** In-cluster HTTP URL, e.g. `http://gitea-http.gitea.svc:3000/ops/fleet.git`; it needs neither ingress nor TLS, which Argo CD itself deploys. */
  readonly url: string;
  /** Branch, e.g. `main`. */
  readonly branch: string;
  /** Where `dist/` stands in it, e.g. `dist`. */
  readonly path: string;
}
