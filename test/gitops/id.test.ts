import { Construct, type IConstruct } from 'constructs';
import { expect, it } from 'vitest';
import { ApplicationsFolder, TextFile, Unit } from '../../lib/gitops/folder';
import { nextId } from '../../lib/gitops/id';
import { addManifests } from '../../lib/gitops/manifest';
import { ManifestFolder } from '../../lib/gitops/manifest-folder';
import { repository } from '../homeserver/example';

const unit = (name: string) => {
  const root = new Unit(repository, `instances/${name}.ts`);
  const folder = new ManifestFolder(new ApplicationsFolder(root, 'argocd/apps/homeservers'), { name, project: name, namespace: name });
  addManifests(folder, [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }]);
  new TextFile(root, `bootstrap/secrets/${name}.list`, name);
  return root;
};

const paths = (root: Construct) => root.node.findAll().map(({ node }: IConstruct) => node.path);

it('ids are the same in every unit, whatever its objects are called', () => {
  expect(paths(unit('a'))).toEqual(paths(unit('b')));
});

it('no two children have the same', () => {
  const scope = new Construct(new Unit(repository, 'main.ts'), 'scope');
  for (let index = 0; index < 3; index++) new Construct(scope, nextId(scope));
  expect(new Set(paths(scope)).size).toBe(4);
});
