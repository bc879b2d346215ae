import { shellWord } from '../quote';
import script from './install.sh';

/** What the fleet's own install.sh installs, and what it names in the steps that follow. */
export interface InstallProps {
  /** The chart of Argo CD: an HTTP repository's URL, the chart's name, its version. */
  readonly chart: { readonly repoURL: string; readonly chart: string; readonly version: string };
  readonly release: string;
  readonly namespace: string;
  /** The Application by which Argo CD manages itself, once it does. */
  readonly application: string;
  /** The Secret in `namespace` by which Argo CD reads its repository. */
  readonly repositorySecret: string;
  readonly gitea: {
    readonly namespace: string;
    readonly service: string;
    readonly port: number;
    /** The Secret of the administrator; its keys are `username` and `password`. */
    readonly adminSecret: string;
    /** Owner and name, e.g. `ops/fleet`. */
    readonly repository: string;
    readonly branch: string;
  };
}

/** `bootstrap/argocd/install.sh`: install.sh with its empty variables filled in. */
export function installScript({ chart, gitea, ...props }: InstallProps): string {
  const variables: Record<string, string> = {
    chart: chart.chart,
    chart_repository: chart.repoURL,
    chart_version: chart.version,
    release: props.release,
    namespace: props.namespace,
    application: props.application,
    repository_secret: props.repositorySecret,
    repository: gitea.repository,
    branch: gitea.branch,
    gitea_namespace: gitea.namespace,
    gitea_service: gitea.service,
    gitea_port: String(gitea.port),
    gitea_admin_secret: gitea.adminSecret,
  };
  return script.replace(/^(\w+)=''$/gm, (_, name: string) => `${name}=${shellWord(variables[name]!)}`);
}
