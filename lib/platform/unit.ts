import { Folder, TextFile, Unit } from '../gitops/folder';
import { listFile } from '../secrets/list';
import type { ComponentClass } from './component';
import { CertManager } from './cert-manager';
import { Foundation } from './foundation';
import type { Platform } from './platform';

/** Every component, in the order of reading; the order of booting is each component's stage. */
const components: readonly ComponentClass[] = [
  Foundation,
  CertManager,
];

/** Everything in `dist/` that no homeserver adds. */
export class PlatformUnit extends Unit {
  constructor(platform: Platform) {
    super(platform.repository, platform.file);
    const applications = new Folder(this, 'argocd/apps/platform');
    const secrets = components.flatMap((Component) => new Component(applications, platform).secrets);
    new TextFile(this, 'bootstrap/secrets/platform.list', listFile(secrets));
  }
}
