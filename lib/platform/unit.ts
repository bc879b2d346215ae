import { rootFolders } from '../gitops/application';
import { secretsScript } from '../bootstrap/secrets';
import { ApplicationsFolder, TextFile, Unit } from '../gitops/folder';
import { addSecretsFolder } from '../secrets/folder';
import { listFile } from '../secrets/list';
import { isPlaceholderSecret } from '../secrets/vault-plugin';
import { secretManifests } from '../secrets/ways';
import { Alerts } from './alerts';
import { Argocd } from './argocd';
import { type ComponentClass, platformProject } from './component';
import { CertManager } from './cert-manager';
import { CloudNativePg } from './cloudnative-pg';
import { Dashboards } from './dashboards';
import { ExternalSecrets } from './external-secrets';
import { Extra } from './extra';
import { Foundation } from './foundation';
import { Gitea } from './gitea';
import { MonitoringStack } from './monitoring';
import type { Platform } from './platform';
import { Postgres } from './postgres';
import { Projects } from './projects';
import { Roots } from './roots';
import { SealedSecrets } from './sealed-secrets';
import { laterSecrets } from './secrets';
import { Traefik } from './traefik';

/** Every component, in the order of reading; the order of booting is each component's stage. */
const components: readonly ComponentClass[] = [
  Roots,
  Projects,
  Foundation,
  Gitea,
  Argocd,
  Traefik,
  CertManager,
  SealedSecrets,
  ExternalSecrets,
  CloudNativePg,
  Postgres,
  MonitoringStack,
  Alerts,
  Dashboards,
  Extra,
];

/** Everything in `dist/` that no homeserver adds. */
export class PlatformUnit extends Unit {
  constructor(platform: Platform) {
    super(platform.repository, platform.file);
    const applications = new ApplicationsFolder(this, rootFolders.platform);
    const { secrets: way, secretSources: sources, manifests } = platform;
    const secrets = components.flatMap((Component) => new Component(applications, platform).secrets);
    const brought = way === 'bootstrap' ? [] : laterSecrets(platform);
    addSecretsFolder(applications, {
      name: 'secrets',
      project: platformProject,
      namespace: 'default',
      // Beside the database cluster, whose namespace they share.
      stage: 'data',
      way,
      sources,
      manifests: [...brought.flatMap((spec) => secretManifests(way, spec, sources)), ...manifests.filter(isPlaceholderSecret)],
    });
    new TextFile(this, 'bootstrap/secrets.sh', secretsScript);
    new TextFile(this, 'bootstrap/secrets/platform.list', listFile(secrets.filter((spec) => !brought.includes(spec))));
  }
}
