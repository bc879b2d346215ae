/** Every name that derives from a homeserver's short name. Frozen after the first deployment, like the name itself. */
export interface Names {
  /** Helm release, ESS Application, namespace and project: `matrix-demo`. */
  readonly release: string;
  /** Application of the namespace and what stands in it beside the chart: `matrix-demo-base`. */
  readonly base: string;
  /** Application of its roles and databases: `matrix-demo-databases`. */
  readonly databases: string;
  /** Applications of the Secrets that stand in git in one form or another: its own, and the passwords beside the database cluster. */
  readonly secrets: { readonly own: string; readonly passwords: string };
  /** Secret with the database passwords, in the homeserver's namespace. */
  readonly databaseSecret: string;
  /** Secret that the chart makes for a fresh homeserver, or that a restored one brings along. */
  readonly keySecret: string;
  /** Claim of the volume of a database of its own. */
  readonly databaseClaim: string;
  /** Claim of the media volume. */
  readonly mediaClaim: string;
  /** Secret with the login of a registry. */
  readonly pullSecret: string;
  /** What the variables of its supplied values begin with: `MATRIX_DEMO`. */
  readonly variables: string;
}

export function namesOf(name: string): Names {
  const release = `matrix-${name}`;
  return {
    release,
    base: `${release}-base`,
    databases: `${release}-databases`,
    secrets: { own: `${release}-secrets`, passwords: `${release}-passwords` },
    databaseSecret: `${release}-databases`,
    keySecret: `${release}-generated`,
    databaseClaim: `${release}-postgres`,
    mediaClaim: `${release}-media`,
    pullSecret: `${release}-images`,
    variables: release.toUpperCase().replaceAll('-', '_'),
  };
}

/** The services of a homeserver that keep their state in PostgreSQL. */
export type DatabaseService = 'synapse' | 'mas';

/** Role and database bear the same name: `synapse_demo`. A hyphen would need quotes in every SQL statement. */
export function databaseName(service: DatabaseService, name: string): string {
  return `${service}_${name.replaceAll('-', '_')}`;
}

/** Label of the ESS Application of a homeserver that does not run, which says its `state`. */
export const stateLabel = 'matrix-fleet/state';

/** The file of Synapse's configuration by which a rehearsal reaches nobody. */
export const rehearsalFile = 'fleet-rehearsal.yaml';
