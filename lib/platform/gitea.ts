import { inNamespace, networkPolicy } from '../cluster/network-policy';
import { proxyPeers } from '../cluster/proxy';
import { argocdNamespace, FolderApplication } from '../gitops/application';
import { Folder } from '../gitops/folder';
import { addManifests, type Manifest } from '../gitops/manifest';
import { keep } from '../gitops/protect';
import type { SecretSpec } from '../secrets/secret';
import { Component, platformProject } from './component';
import { bootstrapClasses } from './foundation';
import { adminSecret, keysSecret, robotSecret } from './gitea-accounts';
import { giteaClaim, giteaDeployment, giteaLabels } from './gitea-deployment';
import { giteaConfigMap, ports } from './gitea-settings';
import { webEntry } from './ingress';
import { namespaces, type Platform } from './platform';

const namespace = namespaces.gitea;

/** The Service of the web interface and of git over HTTP. */
export const httpService = { namespace, service: 'gitea-http', port: ports.http } as const;

/** The Service of git over SSH. */
export const sshService = { namespace, service: 'gitea-ssh', port: 22 } as const;

/**
 * Gitea, which holds the fleet's repository. It is applied by hand to an empty cluster, before there is an Argo CD, and
 * adopted in the end; nothing is ever pruned, since without it Argo CD could not fetch what mends it.
 */
export class Gitea extends Component {
  override readonly secrets: readonly SecretSpec[];

  constructor(applications: Folder, platform: Platform) {
    super(applications, 'gitea');
    const folder = new BootstrapFolder(this, 'bootstrap/gitea');
    addManifests(folder, [
      giteaNamespace,
      ...bootstrapClasses(platform),
      claim(platform),
      giteaConfigMap(platform),
      giteaDeployment(platform),
      service('http', httpService),
      service('ssh', sshService),
      webEntry(platform, {
        name: 'gitea',
        namespace,
        host: platform.gitea.host,
        service: { name: httpService.service, port: 'http' },
        selector: giteaLabels,
        port: ports.http,
        nodePort: platform.gitea.nodePort,
      }),
      accessPolicy(platform),
    ]);
    new FolderApplication(this, { name: 'gitea', project: platformProject, namespace, stage: 'adoption', prune: false, folder });
    this.secrets = [keysSecret, adminSecret(platform), robotSecret];
  }
}

/** A folder that `kubectl apply` takes in one go: it goes by file name, so what others stand in or name comes first. */
class BootstrapFolder extends Folder {
  override fileName(manifest: Manifest): string {
    const order = ['Namespace', 'PriorityClass', 'StorageClass'].indexOf(manifest.kind);
    return (order < 0 ? '' : `0${order}-`) + super.fileName(manifest);
  }
}

const giteaNamespace: Manifest = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: namespace, labels: { 'pod-security.kubernetes.io/enforce': 'restricted' }, annotations: keep },
};

function claim({ gitea: { size }, cluster: { storage } }: Platform): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: giteaClaim, namespace, annotations: keep },
    spec: { accessModes: ['ReadWriteOnce'], storageClassName: storage.fastRetain, resources: { requests: { storage: size } } },
  };
}

function service(port: keyof typeof ports, { service: name, port: number }: { readonly service: string; readonly port: number }): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace, labels: giteaLabels },
    spec: { selector: giteaLabels, ports: [{ name: port, port: number, targetPort: port }] },
  };
}

/** The web for the ingress controller or the proxy, git for Argo CD, and SSH for everybody, since it lets in nobody without a key. */
function accessPolicy({ ingress, cluster: { proxy } }: Platform): Manifest {
  return networkPolicy(namespace, 'gitea', {
    podSelector: { matchLabels: giteaLabels },
    policyTypes: ['Ingress'],
    ingress: [
      { from: [...ingress ? [ingress.namespace] : [], argocdNamespace].map(inNamespace), ports: [{ port: 'http' }] },
      ...proxy ? [{ ...proxyPeers(proxy), ports: [{ port: 'http' }] }] : [],
      { ports: [{ port: 'ssh' }] },
    ],
  });
}
