import type { Construct } from 'constructs';
import { FolderApplication, type FolderApplicationProps } from './application';
import { Folder } from './folder';

export type ManifestFolderProps = Omit<FolderApplicationProps, 'folder'>;

/** A folder under `dist/manifests/` together with the Application that applies it: one chart, one folder, one Application. */
export class ManifestFolder extends Folder {
  constructor(scope: Construct, props: ManifestFolderProps) {
    super(scope, `manifests/${props.name}`);
    new FolderApplication(scope, { folder: this, ...props });
  }
}
