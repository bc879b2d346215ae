import type { Construct } from 'constructs';
import type { AppProjectSpec } from '../../imports/bindings/argoproj.io';
import type { Plain } from '../../imports/plain';
import { argocdNamespace, inCluster } from './application';
import { KubernetesObject } from './manifest';
import { syncWave } from './stage';

/** The project of every homeserver's roles and databases: whoever may write them is as good as PostgreSQL's superuser. */
export const databasesProject = 'databases';

export interface ProjectProps {
  readonly name: string;
  /** Where its Applications may come from: repository URLs as an Application writes them. */
  readonly sources: readonly string[];
  /** Namespaces that they may reach. */
  readonly namespaces: readonly string[];
  /**
   * Kinds without a namespace that they may touch, by name where one is given (Argo CD 3.3 and newer heed the name).
   * @default - none
   */
  readonly clusterKinds?: readonly { readonly group: string; readonly kind: string; readonly name?: string }[];
  /**
   * Kinds with a namespace that they may touch.
   * @default - all
   */
  readonly kinds?: readonly { readonly group: string; readonly kind: string }[];
}

/** An AppProject: what its Applications may take from where, and put where. */
export class Project extends KubernetesObject {
  constructor(scope: Construct, { name, sources, namespaces, clusterKinds = [], kinds }: ProjectProps) {
    super(scope, {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'AppProject',
      metadata: { name, namespace: argocdNamespace, annotations: syncWave('projects') },
      spec: {
        sourceRepos: sources,
        destinations: namespaces.map((namespace) => ({ server: inCluster, namespace })),
        clusterResourceWhitelist: clusterKinds,
        ...kinds && { namespaceResourceWhitelist: kinds },
      } satisfies Plain<AppProjectSpec>,
    });
  }
}
