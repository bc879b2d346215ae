import type { Construct } from 'constructs';
import type { ApplicationSpec, ApplicationSpecSource } from '../../imports/bindings/argoproj.io';
import type { Plain } from '../../imports/plain';
import { type Folder, Unit } from './folder';
import { KubernetesObject, type Manifest } from './manifest';
import { type Stage, syncWave } from './stage';

/** Namespace of Argo CD and of every Application. */
export const argocdNamespace = 'argocd';

/** The cluster that Argo CD itself runs in. */
export const inCluster = 'https://kubernetes.default.svc';

/** The folders of `dist/` that the two roots apply: one file an Application. */
export const rootFolders = { platform: 'argocd/apps/platform', homeservers: 'argocd/apps/homeservers' } as const;

/** A Helm chart at a version. */
export interface ChartSource {
  /** Helm repository (`https://…`), or an OCI registry without `oci://` and without the chart's name, which is how Argo CD tells them apart. */
  readonly repoURL: string;
  readonly chart: string;
  readonly version: string;
}

interface CommonProps {
  /** Name of the Application, unique in the fleet. */
  readonly name: string;
  readonly project: string;
  /** Namespace that namespaced objects go to. */
  readonly namespace: string;
  /** @default - no wave: order comes from retrying */
  readonly stage?: Stage;
  /**
   * Labels of the namespace, which Argo CD then creates.
   * @default - the namespace is there, or comes with another Application
   */
  readonly createNamespace?: Readonly<Record<string, string>>;
  /** @default true */
  readonly prune?: boolean;
  /**
   * Labels of the Application itself.
   * @default - none
   */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * It may come to have no object at all. Otherwise Argo CD takes that for a mistake and prunes nothing.
   * @default false
   */
  readonly allowEmpty?: boolean;
}

export interface HelmApplicationProps extends CommonProps {
  readonly source: ChartSource;
  /** @default - the Application's name */
  readonly releaseName?: string;
  readonly values: Readonly<Record<string, unknown>>;
  /**
   * API versions that templates may ask for, instead of those that the cluster has at that moment.
   * @default - the cluster's
   */
  readonly apiVersions?: readonly string[];
  /**
   * It is synced when somebody says so, once: neither a push nor a drift does, and what fails is not tried again.
   * @default false
   */
  readonly byHand?: boolean;
  /**
   * Deployments whose number of replicas something else decides: Argo CD neither sees a difference there nor sets it.
   * @default - none
   */
  readonly scaled?: readonly string[];
}

/** An Application of a Helm chart, its values as an object. */
export class HelmApplication extends KubernetesObject {
  constructor(scope: Construct, props: HelmApplicationProps) {
    const { repoURL, chart, version } = props.source;
    super(scope, application(props, {
      repoURL,
      chart,
      targetRevision: version,
      helm: {
        releaseName: props.releaseName ?? props.name,
        ...props.apiVersions && { apiVersions: props.apiVersions },
        valuesObject: props.values,
      },
    }));
  }
}

export interface FolderApplicationProps extends CommonProps {
  /** The folder of `dist/` that it applies. */
  readonly folder: Pick<Folder, 'path'>;
  /**
   * The plugin of Argo CD's that renders the folder.
   * @default - none: objects are applied as they are
   */
  readonly plugin?: string;
}

/** An Application of a folder of `dist/`. */
export class FolderApplication extends KubernetesObject {
  constructor(scope: Construct, props: FolderApplicationProps) {
    const { repository } = Unit.around(scope);
    super(scope, application(props, {
      repoURL: repository.url,
      targetRevision: repository.branch,
      path: repository.path === '' ? props.folder.path : `${repository.path}/${props.folder.path}`,
      ...props.plugin && { plugin: { name: props.plugin } },
    }));
  }
}

/** Retries never end, since Argo CD does not try a commit again whose retries are used up; each takes the newest commit. */
const retry = { limit: -1, refresh: true, backoff: { duration: '10s', factor: 2, maxDuration: '3m' } };

/** No Application carries the cascade finalizer: one that disappears from git leaves everything running that it made. */
function application(props: CommonProps & Pick<HelmApplicationProps, 'byHand' | 'scaled'>, source: Plain<ApplicationSpecSource>): Manifest {
  const { name, project, namespace, stage, createNamespace, prune = true, labels, allowEmpty, byHand = false, scaled = [] } = props;
  const labelled = createNamespace && { managedNamespaceMetadata: { labels: createNamespace } };
  const syncOptions = [
    ...createNamespace ? ['CreateNamespace=true'] : [],
    'ServerSideApply=true',
    'SkipDryRunOnMissingResource=true',
    ...scaled.length > 0 ? ['RespectIgnoreDifferences=true'] : [],
  ];
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name, namespace: argocdNamespace, ...labels && { labels }, ...stage && { annotations: syncWave(stage) } },
    spec: {
      project,
      destination: { server: inCluster, namespace },
      source,
      ...scaled.length > 0 && { ignoreDifferences: scaled.map((deployment) => ({ group: 'apps', kind: 'Deployment', name: deployment, jsonPointers: ['/spec/replicas'] })) },
      syncPolicy: byHand
        ? { ...labelled, syncOptions }
        : { automated: { prune, selfHeal: true, ...allowEmpty && { allowEmpty } }, ...labelled, syncOptions, retry },
    } satisfies Plain<ApplicationSpec>,
  };
}
