import { rootFolders } from '../gitops/application';
import { secretsScript } from '../bootstrap/secrets';
import { ApplicationsFolder, TextFile, Unit } from '../gitops/folder';
import { listFile } from '../secrets/list';
import { Alerts } from './alerts';
import { Argocd } from './argocd';
import type { ComponentClass } from './component';
import { CertManager } from './cert-manager';
import { CloudNativePg } from './cloudnative-pg';
import { Extra } from './extra';
import { Foundation } from './foundation';
import { Gitea } from './gitea';
import { MonitoringStack } from './monitoring';
import type { Platform } from './platform';
import { Postgres } from './postgres';
import { Projects } from './projects';
import { Roots } from './roots';
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
  CloudNativePg,
  Postgres,
  MonitoringStack,
  Alerts,
  Extra,
];

/** Everything in `dist/` that no homeserver adds. */
export class PlatformUnit extends Unit {
  constructor(platform: Platform) {
    super(platform.repository, platform.file);
    const applications = new ApplicationsFolder(this, rootFolders.platform);
    const secrets = components.flatMap((Component) => new Component(applications, platform).secrets);
    new TextFile(this, 'bootstrap/secrets.sh', secretsScript);
    new TextFile(this, 'bootstrap/secrets/platform.list', listFile(secrets));
  }
}
