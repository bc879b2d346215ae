import { describe, expect, it } from 'vitest';
import { emit } from '../../lib/gitops/emit';
import { ApplicationsFolder, Bundle, Folder, TextFile, Unit } from '../../lib/gitops/folder';
import { addManifests } from '../../lib/gitops/manifest';
import { ManifestFolder } from '../../lib/gitops/manifest-folder';
import { repository } from '../homeserver/example';

const object = (kind: string, name: string) => ({ apiVersion: 'v1', kind, metadata: { name } });
const unit = () => new Unit(repository, 'main.ts');

describe('what a unit gives', () => {
  it('is every object with the file that it goes to, and every text', () => {
    const root = unit();
    addManifests(new Folder(root, 'manifests/x'), [object('ConfigMap', 'a'), object('ClusterRole', 'system:reader')]);
    new TextFile(root, 'bootstrap/run.sh', 'true');
    const { documents, files } = emit(root);
    expect(documents.map(({ path }) => path)).toEqual(['manifests/x/configmap-a.yaml', 'manifests/x/clusterrole-system-reader.yaml']);
    expect(files).toEqual([{ path: 'bootstrap/run.sh', origin: 'main.ts', text: 'true' }]);
  });

  it('has both a folder and the Application that applies it', () => {
    const root = unit();
    addManifests(new ManifestFolder(new ApplicationsFolder(root, 'argocd/apps/platform'), { name: 'x', project: 'platform', namespace: 'x' }), [object('ConfigMap', 'a')]);
    expect(emit(root).documents.map(({ path }) => path).sort()).toEqual(['argocd/apps/platform/x.yaml', 'manifests/x/configmap-a.yaml']);
  });

  it('says of a bundle that its objects share a file', () => {
    const root = unit();
    addManifests(new Bundle(root, 'argocd', 'all.yaml'), [object('ConfigMap', 'a'), object('ConfigMap', 'b')]);
    expect(emit(root).documents.map(({ path, bundled }) => [path, bundled])).toEqual([['argocd/all.yaml', true], ['argocd/all.yaml', true]]);
  });

  it('lets two objects of one name through, for the checks to find', () => {
    const root = unit();
    addManifests(new Folder(root, 'manifests/x'), [object('ConfigMap', 'a'), object('ConfigMap', 'a')]);
    expect(emit(root).documents).toHaveLength(2);
  });
});
