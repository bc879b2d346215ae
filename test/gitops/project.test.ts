import { describe, expect, it } from 'vitest';
import { Folder, Unit } from '../../lib/gitops/folder';
import { Project } from '../../lib/gitops/project';
import { repository } from '../homeserver/example';

const project = (own: object) => new Project(new Folder(new Unit(repository, 'main.ts'), 'argocd/apps/platform'), { name: 'x', sources: ['s'], namespaces: ['n'], ...own }).toJson()['spec'];

describe('a project', () => {
  it('touches nothing without a namespace unless it is said', () => {
    expect(project({})).toMatchObject({ clusterResourceWhitelist: [] });
  });

  it('touches every kind with a namespace unless it is said', () => {
    expect(project({})).not.toHaveProperty('namespaceResourceWhitelist');
    expect(project({ kinds: [{ group: 'g', kind: 'K' }] })).toMatchObject({ namespaceResourceWhitelist: [{ group: 'g', kind: 'K' }] });
  });
});
